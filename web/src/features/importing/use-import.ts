"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, answered, api, type Schemas } from "@/lib/api/client";
import { withStrings } from "@/lib/json-pointer";

export type Imported = Schemas["ImportShape"];
export type Row = Imported["read"][number];

export interface Chosen {
  file: File;
  /** Start over from this file in place of laying it over what is there. */
  replace: boolean;
}

/** What would be kept, and the version of the profile it was laid over: null where there was none. */
export interface Reading {
  found: Imported;
  over: number | null;
}

export interface Corrected extends Chosen {
  corrections: ReadonlyMap<string, string>;
  over: number | null;
}

/** What would be read; nothing is kept. */
export function useReading() {
  return useMutation({
    mutationFn: async (chosen: Chosen): Promise<Reading> => {
      // Asked first: a change in between is then noticed when it is saved.
      const over = await version();
      return { over, found: await send(chosen, true, {}) };
    },
  });
}

/** Keep what was read, then the corrections as a version of their own. Refused where the profile has changed since it was read. */
export function useSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ corrections, over, ...chosen }: Corrected) => {
      const kept = await send(chosen, false, condition(over));
      return corrections.size > 0 ? correct(kept, corrections) : kept.version;
    },
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}

export function isOutdated(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 412;
}

async function version(): Promise<number | null> {
  try {
    return (await answered(api.GET("/api/v1/profile"))).version;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

type Condition = { "if-match"?: string; "if-none-match"?: string };

function condition(over: number | null): Condition {
  return over === null ? { "if-none-match": "*" } : { "if-match": `"${over}"` };
}

function send({ file, replace }: Chosen, dryRun: boolean, when: Condition): Promise<Imported> {
  const form = new FormData();
  form.append("file", file, file.name);
  return answered(
    api.POST("/api/v1/profile/import", {
      params: { query: { dry_run: dryRun, replace }, header: { ...when, "Idempotency-Key": crypto.randomUUID() } },
      body: { file: "" },
      bodySerializer: () => form,
    }),
  );
}

async function correct(kept: Imported, corrections: ReadonlyMap<string, string>): Promise<number> {
  const resume = withStrings(kept.resume, corrections) as Record<string, unknown>;
  const header = { ...condition(kept.version), "Idempotency-Key": crypto.randomUUID() };
  return (await answered(api.PUT("/api/v1/profile", { body: resume, params: { header } }))).version;
}
