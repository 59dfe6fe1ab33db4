import { ingestWords, type Ingested, reasons, runsOf } from "@/lib/ingest-words";
import { count } from "@/lib/words";

/** What came of reading boards, in words, with the reason for everything that was not taken. */
export function Result({ result }: { result: unknown }) {
  const runs = runsOf(result);
  if (runs.length === 0) return null;
  return (
    <ul className="flex flex-col gap-3">
      {runs.map((run) => (
        <li key={`${run.source} ${run.board}`}>
          <p className="text-lg">{capital(ingestWords(run))}</p>
          <Reasons title="Skipped" rows={run.skipped} />
          <Reasons title="Set aside, because they could not be read" rows={run.quarantined} />
          {(run.notes ?? []).map((note) => (
            <p key={note} className="text-sm text-soft">
              {note}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** "18 boards read, 2 failed: 41 new, 3 closed."; what each gave stands below, under its run. */
export function refreshWords(result: unknown): string {
  const runs = runsOf(result);
  const failed = typeof result === "object" && result !== null && "failed" in result && Array.isArray(result.failed) ? result.failed.length : 0;
  const sums = (["new", "updated", "reopened", "closed"] as const)
    .map((name) => [name, runs.reduce((sum, run) => sum + run[name], 0)] as const)
    .filter(([, sum]) => sum > 0)
    .map(([name, sum]) => `${sum} ${name}`);
  return `${count(runs.length, "board")} read${failed > 0 ? `, ${failed} failed` : ""}: ${sums.join(", ") || "nothing new"}.`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function Reasons({ title, rows }: { title: string; rows: Ingested["skipped"] }) {
  if (rows.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="flex min-h-11 items-center text-soft underline decoration-edge underline-offset-4 hover:text-ink md:min-h-8">
        {title}: {rows.length}, and why
      </summary>
      <ul>
        {reasons(rows).map(({ reason, times }) => (
          <li key={reason} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 border-b py-1.5">
            <span className="text-soft">{times}</span>
            <span className="wrap-anywhere">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
