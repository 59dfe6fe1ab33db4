// Points as they are typed: an empty field keeps the shipped ones.
import type { Weighed } from "@/lib/preferences";

export type Typed = Readonly<Record<string, string>>;

const MOST = 1000;

/** What each signal compares. */
export const MEANS: Record<string, string> = {
  title: "its title beside yours",
  experience: "its tasks beside what you did",
  "must-haves": "what it must have, and you have",
  level: "its seniority beside yours",
  skills: "skills it names, and you have",
  "nice-to-haves": "what it would like, and you have",
  place: "where it is, and from where it may be done",
  pay: "its pay beside the pay you wish for",
  recency: "how new it is",
  employer: "your own number for the employer, below",
};

export function typedOf(weights: readonly Weighed[]): Typed {
  return Object.fromEntries(weights.map((one) => [one.signal, one.own === null ? "" : String(one.own)]));
}

/** A number from 0 to 1000, with a point or a comma; null where it is none. */
export function pointsOf(typed: string): number | null {
  if (!/^\d+(?:[.,]\d+)?$/.test(typed.trim())) return null;
  const value = Number(typed.trim().replace(",", "."));
  return value <= MOST ? value : null;
}

/** The points that were typed; null where a field holds no number. */
export function allPoints(typed: Typed): Record<string, number> | null {
  const filled = Object.entries(typed).filter(([, words]) => words.trim() !== "");
  const read = filled.map(([signal, words]) => [signal, pointsOf(words)] as const);
  return read.some(([, value]) => value === null) ? null : (Object.fromEntries(read) as Record<string, number>);
}
