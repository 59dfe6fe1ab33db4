import type { Source } from "@/lib/api/client";

export type Mood = "well" | "rests" | "bad";

const TOLD: Record<string, readonly [words: string, mood: Mood]> = {
  ok: ["Well", "well"],
  empty: ["No postings now", "well"],
  "not read yet": ["Not read yet", "rests"],
  waiting: ["Asked for a pause", "rests"],
  paused: ["Paused", "rests"],
  removed: ["Removed", "rests"],
  failed: ["Failed", "bad"],
  unknown: ["Not there any more", "bad"],
};

/** How a board is, in words. */
export function healthOf(source: Source): { words: string; mood: Mood } {
  const [words, mood] = TOLD[source.health] ?? [source.health, "rests" as const];
  return { words, mood };
}

/** Boards and feeds that runs read, and those that were removed and can come back. */
export function grouped(sources: readonly Source[]): { read: Source[]; removed: Source[] } {
  const known = sources.filter((one) => one.board !== null || one.health === "not read yet");
  return { read: known.filter((one) => one.removed_at === null), removed: known.filter((one) => one.removed_at !== null) };
}

/** What tells two boards apart. */
export const keyOf = (one: Source) => `${one.source} ${one.board ?? ""} ${one.region ?? ""}`;
