import { FileDrop, MOST_MB } from "@/components/ui/file-drop";
import { IMPORT } from "@/lib/leads";

const KINDS = ".pdf,.docx,.json,.md,.txt,.html,.htm,.zip";

export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  return (
    <div className="mx-auto max-w-xl px-5 py-6 md:px-8 md:py-8">
      <h1 className="font-serif text-2xl font-semibold">{IMPORT.title}</h1>
      <p className="mb-6 mt-2 text-soft">{IMPORT.lead}</p>
      <FileDrop
        kinds={KINDS}
        hint="PDF, Word, Markdown, text, JSON Resume, or what LinkedIn gives you (ZIP or PDF)"
        refused={refused}
        onFiles={([file]) => file && onFile(file)}
      />
    </div>
  );
}

function refused(file: File): string {
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.size > MOST_MB * 1024 * 1024) return `${file.name} is larger than ${MOST_MB} MB, which no CV should be.`;
  return "";
}
