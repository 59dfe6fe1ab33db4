"use client";

import { useQuery } from "@tanstack/react-query";
import { ApiProblem, answered, api } from "./api/client";

/** How far a first search has come. */
export interface Steps {
  cv: boolean;
  postings: boolean;
  documents: boolean;
}

/** Asked once and after every change; a search that has its first document is past it and asks no more. */
export function useSteps(enabled = true) {
  return useQuery<Steps>({
    queryKey: ["steps"],
    enabled,
    staleTime: ({ state }) => (state.data?.documents ? Number.POSITIVE_INFINITY : 30_000),
    queryFn: async ({ signal }) => {
      const [cv, postings, documents] = await Promise.all([
        hasProfile(signal),
        answered(api.GET("/api/v1/jobs", { params: { query: { limit: 1 } }, signal })),
        answered(api.GET("/api/v1/documents", { params: { query: { limit: 1 } }, signal })),
      ]);
      return { cv, postings: postings.items.length > 0, documents: documents.items.length > 0 };
    },
  });
}

async function hasProfile(signal: AbortSignal): Promise<boolean> {
  try {
    await answered(api.GET("/api/v1/profile", { signal }));
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return false;
    throw error;
  }
}
