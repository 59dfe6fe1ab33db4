import { type Json, valueAt } from "@/lib/json-pointer";

/** A place that both sides changed, or that the other side took away (`theirs` null). */
export interface Clash {
  pointer: string;
  before: string;
  theirs: string | null;
  mine: string;
}

export interface Rebased {
  /** Changes that the newer version leaves room for as they are. */
  clear: ReadonlyMap<string, string>;
  clashes: readonly Clash[];
}

/**
 * My changes, made on `base`, laid over `newer`. Where the newer version has the words I started from, my change stands;
 * where it has the words I wrote, there is nothing left to do; anywhere else a person has to choose.
 */
export function rebase(base: Json, newer: Json, mine: ReadonlyMap<string, string>): Rebased {
  const clear = new Map<string, string>();
  const clashes: Clash[] = [];
  for (const [pointer, words] of mine) {
    const before = valueAt(base, pointer);
    const theirs = valueAt(newer, pointer);
    if (theirs === words) continue;
    if (theirs === before) clear.set(pointer, words);
    else clashes.push({ pointer, before: String(before), theirs: typeof theirs === "string" ? theirs : null, mine: words });
  }
  return { clear, clashes };
}
