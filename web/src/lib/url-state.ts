"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export type Changes = Record<string, string | null>;

/** The address with `changes` made; null and "" take a parameter out. */
export function withChanges(search: string, changes: Changes): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const query = params.toString();
  return query ? `?${query}` : "";
}

/** State that lives in the address, so that a reload, a bookmark and the back button keep it. */
export function useUrlState(): [URLSearchParams, (changes: Changes, how?: "push" | "replace") => void] {
  const params = useSearchParams();
  const change = useCallback((changes: Changes, how: "push" | "replace" = "replace") => {
    const address = window.location.pathname + withChanges(window.location.search, changes);
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  }, []);
  return [params, change];
}
