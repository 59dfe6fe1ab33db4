// For tests: a server that keeps preferences in memory, and the pages' client before it.
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { makeQueryClient } from "./api/query-client";
import type { Chosen } from "./preferences";

const SHIPPED = { title: 60, place: 40 };

export interface Played {
  held: Chosen;
  /** Every PUT, as it came. */
  puts: { key: string | null; body: Chosen }[];
  /** The next PUT is refused with these words. */
  refuse: string | null;
}

/** Stands in for `fetch` until `vi.unstubAllGlobals`. */
export function played(held: Partial<Chosen> = {}): Played {
  const server: Played = { held: { points: {}, employers: [], avoid: [], ...held }, puts: [], refuse: null };
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "PUT") {
      const body = (await request.json()) as Chosen;
      server.puts.push({ key: request.headers.get("Idempotency-Key"), body });
      if (server.refuse !== null) return answer(422, { title: "Not kept", detail: server.refuse, errors: [], retry_at: null });
      server.held = body;
    }
    return answer(200, shape(server.held));
  });
  return server;
}

export function Client({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={makeQueryClient()}>{children}</QueryClientProvider>;
}

function shape({ points, employers, avoid }: Chosen) {
  const given: Record<string, number> = { ...SHIPPED, ...points };
  const sum = Object.values(given).reduce((total, one) => total + one, 0);
  const weights = Object.entries(SHIPPED).map(([signal, shipped]) => {
    return { signal, points: (100 * (given[signal] ?? 0)) / sum, shipped, own: points[signal] ?? null };
  });
  return { weights, employers, avoid };
}

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
