"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, answered, api, type Schemas, type Source, type Task } from "@/lib/api/client";

export type Kind = Schemas["KindShape"];
export type ListReport = Schemas["ListReport"];
export type Run = Schemas["RunShape"];
export type RunBoard = Schemas["RunBoard"];
export type Checked = Schemas["CheckedSource"];

export interface Wanted {
  source: string;
  company: string;
}

const UNKNOWN = 422;
const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

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

/** The latest runs over all boards. */
export function useRuns() {
  return useQuery({
    queryKey: ["sources", "runs"],
    queryFn: ({ signal }) => answered(api.GET("/api/v1/sources/runs", { params: { query: { limit: 5 } }, signal })),
  });
}

/** What each board gave in a run. */
export function useReport(id: string | null) {
  return useQuery({
    queryKey: ["sources", "runs", id],
    enabled: id !== null,
    queryFn: ({ signal }) => answered(api.GET("/api/v1/sources/runs/{id}", { params: { path: { id: id ?? "" } }, signal })),
  });
}

/** What decides about asking the boards of a source; asked for when somebody wants to know. */
export function useCheck(source: string, wanted: boolean) {
  return useQuery({
    queryKey: ["sources", "check", source],
    enabled: wanted,
    queryFn: ({ signal }) => answered(api.GET("/api/v1/sources/check", { params: { query: { source } }, signal })),
  });
}

/** Read one board, as a task. An address is looked at first: it names its source itself, or its page is searched. */
export function useIngest(onTask: (task: Task) => void) {
  return useStarting(onTask, async (wanted: Wanted) => {
    const header = once();
    if (!isAddress(wanted.company)) return answered(api.POST("/api/v1/sources/ingest", { body: wanted, params: { header } }));
    try {
      const body = await boardAt(wanted.company);
      return await answered(api.POST("/api/v1/sources/ingest", { body, params: { header } }));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== UNKNOWN) throw error;
      return answered(api.POST("/api/v1/sources/find", { body: { url: addressOf(wanted.company) }, params: { header } }));
    }
  });
}

/** The board whose careers page or posting was pasted. */
export async function boardAt(address: string): Promise<Wanted> {
  const found = await answered(api.GET("/api/v1/sources/board", { params: { query: { url: addressOf(address) } } }));
  return { source: found.source, company: found.board };
}

export function isAddress(typed: string): boolean {
  return /^(https?:\/\/|[\w-]+(\.[\w-]+)+\/)\S+$/i.test(typed.trim());
}

function addressOf(typed: string): string {
  const plain = typed.trim();
  return /^https?:/i.test(plain) ? plain.replace(/^http:/i, "https:") : `https://${plain}`;
}

/** Read every connected board again, in one task. */
export function useRefresh(onTask: (task: Task) => void) {
  return useStarting(onTask, () => answered(api.POST("/api/v1/sources/refresh", { params: { header: once() } })));
}

export type Change = "pause" | "resume" | "remove" | "restore";

/** Pause, read again, remove or take back a board; nothing of it is lost by any of these. */
export function useChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ board, change }: { board: Source; change: Change }) => {
      const named = { source: board.source, board: board.board ?? "" };
      const params = { header: once() };
      if (change === "remove") return answered(api.DELETE("/api/v1/sources", { params: { ...params, query: named } }));
      if (change === "restore") return answered(api.POST("/api/v1/sources", { body: { ...named, url: "" }, params }));
      return answered(api.PATCH("/api/v1/sources", { body: { ...named, paused: change === "pause" }, params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["sources"] }),
  });
}

/** Connect what a list names, or say what would become of it. */
export function useImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { text: string; dry_run: boolean }) => answered(api.POST("/api/v1/sources/import", { body, params: { header: once() } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["sources"] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
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
