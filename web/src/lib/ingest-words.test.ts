import { describe, expect, it } from "vitest";
import { type Ingested, ingestWords, reasons, runsOf } from "./ingest-words";

const run = (change: Partial<Ingested> = {}): Ingested => ({
  source: "greenhouse",
  board: "acme",
  not_modified: false,
  fetched: 0,
  new: 0,
  updated: 0,
  unchanged: 0,
  reopened: 0,
  closed: 0,
  skipped: [],
  quarantined: [],
  ...change,
});

describe("an ingest in words", () => {
  it("tells what happened and leaves out what did not", () => {
    const why = { ref: "1", reason: "prospect post" };
    expect(ingestWords(run({ new: 41, closed: 2, skipped: [why], quarantined: [why, why] }))).toBe("41 new, 2 closed, 1 skipped, 2 set aside");
    expect(ingestWords(run())).toBe("the board has no postings now");
    expect(ingestWords(run({ not_modified: true, unchanged: 9 }))).toBe("nothing has changed since the last time");
  });
  it("tells each reason once, the most frequent first", () => {
    const rows = ["a", "b", "b"].map((reason) => ({ reason }));
    expect(reasons(rows)).toEqual([
      { reason: "b", times: "2 postings" },
      { reason: "a", times: "1 posting" },
    ]);
  });
  it("is found in whatever a task gives", () => {
    expect(runsOf(run())).toHaveLength(1);
    expect(runsOf({ boards: [{ source: "lever", board: "acme" }], warnings: [] })).toEqual([]);
    expect(runsOf([run(), { runs: [run()] }])).toHaveLength(2);
    expect(runsOf(null)).toEqual([]);
  });
});
