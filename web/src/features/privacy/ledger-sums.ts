import type { Row } from "./use-privacy";

export interface HostSum {
  host: string;
  requests: number;
  refused: number;
  out: number;
  in: number;
}

/** What went to each host, the most asked first. */
export function sums(rows: readonly Row[]): HostSum[] {
  const found = new Map<string, HostSum>();
  for (const row of rows) {
    const sum = found.get(row.host) ?? { host: row.host, requests: 0, refused: 0, out: 0, in: 0 };
    found.set(row.host, {
      ...sum,
      requests: sum.requests + Number(row.allowed),
      refused: sum.refused + Number(!row.allowed),
      out: sum.out + row.bytes_out,
      in: sum.in + row.bytes_in,
    });
  }
  return [...found.values()].sort((a, b) => b.requests + b.refused - (a.requests + a.refused) || a.host.localeCompare(b.host));
}
