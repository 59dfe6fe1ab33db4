"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "@/lib/api/client";

export type Place = Schemas["PlaceShape"];
const NOWHERE: readonly Place[] = [];
export type Wanted = Schemas["DocumentsWanted"];

export function useDocumentList(posting = "") {
  return useQuery({
    queryKey: ["documents", posting],
    queryFn: ({ signal }) =>
      answered(api.GET("/api/v1/documents", { params: { query: { posting_id: posting, limit: 100 } }, signal })),
  });
}

export function useDocuments(id: string) {
  return useQuery({
    queryKey: ["document", id],
    queryFn: ({ signal }) => answered(api.GET("/api/v1/documents/{id}", { params: { path: { id } }, signal })),
  });
}

/** Where each line stands on the pages; without it the page is only a picture. */
export function usePlaces(id: string): readonly Place[] {
  const asked = useQuery({
    queryKey: ["document-places", id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => answered(api.GET("/api/v1/documents/{id}/places", { params: { path: { id } }, signal })),
  });
  return asked.data?.items ?? NOWHERE;
}

export function useTemplates() {
  return useQuery({
    queryKey: ["templates"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => answered(api.GET("/api/v1/templates", { signal })),
  });
}

export function useJob(id: string) {
  return useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => answered(api.GET("/api/v1/jobs/{id}", { params: { path: { id } }, signal })),
  });
}

/** Write the documents; one click is one key, so a repeated send makes nothing twice. */
export function useWrite(onWritten: (id: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => {
      const header = { "Idempotency-Key": crypto.randomUUID() };
      return answered(api.POST("/api/v1/documents", { body: wanted, params: { header } }));
    },
    onSuccess: (made) => {
      client.setQueryData(["document", made.id], made);
      void client.invalidateQueries({ queryKey: ["documents"] });
      void client.invalidateQueries({ queryKey: ["steps"] });
      onWritten(made.id);
    },
  });
}
