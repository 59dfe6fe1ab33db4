"use client";

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ApiProblem, answered, api, type Schemas, type Task, watched } from "./api/client";
import { type Follow, following } from "./follow";

const LIST_MS = 1_500;
const LATEST = 20;
/** What a finished task may have changed. */
const LISTED = new Set(["sources", "jobs", "matches", "match", "ledger", "steps"]);
const CHANGED = new Set([...LISTED, "tasks"]);

export const isOver = (task: Task) => task.state === "done" || task.state === "failed" || task.state === "cancelled";

const REAL: Follow = {
  open: async (id, lastId, signal) => {
    const headers: HeadersInit = lastId ? { "Last-Event-ID": lastId } : {};
    const address = `${window.location.origin}/api/v1/tasks/${encodeURIComponent(id)}/events`;
    const response = await watched(new Request(address, { headers, signal, cache: "no-store" }));
    if (response.ok && response.body) return response.body;
    throw new ApiProblem(response.status, "No events", `The server answered ${response.status}.`);
  },
  ask: (id, signal) => answered(api.GET("/api/v1/tasks/{id}", { params: { path: { id } }, signal })),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** One task as it goes: by the server's events, and by asking where those are cut off. */
export function useTask(id: string | null): { task: Task | null; error: Error | null } {
  const client = useQueryClient();
  const kept = useQuery<Task>({ queryKey: ["task", id], enabled: false });
  const failed = useQuery<Error | null>({ queryKey: ["task-error", id], enabled: false });
  useEffect(() => {
    if (id === null) return;
    const stop = new AbortController();
    const follow = async () => {
      for await (const task of following(id, REAL, stop.signal)) {
        client.setQueryData(["task", id], task);
        if (isOver(task)) refresh(client, CHANGED);
      }
    };
    follow().catch((error: unknown) => {
      if (!stop.signal.aborted) client.setQueryData(["task-error", id], error);
    });
    return () => stop.abort();
  }, [id, client]);
  return { task: kept.data ?? null, error: failed.data ?? null };
}

/** Recent tasks. They are asked for in turns while one runs: a browser has six connections to a server, and a stream takes one. */
export function useTasks() {
  const client = useQueryClient();
  const asked = useQuery<Schemas["TaskPage"]>({
    queryKey: ["tasks"],
    refetchInterval: ({ state }) => (state.data?.items.some((task) => !isOver(task)) ? LIST_MS : false),
    queryFn: ({ signal }) => answered(api.GET("/api/v1/tasks", { params: { query: { limit: LATEST } }, signal })),
  });
  const over = asked.data?.items.filter(isOver).length;
  const before = useRef(over);
  useEffect(() => {
    if (before.current !== undefined && over !== before.current) refresh(client, LISTED);
    before.current = over;
  }, [client, over]);
  return asked;
}

export function useCancel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => {
      const header = { "Idempotency-Key": crypto.randomUUID() };
      return answered(api.POST("/api/v1/tasks/{id}/cancel", { params: { path: { id }, header } }));
    },
    onSuccess: (task) => client.setQueryData(["task", task.id], task),
    onSettled: () => client.invalidateQueries({ queryKey: ["tasks"] }),
  });
}

function refresh(client: QueryClient, changed: ReadonlySet<string>): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => changed.has(String(queryKey[0])) });
}
