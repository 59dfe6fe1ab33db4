"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Schemas } from "@/lib/api/client";

export type Row = Schemas["LedgerRow"];
export type Token = Schemas["TokenShape"];
const PAGE = 500;
const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

interface Page {
  items: Row[];
  next?: string | null;
}

/** What left this machine, newest first, a page at a time. */
export function useLedger() {
  return useInfiniteQuery({
    queryKey: ["ledger"],
    staleTime: 0,
    initialPageParam: "",
    getNextPageParam: (page: Page) => page.next ?? null,
    queryFn: ({ pageParam, signal }): Promise<Page> => {
      const query = { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) };
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
