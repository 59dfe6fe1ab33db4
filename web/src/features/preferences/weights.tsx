"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { useChangePreferences, type Weighed, withPoints } from "@/lib/preferences";
import { allPoints, MEANS, pointsOf, type Typed, typedOf } from "./points";

/** Points per signal beside what counts now; an empty field is the shipped one. */
export function Weights({ weights }: { weights: readonly Weighed[] }) {
  const [edits, setEdits] = useState<Typed>({});
  const save = useChangePreferences();
  const typed = { ...typedOf(weights), ...edits };
  const points = allPoints(typed);
  const changed = weights.some((one) => (typed[one.signal] ?? "") !== (one.own === null ? "" : String(one.own)));
  const keep = (wanted: Record<string, number>) =>
    save.mutate(withPoints(wanted), { onSuccess: () => setEdits({}) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (points !== null && changed) keep(points);
  };
  const own = weights.some((one) => one.own !== null);
  return (
    <Section title="Weights" note="what counts sums to 100">
      <form onSubmit={submit} noValidate>
        <Table weights={weights} typed={typed} onType={(signal, words) => setEdits({ ...edits, [signal]: words })} />
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" disabled={save.isPending || points === null || !changed}>
            Keep these weights
          </Button>
          <Button look="quiet" disabled={save.isPending || (!own && !changed)} onClick={() => (own ? keep({}) : setEdits({}))}>
            Back to shipped
          </Button>
          <p role="status" className="text-sm text-soft">
            {points === null ? "Points are a number from 0 to 1000." : changed ? "Not kept yet." : save.isSuccess ? "Kept." : ""}
          </p>
        </div>
        {save.error ? (
          <div className="mt-4">
            <ProblemLine error={save.error} />
          </div>
        ) : null}
      </form>
    </Section>
  );
}

interface TableProps {
  weights: readonly Weighed[];
  typed: Typed;
  onType: (signal: string, words: string) => void;
}

function Table({ weights, typed, onType }: TableProps) {
  const most = Math.max(...weights.map((one) => one.points), 1);
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b text-soft">
          <th className="py-2 text-left font-normal">Signal</th>
          <th className="w-20 py-2 text-right font-normal">Counts</th>
          <th className="w-24 py-2 pl-3 text-right font-normal">Your points</th>
        </tr>
      </thead>
      <tbody>
        {weights.map((one) => (
          <Row key={one.signal} one={one} most={most} words={typed[one.signal] ?? ""} onType={onType} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ one, most, words, onType }: { one: Weighed; most: number; words: string } & Pick<TableProps, "onType">) {
  const wrong = words.trim() !== "" && pointsOf(words) === null;
  return (
    <tr className="border-b">
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        <span className="block font-medium first-letter:uppercase">{one.signal}</span>
        <span className="block text-soft">{MEANS[one.signal] ?? ""}</span>
        <svg viewBox="0 0 100 3" preserveAspectRatio="none" className="mt-1.5 block h-1.5 w-full" aria-hidden>
          <rect x="0" y="1.25" width="100" height="0.5" className="fill-rule" />
          <rect x="0" y="0" width={(100 * one.points) / most} height="3" className="fill-accent" />
        </svg>
      </th>
      <td className="py-2 text-right align-top">
        <span className="font-medium">{one.points.toFixed(1)}</span>
        <span className="block text-soft">shipped {one.shipped}</span>
      </td>
      <td className="py-2 pl-3 align-top">
        <input
          inputMode="decimal"
          autoComplete="off"
          maxLength={8}
          aria-label={`Points for ${one.signal}`}
          aria-invalid={wrong}
          placeholder={String(one.shipped)}
          value={words}
          onChange={(event) => onType(one.signal, event.target.value)}
          className="min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3 text-right text-ink placeholder:text-soft aria-invalid:border-alarm"
        />
      </td>
    </tr>
  );
}
