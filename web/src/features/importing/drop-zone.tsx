"use client";

import { FileInput } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { cn } from "@/lib/class-names";
import { IMPORT } from "@/lib/leads";

const KINDS = ".pdf,.docx,.json,.md,.txt,.html,.htm,.zip";
const MOST_MB = 25;

export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState("");
  const take = (file: File | undefined) => {
    if (!file) return;
    const refusal = refused(file);
    setWrong(refusal);
    if (!refusal) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div className="mx-auto max-w-xl px-5 py-6 md:px-8 md:py-8">
      <h1 className="font-serif text-2xl font-semibold">{IMPORT.title}</h1>
      <p className="mb-6 mt-2 text-soft">{IMPORT.lead}</p>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex flex-col items-center gap-4 rounded-[4px] border border-dashed border-edge px-6 py-14 text-center",
          over ? "bg-accent-wash" : "bg-sheet",
        )}
      >
        <FileInput size={28} strokeWidth={1.5} aria-hidden className="text-soft" />
        <p>Drop a file here, or</p>
        <div>
          <input
            id={id}
            type="file"
            accept={KINDS}
            className="peer sr-only"
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          <label
            htmlFor={id}
            className="inline-flex min-h-11 items-center rounded-[3px] border border-accent bg-accent px-4 font-medium text-on-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent"
          >
            Choose a file
          </label>
        </div>
        <p className="max-w-[34ch] text-sm text-soft">PDF, Word, Markdown, text, JSON Resume, or what LinkedIn gives you (ZIP or PDF)</p>
      </div>
      {wrong ? (
        <p role="alert" className="mt-4 text-alarm">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

function refused(file: File): string {
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.size > MOST_MB * 1024 * 1024) return `${file.name} is larger than ${MOST_MB} MB, which no CV should be.`;
  return "";
}
