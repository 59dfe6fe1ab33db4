"use client";

import { useState } from "react";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { type Segment, Segments } from "@/components/ui/segments";
import { Skeleton } from "@/components/ui/skeleton";
import { count, size } from "@/lib/words";
import { LedgerRows } from "./ledger-rows";
import { sums } from "./ledger-sums";
import { type Row, type Shown, useLedger } from "./use-privacy";

const SHOWN: readonly Segment<Shown>[] = [
  { value: "all", name: "All" },
  { value: "allowed", name: "Went out" },
  { value: "refused", name: "Refused" },
];

export function Ledger() {
  const [shown, setShown] = useState<Shown>("all");
  const all = useLedger("all");
  const asked = useLedger(shown);
  if (all.error && !all.data) return <ProblemLine error={all.error} />;
  if (!all.data) return <Skeleton label="Loading the ledger" rows={6} />;
  const rows = all.data.pages.flatMap((page) => page.items);
  const chosen = asked.data?.pages.flatMap((page) => page.items) ?? [];
  const more = asked.hasNextPage && !asked.isFetchingNextPage ? () => void asked.fetchNextPage() : null;
  const note = all.hasNextPage ? `the newest ${count(rows.length, "request")}` : count(rows.length, "request");
  return (
    <Section title="What left this machine" note={rows.length > 0 ? note : ""}>
      {rows.length === 0 ? (
        <p className="py-2">Nothing has left this machine. Each request that does, or that was refused, will be listed here.</p>
      ) : (
        <>
          <Hosts rows={rows} />
          <Segments
            label="Which requests"
            value={shown}
            options={SHOWN}
            onChange={setShown}
            className="mt-4 flex gap-5"
            itemClassName="min-h-11 border-b-2 border-transparent text-sm text-soft hover:text-ink aria-pressed:border-ink aria-pressed:font-semibold aria-pressed:text-ink"
          />
          <LedgerRows key={shown} rows={chosen} onEnd={more} />
        </>
      )}
    </Section>
  );
}

function Hosts({ rows }: { rows: readonly Row[] }) {
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b text-left text-soft">
          <th className="py-2 pr-3 font-medium">Host</th>
          <th className="py-2 pl-3 text-right font-medium">Requests</th>
          <th className="py-2 pl-3 text-right font-medium">Sent</th>
          <th className="hidden py-2 pl-3 text-right font-medium sm:table-cell">Received</th>
        </tr>
      </thead>
      <tbody>
        {sums(rows).map((sum) => (
          <tr key={sum.host} className="border-b align-top">
            <th scope="row" className="py-2 pr-3 text-left font-medium wrap-anywhere">
              {sum.host}
            </th>
            <td className="py-2 pl-3 text-right">
              {sum.requests}
              {sum.refused > 0 ? <span className="block text-alarm">{sum.refused} refused</span> : null}
            </td>
            <td className="py-2 pl-3 text-right">{size(sum.out)}</td>
            <td className="hidden py-2 pl-3 text-right sm:table-cell">{size(sum.in)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
