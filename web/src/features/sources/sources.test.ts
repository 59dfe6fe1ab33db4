import { expect, it } from "vitest";
import type { Source } from "@/lib/api/client";
import { grouped, healthOf } from "./health";
import { told } from "./import-list";
import { refreshWords } from "./result";
import { boardWords, runWords } from "./runs";
import { isAddress, type Checked, type ListReport, type Run, type RunBoard } from "./use-sources";
import { linesOf } from "./why";

it.each([
  ["https://boards.greenhouse.io/acme", true],
  ["boards.greenhouse.io/acme", true],
  ["jobs.lever.co/Acme/0a1b ", true],
  ["acme", false],
  ["acme.io", false],
  ["Acme & Sons / London", false],
  ["", false],
])("%j is an address: %s", (typed, is) => {
  expect(isAddress(typed)).toBe(is);
});

const source = (more: Partial<Source>): Source => ({
  ...{ source: "lever", board: "acme", region: null, company: null, verdict: "allowed", reason: "why", attribution: null },
  ...{ kind: "board", verification: null, last_run: null, last_success: null, paused_at: null, removed_at: null },
  ...{ health: "ok", problem: null, alarm: null, retry_at: null, postings: 0 },
  ...more,
});

it("tells boards that are read from those that were removed, and from sources without a board", () => {
  const there = source({});
  const feed = source({ source: "remoteok", board: null, health: "not read yet" });
  const gone = source({ board: "old", health: "removed", removed_at: "2026-11-20T09:00:00+00:00" });
  expect(grouped([there, feed, gone, source({ board: null, health: "refused" })])).toEqual({ read: [there, feed], removed: [gone] });
});

it("has words for every health", () => {
  expect(healthOf(source({ health: "unknown" }))).toEqual({ words: "Not there any more", mood: "bad" });
  expect(healthOf(source({ health: "not read yet" })).mood).toBe("rests");
  expect(healthOf(source({ health: "something else" })).words).toBe("something else");
});

const board = (more: Partial<RunBoard>): RunBoard => ({
  ...{ source: "lever", board: "acme", region: null, state: "done", not_modified: false, window: false, fetched: 0, new: 0 },
  ...{ updated: 0, unchanged: 0, reopened: 0, closed: 0, aged_out: 0, skipped: 0, quarantined: 0, reason: null, retry_at: null },
  ...{ notes: [], alarms: [], started_at: null, seconds: 1, requests: 1, bytes: 1 },
  ...more,
});

it("says what a board gave", () => {
  expect(boardWords(board({ new: 2, quarantined: 1 }))).toBe("2 new, 1 set aside");
  expect(boardWords(board({ not_modified: true }))).toBe("unchanged");
  expect(boardWords(board({ state: "failed", reason: "gone" }))).toBe("gone");
  expect(boardWords(board({ notes: ["held"], alarms: ["held"] }))).toBe("no postings");
});

it("says what a run gave", () => {
  const run = { read: 18, failed: 2, new: 41, updated: 0, reopened: 0, closed: 3 } as Run;
  expect(runWords(run)).toBe("18 boards read, 2 failed: 41 new, 3 closed");
  const one = { source: "lever", board: "acme", new: 4, updated: 0, reopened: 0, closed: 0, skipped: [], quarantined: [] };
  expect(refreshWords({ boards: [one, one], failed: [{}] })).toBe("2 boards read, 1 failed: 8 new.");
  expect(refreshWords(null)).toBe("0 boards read: nothing new.");
});

it("says what became of a list", () => {
  const report = { dry_run: true, counts: { added: 2, refused: 1, back: 0 }, lines: [{}, {}, {}] } as unknown as ListReport;
  expect(told(report)).toBe("3 lines: 2 added, 1 refused. Nothing was kept yet.");
});

it("names the line of robots.txt that decides", () => {
  const robots = { allowed: false, reason: "asks programs not to read", line: 2, rule: "Disallow: /", read_at: null };
  const rest = { paused_until: null, paused_for: null, last_answer: null, next_request_at: null };
  const courtesy = { address: "", host: "h.example", robots, spacing_seconds: 2, asked_today: 1, daily_requests: 10, left_today: 9, ...rest };
  const lines = Object.fromEntries(linesOf({ ...source({}), courtesy } as Checked));
  expect(lines["robots.txt"]).toContain("Line 2 decides: Disallow: /");
  expect(lines["Next request"]).toBe("none is allowed");
});
