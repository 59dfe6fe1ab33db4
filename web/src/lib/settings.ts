"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "./api/client";

const KEY = ["settings"] as const;

/** `offline`: the airplane switch; `offline_fixed`: the configuration holds it on. */
export function useSettings() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => answered(api.GET("/api/v1/settings", { signal })) });
}

export function useAirplane() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (offline: boolean) => {
      const header = { "Idempotency-Key": crypto.randomUUID() };
      return answered(api.PUT("/api/v1/settings/offline", { body: { offline }, params: { header } }));
    },
    onSuccess: (settings) => client.setQueryData(KEY, settings),
    onError: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
