"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "./api/client";

export type Preferences = Schemas["PreferencesShape"];
export type Employer = Preferences["employers"][number];
export type Weighed = Preferences["weights"][number];
/** All that is kept: what is left out is forgotten. */
export type Chosen = Pick<Required<Schemas["PreferencesWanted"]>, "employers" | "avoid"> & { points: Record<string, number> };

const KEY = ["preferences"] as const;
/** What a change of them may change. */
const RANKED = new Set(["matches", "match"]);

const read = (signal?: AbortSignal) => answered(api.GET("/api/v1/preferences", signal ? { signal } : {}));

export function usePreferences() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => read(signal) });
}

/** Make one change to what is kept now, which another window may have changed since it was shown here. */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: "preferences" },
    mutationFn: async (change: (held: Chosen) => Chosen) => {
      const body = change(chosen(await read()));
      const header = { "Idempotency-Key": crypto.randomUUID() };
      return answered(api.PUT("/api/v1/preferences", { body, params: { header } }));
    },
    onSuccess: (saved) => {
      client.setQueryData(KEY, saved);
      void client.invalidateQueries({ predicate: ({ queryKey }) => RANKED.has(String(queryKey[0])) });
    },
  });
}

/** What was chosen, without what is worked out of it. */
export function chosen({ weights, employers, avoid }: Preferences): Chosen {
  const own = weights.flatMap((one) => (one.own === null ? [] : [[one.signal, one.own] as const]));
  return { points: Object.fromEntries(own), employers, avoid };
}

export function withPoints(points: Record<string, number>) {
  return (held: Chosen): Chosen => ({ ...held, points });
}

/** Say this of an employer in place of what was said; one of whom nothing is said is forgotten. */
export function withEmployer(said: Employer) {
  return (held: Chosen): Chosen => {
    const known = held.employers.some((one) => same(one.name, said.name));
    const all = known ? held.employers.map((one) => (same(one.name, said.name) ? said : one)) : [...held.employers, said];
    return { ...held, employers: all.filter((one) => one.blocked || (one.prestige ?? null) !== null) };
  };
}

/** Block, or no longer; the employer's number stays. */
export function withBlocked(name: string, blocked: boolean) {
  return (held: Chosen): Chosen => {
    const known = held.employers.find((one) => same(one.name, name));
    return withEmployer({ name: known?.name ?? name, blocked, prestige: known?.prestige ?? null })(held);
  };
}

export function withWord(word: string) {
  return (held: Chosen): Chosen => ({ ...held, avoid: [...held.avoid.filter((one) => !same(one, word)), word] });
}

export function withoutWord(word: string) {
  return (held: Chosen): Chosen => ({ ...held, avoid: held.avoid.filter((one) => !same(one, word)) });
}

/** Whether two names are one but for case and spaces. */
export function same(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(words: string): string {
  return words.trim().replace(/\s+/g, " ").toLowerCase();
}
