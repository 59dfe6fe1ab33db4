import { describe, expect, it } from "vitest";
import { sliceByCodePoints, unitOffsets } from "./code-points";

describe("offsets in code points", () => {
  it("are the same where every character is one unit", () => {
    const at = unitOffsets("Malmö");
    expect([0, 3, 5].map(at)).toEqual([0, 3, 5]);
  });

  it("move behind characters of two units", () => {
    const at = unitOffsets("a🧪b🧪c");
    expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([0, 1, 3, 4, 6, 7]);
  });

  it("are held at both ends", () => {
    const at = unitOffsets("🧪");
    expect([-3, 0, 1, 9].map(at)).toEqual([0, 0, 2, 2]);
  });

  it("count a lone half of a pair as the server does: one", () => {
    expect(sliceByCodePoints("x\ud83ey", { start: 2, end: 3 })).toBe("y");
  });

  it("agree with a plain walk over the characters, for many texts", () => {
    const pieces = ["a", "ö", "🧪", "👩‍🔬", "\n", "字", "é", "𝔘"];
    for (let seed = 1; seed < 200; seed++) {
      const text = Array.from({ length: seed % 23 }, (_, index) => pieces[(seed * 7 + index * index) % pieces.length]).join("");
      const points = [...text];
      const start = seed % (points.length + 1);
      const end = Math.min(points.length, start + (seed % 5));
      expect(sliceByCodePoints(text, { start, end })).toBe(points.slice(start, end).join(""));
    }
  });
});
