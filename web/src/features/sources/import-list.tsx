"use client";

import { type ChangeEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { cn } from "@/lib/class-names";
import { count } from "@/lib/words";
import { type ListReport, useImport } from "./use-sources";

const LONGEST = 500_000;
const INK: Record<string, string> = {
  added: "text-strong",
  back: "text-strong",
  refused: "text-alarm",
  "not understood": "text-alarm",
  "not found": "text-alarm",
};

/** Many boards at once: pasted or from a file, looked over first, every line answered. */
export function ImportList() {
  const id = useId();
  const [text, setText] = useState("");
  const bring = useImport();
  const chosen = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) setText((await file.text()).slice(0, LONGEST));
    event.target.value = "";
  };
  return (
    <details>
      <summary className="flex min-h-11 items-center underline decoration-edge underline-offset-4 hover:decoration-ink">
        Bring in a list of boards
      </summary>
      <div className="flex flex-col gap-3 pt-2">
        <label htmlFor={id} className="text-sm font-medium">
          One on each line: an address, or a source and a name. Also CSV and OPML.
        </label>
        <textarea
          id={id}
          value={text}
          rows={5}
          maxLength={LONGEST}
          spellCheck={false}
          placeholder={"https://jobs.lever.co/acme\ngreenhouse acme\nashby,acme"}
          className="w-full rounded-[3px] border border-edge bg-sheet px-3 py-2 font-mono text-sm placeholder:text-soft"
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button disabled={!text.trim() || bring.isPending} onClick={() => bring.mutate({ text, dry_run: true })}>
            Look it over
          </Button>
          <Button look="primary" disabled={!text.trim() || bring.isPending} onClick={() => bring.mutate({ text, dry_run: false })}>
            Connect them
          </Button>
          <label className="inline-flex min-h-11 cursor-pointer items-center text-sm underline decoration-edge underline-offset-4 hover:decoration-ink">
            Choose a file
            <input type="file" accept=".csv,.tsv,.txt,.opml,.xml,text/*" className="sr-only" onChange={(event) => void chosen(event)} />
          </label>
        </div>
        {bring.error ? <ProblemLine error={bring.error} /> : null}
        {bring.data ? <Report report={bring.data} /> : null}
      </div>
    </details>
  );
}

function Report({ report }: { report: ListReport }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="font-semibold">{told(report)}</p>
      <ul className="text-sm">
        {report.lines.map((line) => (
          <li key={line.line + line.text} className="grid grid-cols-[2.5rem_minmax(0,1fr)] gap-x-3 border-b py-1.5 md:grid-cols-[2.5rem_9rem_minmax(0,1fr)]">
            <span className="text-soft">{line.line}</span>
            <span className={cn("font-medium", INK[line.outcome])}>{line.outcome}</span>
            <span className="col-start-2 wrap-anywhere md:col-start-3">
              {line.source ? `${line.source} ${line.board ?? ""}` : line.text}
              {line.reason ? <span className="block text-soft">{line.reason}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "3 added, 1 refused"; of a look beforehand it says so. */
export function told(report: ListReport): string {
  const parts = Object.entries(report.counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number} ${name}`);
  if (parts.length === 0) return "The list names no board.";
  const words = `${count(report.lines.length, "line")}: ${parts.join(", ")}`;
  return report.dry_run ? `${words}. Nothing was kept yet.` : `${words}.`;
}
