import { Check, X } from "lucide-react";
import { Section } from "@/components/ui/section";
import type { Documents } from "@/lib/api/client";
import { cn } from "@/lib/class-names";

type FileName = keyof Documents["files"];

const SHELVES: readonly { title: string; files: readonly (readonly [FileName, string])[] }[] = [
  {
    title: "CV",
    files: [
      ["pdf", "PDF"],
      ["docx", "Word"],
      ["md", "Markdown"],
      ["txt", "Text"],
    ],
  },
  {
    title: "Letter",
    files: [
      ["letter_pdf", "PDF"],
      ["letter_docx", "Word"],
      ["letter_md", "Markdown"],
      ["letter_txt", "Text"],
    ],
  },
  {
    title: "Proof",
    files: [
      ["provenance", "Facts behind each line"],
      ["diff", "What changed against your CV"],
      ["build_log", "Build log"],
    ],
  },
];

/** Every file of a set, and how well machines read the PDF back. */
export function Downloads({ set }: { set: Documents }) {
  return (
    <>
      <Section title="Downloads">
        <dl>
          {SHELVES.map((shelf) => (
            <Shelf key={shelf.title} title={shelf.title} files={shelf.files} set={set} />
          ))}
        </dl>
      </Section>
      <Section title="Read back by two extractors" note={`${set.ats.score} of 100`}>
        <ul className="text-sm">
          {set.ats.checks.map((check) => (
            <li key={check.name} className="grid grid-cols-[1.25rem_minmax(0,11rem)_minmax(0,1fr)] gap-x-2 border-b py-1.5">
              <span className={cn("pt-0.5", check.passed ? "text-strong" : "text-alarm")}>
                {check.passed ? <Check size={15} aria-hidden /> : <X size={15} aria-hidden />}
                <span className="sr-only">{check.passed ? "passed" : "failed"}</span>
              </span>
              <span>{check.name}</span>
              <span className="text-soft">{check.detail}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Shelf({ title, files, set }: (typeof SHELVES)[number] & { set: Documents }) {
  const made = files.filter(([name]) => set.files[name]);
  if (made.length === 0) return null;
  return (
    <div className="grid grid-cols-[4.5rem_1fr] items-baseline gap-x-3 border-b py-1">
      <dt className="text-sm text-soft">{title}</dt>
      <dd className="flex flex-wrap gap-x-5">
        {made.map(([name, words]) => (
          <a
            key={name}
            href={set.files[name] ?? ""}
            download
            className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            {words}
          </a>
        ))}
      </dd>
    </div>
  );
}
