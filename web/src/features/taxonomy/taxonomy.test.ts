import { expect, test } from "vitest";
import { told } from "./taxonomy-card";

const REPORT = {
  set: "esco",
  version: null,
  files: [],
  read: { rows: 9, skills: 7, occupations: 1, labels: 20, broader: 2, related: 1 },
  merged: { skills: 1, occupations: 0 },
  new: { skills: 6, occupations: 1 },
  conflicts: [],
  conflict_counts: {},
  skipped: [],
  skipped_counts: [{ file: "a.csv", reason: "no uri", rows: 2 }],
  dry_run: false,
  changed: true,
};

test("an import is told in a sentence", () => {
  expect(told(REPORT)).toBe("7 skills (1 of them known before by name) and 1 occupation; 2 rows left out.");
  expect(told({ ...REPORT, skipped_counts: [] })).toBe("7 skills (1 of them known before by name) and 1 occupation.");
});
