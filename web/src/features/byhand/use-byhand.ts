"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "@/lib/api/client";

export type Draft = Schemas["DraftShape"];
export type Run = Schemas["BroughtShape"];
type Pasted = Partial<Schemas["PastedShape"]>;

/** What a text or a page seems to say; nothing is kept. */
export function useDraft() {
  return useMutation({
    mutationFn: (pasted: Pasted) => answered(api.POST("/api/v1/postings/draft", { body: asked(pasted), params: fresh() })),
  });
}

/** Keep a posting as it was corrected. */
export function useKeep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pasted: Pasted) => answered(api.POST("/api/v1/postings", { body: asked(pasted), params: fresh() })),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}

export interface Read {
  name: string;
  run: Run | null;
  error: Error | null;
}

/** Read files one after the other; one that cannot be read does not stop the others. */
export function useFiles(onRead: (read: Read) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        await send(file).then(
          (run) => onRead({ name: file.name, run, error: null }),
          (error: unknown) => onRead({ name: file.name, run: null, error: error as Error }),
        );
      }
    },
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}

function send(file: File): Promise<Run> {
  const form = new FormData();
  form.append("file", file, file.name);
  return answered(api.POST("/api/v1/postings/import", { params: fresh(), body: { file: "" }, bodySerializer: () => form }));
}

function asked(pasted: Pasted): Schemas["PastedShape"] {
  const none = { title: "", company: "", location: "", url: "", text: "", page_title: "", heading: "", site: "", data: [] };
  return { ...none, ...pasted };
}

function fresh() {
  return { header: { "Idempotency-Key": crypto.randomUUID() } };
}
