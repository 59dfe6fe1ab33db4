import { describe, expect, it } from "vitest";
import { lines, type Mark, segments } from "./highlight";

const mark = (id: string, start: number, end: number, rank = 1): Mark => ({ id, start, end, tone: "met", rank });
const told = (text: string, marks: Mark[]) => segments(text, marks).map((one) => [one.text, one.mark?.id ?? null]);

describe("segments", () => {
  it("joined are the text again", () => {
    const text = "SQL 🧪 and SAS\nfor checks";
    const found = segments(text, [mark("a", 0, 3), mark("b", 4, 11), mark("c", 2, 20)]);
    expect(found.map((one) => one.text).join("")).toBe(text);
  });

  it("put a mark behind an emoji where the server put it", () => {
    expect(told("🧪🧪 SQL needed", [mark("sql", 3, 6)])).toEqual([
      ["🧪🧪 ", null],
      ["SQL", "sql"],
      [" needed", null],
    ]);
  });

  it("show the higher rank where marks overlap", () => {
    expect(told("a solid grip on GCP", [mark("whole", 0, 19, 3), mark("gcp", 16, 19, 0)])).toEqual([["a solid grip on GCP", "whole"]]);
    expect(told("abcdef", [mark("low", 0, 4, 0), mark("high", 2, 6, 2)])).toEqual([
      ["ab", "low"],
      ["cdef", "high"],
    ]);
  });

  it("take no notice of empty marks and of those beyond the end", () => {
    expect(told("abc", [mark("empty", 1, 1), mark("beyond", 7, 9)])).toEqual([["abc", null]]);
  });
});

describe("lines", () => {
  it("keep a mark that runs over a line break on both lines", () => {
    const rows = lines(segments("one\ntwo\n\nthree", [mark("x", 2, 6)]));
    expect(rows.map((row) => row.map((piece) => [piece.text, piece.mark?.id ?? null]))).toEqual([
      [["on", null], ["e", "x"]],
      [["tw", "x"], ["o", null]],
      [],
      [["three", null]],
    ]);
  });
});
