"use client";

import { useQuery } from "@tanstack/react-query";
import { SESSION_KEY } from "./api/query-client";

/** Whether this window holds a session, without asking for one: the gate does that. */
export function useHasSession(): boolean {
  return Boolean(useQuery({ queryKey: SESSION_KEY, enabled: false }).data);
}
