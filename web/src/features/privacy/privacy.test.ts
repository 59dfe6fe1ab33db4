import { expect, it } from "vitest";
import { sums } from "./ledger-sums";
import type { Row } from "./use-privacy";

const row = (host: string, allowed: boolean, out = 0, back = 0): Row => ({
  at: null,
  host,
  purpose: "list postings",
  bytes_out: out,
  bytes_in: back,
  fields: [],
  allowed,
  status: null,
  reason: null,
});

it("sums what went to each host, the most asked first", () => {
  const rows = [row("b.org", true, 10, 100), row("a.org", false), row("b.org", true, 5, 50), row("b.org", false)];
  expect(sums(rows)).toEqual([
    { host: "b.org", requests: 2, refused: 1, out: 15, in: 150 },
    { host: "a.org", requests: 0, refused: 1, out: 0, in: 0 },
  ]);
  expect(sums([])).toEqual([]);
});
