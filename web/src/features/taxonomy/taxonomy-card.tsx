"use client";

import { type ChangeEvent, useId } from "react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { count } from "@/lib/words";
import { type Report, type SetName, useBring, useRemove, useTaxonomy } from "./use-taxonomy";

const TITLES: Record<SetName, string> = { esco: "ESCO", onet: "O*NET" };
const SETS = Object.keys(TITLES) as SetName[];

/** Which lists of skills and occupations texts are read with; ESCO and O*NET from a file, and away again. */
export function TaxonomyCard() {
  const { data } = useTaxonomy();
  const bring = useBring();
  const remove = useRemove();
  if (!data) return null;
  const busy = bring.isPending || remove.isPending;
  return (
    <Section title="Lists of skills" note={`${count(data.skills, "skill")}, ${count(data.occupations, "occupation")}`}>
      <p className="text-soft">
        jobbot knows skills by its own list. Have ESCO or O*NET on disk? Bring the ZIP, or one of its tables: more names, languages and job
        titles are then understood.
      </p>
      <ul className="flex flex-col">
        {SETS.map((set) => (
          <SetRow
            key={set}
            set={set}
            busy={busy}
            held={data.imported.find((one) => one.name === set)}
            onFile={(file) => bring.mutate({ file, set })}
            onRemove={() => remove.mutate(set)}
          />
        ))}
      </ul>
      {data.broken.map((reason) => (
        <p key={reason} className="text-sm text-alarm">
          {reason}
        </p>
      ))}
      <p role="status" className="pt-2 text-sm">
        {bring.isPending ? "Reading …" : bring.data ? told(bring.data) : ""}
      </p>
      {bring.error ? <ProblemLine error={bring.error} /> : null}
      {remove.error ? <ProblemLine error={remove.error} /> : null}
    </Section>
  );
}

interface RowProps {
  set: SetName;
  busy: boolean;
  held?: { version: string | null; skills: number; occupations: number; languages: string[] };
  onFile: (file: File) => void;
  onRemove: () => void;
}

function SetRow({ set, busy, held, onFile, onRemove }: RowProps) {
  const id = useId();
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) onFile(file);
    event.target.value = "";
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2">
      <span className="font-medium">{[TITLES[set], held?.version].filter(Boolean).join(" ")}</span>
      <span className="text-sm text-soft">
        {held ? `${count(held.skills, "skill")}, ${count(held.occupations, "occupation")}, ${held.languages.join(", ")}` : "not imported"}
      </span>
      <span className="ml-auto flex items-center gap-2">
        {held ? (
          <Button look="quiet" disabled={busy} onClick={onRemove} aria-label={`Remove ${TITLES[set]}`}>
            Remove
          </Button>
        ) : null}
        <label
          htmlFor={id}
          className="inline-flex min-h-11 cursor-pointer items-center rounded-[3px] border border-edge bg-sheet px-4 text-[0.9375rem] font-medium focus-within:outline-2 hover:border-ink"
        >
          {held ? "Replace" : "Choose a file"}
          <span className="sr-only"> for {TITLES[set]}</span>
          <input id={id} type="file" accept=".zip,.csv,.tsv,.txt,.xz,.json" disabled={busy} className="sr-only" onChange={chosen} />
        </label>
      </span>
    </li>
  );
}

/** What an import read, in a sentence. */
export function told(report: Report): string {
  const merged = `${report.merged.skills} of them known before by name`;
  const left = report.skipped_counts.reduce((sum, row) => sum + row.rows, 0);
  const rest = left > 0 ? `; ${count(left, "row")} left out` : "";
  return `${count(report.read.skills, "skill")} (${merged}) and ${count(report.read.occupations, "occupation")}${rest}.`;
}
