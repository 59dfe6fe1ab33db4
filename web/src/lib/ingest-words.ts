import { count } from "./words";

/** What an ingest tells: the answer of `jobbot ingest`. */
export interface Ingested {
  source: string;
  board: string;
  not_modified: boolean;
  fetched: number;
  new: number;
  updated: number;
  unchanged: number;
  reopened: number;
  closed: number;
  skipped: { ref: string; reason: string }[];
  quarantined: { ref: string; reason: string }[];
  notes?: string[];
}

const COUNTS = ["new", "updated", "unchanged", "reopened", "closed"] as const;

/** "41 new, 2 closed"; what did not happen is not mentioned. */
export function ingestWords(run: Ingested): string {
  if (run.not_modified) return "nothing has changed since the last time";
  const parts = COUNTS.filter((name) => run[name] > 0).map((name) => `${run[name]} ${name}`);
  if (run.skipped.length > 0) parts.push(`${run.skipped.length} skipped`);
  if (run.quarantined.length > 0) parts.push(`${run.quarantined.length} set aside`);
  return parts.length > 0 ? parts.join(", ") : "the board has no postings now";
}

/** Reasons with how often each was given, the most frequent first. */
export function reasons(rows: readonly { reason: string }[]): { reason: string; times: string }[] {
  const told = new Map<string, number>();
  for (const { reason } of rows) told.set(reason, (told.get(reason) ?? 0) + 1);
  return [...told]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, times]) => ({ reason, times: count(times, "posting") }));
}

/** Every board that a task's result speaks of: one for an ingest, several for a refresh, none for anything else. */
export function runsOf(result: unknown): Ingested[] {
  if (isRun(result)) return [result];
  if (Array.isArray(result)) return result.flatMap(runsOf);
  if (typeof result !== "object" || result === null) return [];
  return Object.values(result).flatMap((value) => (Array.isArray(value) ? value.flatMap(runsOf) : []));
}

function isRun(value: unknown): value is Ingested {
  if (typeof value !== "object" || value === null) return false;
  const run = value as Partial<Ingested>;
  return typeof run.board === "string" && typeof run.new === "number" && Array.isArray(run.skipped) && Array.isArray(run.quarantined);
}
