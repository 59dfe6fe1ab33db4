"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Check } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { count, pointerWords } from "@/lib/words";
import { grouped } from "@/lib/resume-words";
import { ReadRow } from "./read-row";
import { type Imported, isOutdated } from "./use-import";

interface Props {
  found: Imported;
  file: string;
  saving: boolean;
  error: Error | null;
  corrections: ReadonlyMap<string, string>;
  onCorrections: (corrections: ReadonlyMap<string, string>) => void;
  onSave: () => void;
  /** Read the file anew, over the profile as it is now. */
  onAgain: () => void;
  onOther: () => void;
}

export function Review({ found, file, saving, error, corrections, onCorrections, onSave, onAgain, onOther }: Props) {
  const correct = (pointer: string, value: string | null) => {
    const next = new Map(corrections);
    if (value === null) next.delete(pointer);
    else next.set(pointer, value);
    onCorrections(next);
  };
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-8 px-5 py-6 md:px-8 md:py-8">
      <header>
        <h1 className="font-serif text-2xl font-semibold wrap-anywhere">What was read from {file}</h1>
        <p className="mt-2 text-soft">
          {count(found.read.length, "value")}: {found.added} new, {found.changed} changed. Choose one to correct it; nothing is kept until you save.
        </p>
      </header>
      <Telling title="Please look at these first" lines={found.notes} />
      <Conflicts found={found} corrections={corrections} onCorrect={correct} />
      {grouped(found.read).map((group) => (
        <Section key={group.name} title={group.name} note={count(group.rows.length, "value")}>
          <ul>
            {group.rows.map((row, index) => (
              <ReadRow
                key={`${row.pointer}${index}`}
                row={row}
                unsure={found.unsure.some((one) => one.pointer === row.pointer)}
                correction={corrections.get(row.pointer ?? "") ?? null}
                onCorrect={correct}
              />
            ))}
          </ul>
        </Section>
      ))}
      <Telling title="Lines that found no place" lines={found.unused} />
      {error && !isOutdated(error) ? <ProblemLine error={error} /> : null}
      {isOutdated(error) ? <Outdated onAgain={onAgain} /> : null}
      <footer className="sticky bottom-14 -mx-5 flex flex-wrap items-center gap-3 border-t border-ink bg-paper px-5 py-3 md:bottom-0 md:-mx-8 md:px-8">
        <Button look="primary" disabled={saving} onClick={onSave}>
          {saving ? "Saving …" : "Save as your CV"}
        </Button>
        <Button look="quiet" onClick={onOther}>
          Another file
        </Button>
        {/* always there: a bar that grows under the finger loses the click that corrected something */}
        <p className="-order-1 basis-full text-sm text-soft md:order-none md:basis-auto">
          {corrections.size > 0 ? count(corrections.size, "correction") : "No corrections yet"}
        </p>
      </footer>
    </div>
  );
}

/** The profile was changed while this was looked at: nothing was written over it. */
function Outdated({ onAgain }: { onAgain: () => void }) {
  return (
    <div role="alert" className="border-l-2 border-possible py-1 pl-4">
      <p className="font-semibold">Your CV was changed elsewhere since this file was read</p>
      <p>Nothing was overwritten. Look at the newer version, or read the file again, over it; corrections of the same places stay.</p>
      <p className="mt-2 flex flex-wrap items-center gap-x-5">
        <Button onClick={onAgain}>Read it again</Button>
        <Link href="/profile/" target="_blank" className="inline-flex min-h-11 items-center underline underline-offset-4">
          See the newer version
          <span className="sr-only"> (new window)</span>
        </Link>
      </p>
    </div>
  );
}

function Telling({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="flex flex-col gap-1.5">
        {lines.map((line, index) => (
          <li key={index} className="border-b pb-1.5 wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ConflictsProps {
  found: Imported;
  corrections: ReadonlyMap<string, string>;
  onCorrect: (pointer: string, value: string | null) => void;
}

/** The profile keeps its own words unless the person says otherwise. */
function Conflicts({ found, corrections, onCorrect }: ConflictsProps) {
  if (found.conflicts.length === 0) return null;
  return (
    <Section title="Told in two ways" note={count(found.conflicts.length, "place")}>
      <ul>
        {found.conflicts.map(({ pointer = "", kept = "", found: said = "" }) => (
          <li key={pointer} className="grid gap-x-4 border-b py-2 md:grid-cols-[11rem_minmax(0,1fr)]">
            <p className="text-sm text-soft">{pointerWords(pointer)}</p>
            <div>
              <p className="wrap-anywhere">
                {kept} <span className="text-sm text-soft">your CV here</span>
              </p>
              <p className="wrap-anywhere">
                {said} <span className="text-sm text-soft">this file</span>
              </p>
              <Check
                label="Use the words of this file"
                checked={corrections.get(pointer) === said}
                onChange={(event) => onCorrect(pointer, event.target.checked ? said : null)}
              />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
