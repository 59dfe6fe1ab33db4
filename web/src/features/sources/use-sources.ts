"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas, type Task } from "@/lib/api/client";

export type Kind = Schemas["KindShape"];

export interface Wanted {
  source: string;
  company: string;
}

export function useSources() {
  return useQuery({ queryKey: ["sources"], queryFn: ({ signal }) => answered(api.GET("/api/v1/sources", { signal })) });
}

/** What can be named: its title, what it lists, and where a board's name stands. */
export function useKinds() {
  return useQuery({
    queryKey: ["source-kinds"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => answered(api.GET("/api/v1/sources/kinds", { signal })),
  });
}

/** Read one board, as a task. An address is looked at first: it names its source itself. */
export function useIngest(onTask: (task: Task) => void) {
  return useStarting(onTask, async (wanted: Wanted) => {
    const body = isAddress(wanted.company) ? await boardAt(wanted.company) : wanted;
    const header = { "Idempotency-Key": crypto.randomUUID() };
    return answered(api.POST("/api/v1/sources/ingest", { body, params: { header } }));
  });
}

/** The board whose careers page or posting was pasted. */
export async function boardAt(address: string): Promise<Wanted> {
  const url = /^https?:/i.test(address) ? address.replace(/^http:/i, "https:") : `https://${address}`;
  const found = await answered(api.GET("/api/v1/sources/board", { params: { query: { url } } }));
  return { source: found.source, company: found.board };
}

export function isAddress(typed: string): boolean {
  return /^(https?:\/\/|[\w-]+(\.[\w-]+)+\/)\S+$/i.test(typed.trim());
}

/** Read every connected board again: one task that sets one going for each. */
export function useRefresh(onTask: (task: Task) => void) {
  return useStarting(onTask, () => {
    const header = { "Idempotency-Key": crypto.randomUUID() };
    return answered(api.POST("/api/v1/sources/refresh", { params: { header } }));
  });
}

function useStarting<W = void>(onTask: (task: Task) => void, start: (wanted: W) => Promise<Task>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: start,
    onSuccess: (task) => {
      client.setQueryData(["task", task.id], task);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      onTask(task);
    },
  });
}
