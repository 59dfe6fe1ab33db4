"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "@/lib/api/client";

export type Taxonomy = Schemas["TaxonomyShape"];
export type Report = Schemas["TaxonomyReport"];
export type SetName = "esco" | "onet";

const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

export function useTaxonomy() {
  return useQuery({ queryKey: ["taxonomy"], queryFn: ({ signal }) => answered(api.GET("/api/v1/taxonomy", { signal })) });
}

/** What matching reads with has changed: every score may be another. */
export function useBring() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, set }: { file: File; set: SetName }): Promise<Report> => {
      const form = new FormData();
      form.append("file", file, file.name);
      return answered(
        api.POST("/api/v1/taxonomy", {
          params: { query: { set }, header: once() },
          body: { file: "" },
          bodySerializer: () => form,
        }),
      );
    },
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}

export function useRemove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (set: SetName) => answered(api.DELETE("/api/v1/taxonomy", { params: { query: { set }, header: once() } })),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}
