"use client";

import Link from "next/link";
import { useState } from "react";
import { FileDrop, MOST_MB } from "@/components/ui/file-drop";
import { ApiProblem } from "@/lib/api/client";
import { ingestWords } from "@/lib/ingest-words";
import { type Read, type Run, useFiles } from "./use-byhand";

const KINDS = ".eml,.mbox,.html,.htm,.mhtml,.mht,.json,.jsonl";

/** Alert mails and saved pages, and what was found in each. */
export function Files() {
  const [reads, setReads] = useState<Read[]>([]);
  const files = useFiles((read) => setReads((before) => [read, ...before]));
  return (
    <div className="flex flex-col gap-4">
      <FileDrop
        multiple
        kinds={KINDS}
        hint="Alert mails (.eml, .mbox), pages saved by your browser (HTML, MHTML), or lists of postings (JSON)"
        refused={refused}
        onFiles={(given) => files.mutate(given)}
      />
      <div role="status" className="flex flex-col gap-3">
        {files.isPending ? <p className="text-soft">Reading …</p> : null}
        {reads.map((read, index) => (
          <FileRead key={reads.length - index} read={read} />
        ))}
      </div>
    </div>
  );
}

function FileRead({ read: { name, run, error } }: { read: Read }) {
  const [first] = run?.ids ?? [];
  const left = [...(run?.skipped ?? []), ...(run?.quarantined ?? [])];
  return (
    <section aria-label={name} className="border-b pb-3">
      <h3 className="font-medium wrap-anywhere">{name}</h3>
      {error ? (
        <p role="alert" className="text-alarm wrap-anywhere">
          {wrong(error)}
        </p>
      ) : null}
      {run ? <p>{words(run)}</p> : null}
      {left.length > 0 ? (
        <ul className="mt-1 text-sm text-soft">
          {left.slice(0, 20).map((one, index) => (
            <li key={index} className="wrap-anywhere">
              {one.ref}: {one.reason}
            </li>
          ))}
          {left.length > 20 ? <li>and {left.length - 20} more</li> : null}
        </ul>
      ) : null}
      {first ? (
        <Link href={`/?posting=${first}`} className="inline-flex min-h-11 items-center underline underline-offset-4">
          {run?.ids.length === 1 ? "Open the posting" : "Open the first posting"}
        </Link>
      ) : null}
    </section>
  );
}

/** The file's name stands above already. */
function wrong(error: Error): string {
  const [first] = error instanceof ApiProblem ? error.errors : [];
  if (!first) return error.message;
  return sentence(first.fix ? `${first.problem}. It can be ${first.fix}` : first.problem);
}

function words(run: Run): string {
  return sentence(run.fetched === 0 ? "no posting was found in it" : ingestWords(run));
}

function sentence(told: string): string {
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`;
}

function refused(file: File): string {
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.size > MOST_MB * 1024 * 1024) return `${file.name} is larger than ${MOST_MB} MB; jobbot ingest file on the command line takes more.`;
  return "";
}
