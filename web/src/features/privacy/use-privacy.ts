"use client";

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "@/lib/api/client";

export type Row = Schemas["LedgerRow"];
export type Token = Schemas["TokenShape"];
export type Shown = "all" | "allowed" | "refused";
const PAGE = 500;
const ALLOWED: Record<Shown, { allowed?: boolean }> = { all: {}, allowed: { allowed: true }, refused: { allowed: false } };
const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** What left this machine, newest first, a page at a time. */
export function useLedger(shown: Shown) {
  return useInfiniteQuery({
    queryKey: ["ledger", shown],
    placeholderData: keepPreviousData,
    staleTime: 0,
    initialPageParam: "",
    getNextPageParam: (page: Schemas["LedgerPage"]) => page.next,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...ALLOWED[shown], ...(pageParam ? { cursor: pageParam } : {}) };
      return answered(api.GET("/api/v1/ledger", { params: { query }, signal }));
    },
  });
}

export function useDoctor() {
  return useQuery({
    queryKey: ["doctor"],
    staleTime: 0,
    queryFn: ({ signal }) => answered(api.GET("/api/v1/doctor", { signal })),
  });
}

export function useTokens() {
  return useQuery({ queryKey: ["tokens"], queryFn: ({ signal }) => answered(api.GET("/api/v1/auth/tokens", { signal })) });
}

export function useMakeToken() {
  return useTokenChange((label: string) => answered(api.POST("/api/v1/auth/tokens", { body: { label }, params: { header: key() } })));
}

export function useEndToken() {
  return useTokenChange((id: string) => answered(api.DELETE("/api/v1/auth/tokens/{id}", { params: { path: { id }, header: key() } })));
}

function useTokenChange<A>(change: (what: string) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: ["tokens"] }) });
}

export function useErase() {
  return useMutation({
    mutationFn: (confirm: string) => answered(api.POST("/api/v1/erase", { body: { confirm }, params: { header: key() } })),
  });
}

export function useEndSession() {
  return useMutation({
    mutationFn: () => answered(api.DELETE("/api/v1/auth/session", { params: { header: key() } })),
    onSuccess: () => window.location.reload(),
  });
}
