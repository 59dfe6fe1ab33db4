"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, answered, api, type Schemas } from "@/lib/api/client";
import { withStrings } from "@/lib/json-pointer";

export type Profile = Schemas["ProfileShape"];
export const CHANGED_MEANWHILE = 412;
const KEY = ["profile"] as const;

const read = (signal?: AbortSignal) => answered(api.GET("/api/v1/profile", signal ? { signal } : {}));

/** The profile; null where there is none yet. It is not asked for anew while a person edits it. */
export function useProfile() {
  return useQuery({
    queryKey: KEY,
    staleTime: 0,
    refetchOnReconnect: false,
    queryFn: async ({ signal }): Promise<Profile | null> => {
      try {
        return await read(signal);
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });
}

export function useAdvice() {
  return useQuery({
    queryKey: ["profile-advice"],
    queryFn: ({ signal }) => answered(api.GET("/api/v1/profile/check", { signal })),
  });
}

export interface Edit {
  base: Profile;
  changes: ReadonlyMap<string, string>;
}

/** Keep changes as a new version. Refused with 412 where the profile is no longer the one they were made on. */
export function useSave() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ base, changes }: Edit) => {
      const body = withStrings(base.resume, changes) as Record<string, unknown>;
      const header = { "if-match": `"${base.version}"`, "Idempotency-Key": crypto.randomUUID() };
      return answered(api.PUT("/api/v1/profile", { body, params: { header } }));
    },
    onSuccess: (saved) => {
      client.setQueryData(KEY, saved);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "profile" });
    },
  });
}

/** The version that is kept now, beside the one on the screen. */
export function useNewer() {
  return useMutation({ mutationFn: () => read() });
}
