"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "@/lib/api/client";
import { withStrings } from "@/lib/json-pointer";

export type Imported = Schemas["ImportShape"];
export type Row = Imported["read"][number];

export interface Chosen {
  file: File;
  /** Start over from this file in place of laying it over what is there. */
  replace: boolean;
}

export interface Corrected extends Chosen {
  corrections: ReadonlyMap<string, string>;
}

/** What would be read; nothing is kept. */
export function useReading() {
  return useMutation({ mutationFn: (chosen: Chosen) => send(chosen, true) });
}

/** Keep what was read, then the corrections as a version of their own. */
export function useSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ corrections, ...chosen }: Corrected) => {
      const kept = await send(chosen, false);
      return corrections.size > 0 ? correct(kept, corrections) : kept.version;
    },
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}

function send({ file, replace }: Chosen, dryRun: boolean): Promise<Imported> {
  const form = new FormData();
  form.append("file", file, file.name);
  return answered(
    api.POST("/api/v1/profile/import", {
      params: { query: { dry_run: dryRun, replace }, header: { "Idempotency-Key": crypto.randomUUID() } },
      body: { file: "" },
      bodySerializer: () => form,
    }),
  );
}

async function correct(kept: Imported, corrections: ReadonlyMap<string, string>): Promise<number> {
  const resume = withStrings(kept.resume, corrections) as Record<string, unknown>;
  const header = { "if-match": `"${kept.version}"`, "Idempotency-Key": crypto.randomUUID() };
  return (await answered(api.PUT("/api/v1/profile", { body: resume, params: { header } }))).version;
}
