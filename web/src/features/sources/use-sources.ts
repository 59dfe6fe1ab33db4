"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Task } from "@/lib/api/client";

export interface Wanted {
  source: string;
  company: string;
}

export function useSources() {
  return useQuery({ queryKey: ["sources"], queryFn: ({ signal }) => answered(api.GET("/api/v1/sources", { signal })) });
}

/** Read one board, as a task. */
export function useIngest(onTask: (task: Task) => void) {
  return useStarting(onTask, (body: Wanted) => {
    const header = { "Idempotency-Key": crypto.randomUUID() };
    return answered(api.POST("/api/v1/sources/ingest", { body, params: { header } }));
  });
}

/** Read every connected board again, as a task. */
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
