import Link from "next/link";
import { Section } from "@/components/ui/section";
import { type Contribution, ledger, type LedgerRow } from "@/lib/ledger";

/** The score as an account: every row's bar begins where the one above ended, and the last line is the sum. */
export function ScoreLedger({ rows }: { rows: readonly Contribution[] }) {
  const { rows: placed, total } = ledger(rows);
  return (
    <Section title="How the score adds up">
      <table className="w-full border-collapse text-sm">
        <thead className="sr-only">
          <tr>
            <th>Signal and reason</th>
            <th>Points</th>
          </tr>
        </thead>
        <tbody>
          {placed.map((row, index) => (
            <Row key={`${row.signal}${index}`} row={row} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="pt-2.5 text-left font-semibold">
              Score
            </th>
            <td className="pt-2.5 text-right">
              <span className="total-rule inline-block pl-2 font-semibold">{total}</span>
            </td>
          </tr>
        </tfoot>
      </table>
      <Link
        href="/preferences/"
        prefetch={false}
        className="flex min-h-11 items-center self-start text-sm text-soft underline decoration-rule underline-offset-4 hover:text-ink"
      >
        Change what counts
      </Link>
    </Section>
  );
}

function Row({ row }: { row: LedgerRow }) {
  return (
    <tr className="border-b align-top">
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        <span className="flex items-baseline gap-2">
          <span className="shrink-0 font-medium first-letter:uppercase">{row.signal}</span>
        </span>
        <span className="block text-soft wrap-anywhere">{row.reason}</span>
        <Bar row={row} />
      </th>
      <td className="w-12 py-2 text-right font-medium">{row.points < 0 ? `−${-row.points}` : row.points}</td>
    </tr>
  );
}

function Bar({ row }: { row: LedgerRow }) {
  return (
    <svg viewBox="0 0 100 3" preserveAspectRatio="none" className="mt-1.5 block h-1.5 w-full" aria-hidden>
      <rect x="0" y="1.25" width="100" height="0.5" className="fill-rule" />
      <rect
        x={row.from}
        y="0"
        width={Math.max(row.to - row.from, row.points ? 0.6 : 0)}
        height="3"
        className={row.points < 0 ? "fill-alarm" : "fill-accent"}
      />
    </svg>
  );
}
