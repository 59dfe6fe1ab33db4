"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ApiProblem, answered, api, type Schemas } from "@/lib/api/client";
import { type Filters, filterQuery } from "./filters";
import { fromMatch, fromPosting, type JobRow, withWords } from "./rows";
import { type Wishes, wishQuery } from "./wishes";

const RANKED = 200;
const PAGE = 100;

export interface Jobs {
  rows: JobRow[];
  pending: boolean;
  fetching: boolean;
  error: Error | null;
  /** No profile yet, so nothing can be ranked. */
  unranked: boolean;
  more: (() => void) | null;
  retry: () => void;
}

/** The best for the profile; `words` narrow what is shown. */
export function useRanked(wishes: Wishes, words: string, enabled: boolean): Jobs {
  const query = wishQuery(wishes);
  const asked = useQuery({
    queryKey: ["matches", query],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answered(api.GET("/api/v1/matches", { params: { query: { ...query, limit: RANKED } }, signal })),
  });
  const rows = useMemo(() => withWords((asked.data?.items ?? []).map(fromMatch), words), [asked.data, words]);
  const unranked = asked.error instanceof ApiProblem && asked.error.status === 404;
  return { rows, ...told(asked), error: unranked || asked.data ? null : asked.error, unranked, more: null };
}

/** Every posting that passes the filters: the newest first, or with words the best found. */
export function useNewest(words: string, filters: Filters, enabled: boolean): Jobs {
  const narrowing = { ...filterQuery(filters), ...(words ? { query: words.slice(0, 200) } : {}) };
  const asked = useInfiniteQuery({
    queryKey: ["jobs", narrowing],
    enabled,
    initialPageParam: "",
    placeholderData: keepPreviousData,
    getNextPageParam: (page: Schemas["PostingPage"]) => page.next,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, unique: true, ...narrowing, ...(pageParam ? { cursor: pageParam } : {}) };
      return answered(api.GET("/api/v1/jobs", { params: { query }, signal }));
    },
  });
  const rows = useMemo(() => (asked.data?.pages ?? []).flatMap((page) => page.items.map(fromPosting)), [asked.data]);
  const more = asked.hasNextPage && !asked.isFetchingNextPage ? () => void asked.fetchNextPage() : null;
  return { rows, ...told(asked), error: asked.data ? null : asked.error, unranked: false, more };
}

export function usePosting(id: string) {
  return useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => answered(api.GET("/api/v1/jobs/{id}", { params: { path: { id } }, signal })),
  });
}

export function useMatch(id: string, wishes: Wishes) {
  const query = wishQuery(wishes);
  return useQuery({
    queryKey: ["match", id, query],
    queryFn: ({ signal }) =>
      answered(api.GET("/api/v1/matches/{posting_id}", { params: { path: { posting_id: id }, query }, signal })),
  });
}

function told(asked: { isPending: boolean; isFetching: boolean; refetch: () => unknown }) {
  return { pending: asked.isPending, fetching: asked.isFetching, retry: () => void asked.refetch() };
}
