import { describe, expect, it } from "vitest";
import { band } from "./bands";
import { withStrings } from "./json-pointer";
import { isTyping } from "./keys";
import { ledger } from "./ledger";
import { withChanges } from "./url-state";
import { age, pointerWords, salaryWords, size } from "./words";

describe("ledger", () => {
  it("sets each bar where the one above ended and sums to the score", () => {
    const rows = [24, -6, 40].map((points, index) => ({ signal: `s${index}`, points, reason: "" }));
    const { rows: placed, total } = ledger(rows);
    expect(placed.map(({ from, to }) => [from, to])).toEqual([[0, 24], [18, 24], [18, 58]]);
    expect(total).toBe(58);
  });
});

describe("band", () => {
  it("changes at 45, 60 and 70", () => {
    expect([0, 44, 45, 59, 60, 69, 70, 100].map(band)).toEqual([
      ...["weak", "weak", "possible", "possible", "good", "good", "strong", "strong"],
    ]);
  });
});

describe("words", () => {
  const base = { currency: "SEK", period: "year", predicted: false };
  it("tells a salary as it was published", () => {
    expect(salaryWords({ ...base, min: 560000, max: 690000 })).toBe("560,000–690,000 SEK a year");
    expect(salaryWords({ ...base, min: 300, max: null })).toBe("from 300 SEK a year");
    expect(salaryWords({ ...base, min: null, max: 300, predicted: true })).toBe("up to 300 SEK a year (estimated)");
    expect(salaryWords({ ...base, min: null, max: null })).toBeNull();
  });
  it("tells an age", () => {
    const now = new Date("2026-11-20T12:00:00Z");
    expect(age("2026-11-20T01:00:00Z", now)).toBe("today");
    expect(age("2026-11-19T01:00:00Z", now)).toBe("yesterday");
    expect(age("2026-11-03T00:00:00Z", now)).toBe("17 days ago");
    expect(age("2026-07-01T00:00:00Z", now)).toBe("4 months ago");
  });
  it("tells a size", () => {
    expect([0, 1, 999, 1_200, 48_300, 2_000_000].map(size)).toEqual(["0 bytes", "1 byte", "999 bytes", "1.2 kB", "48 kB", "2.0 MB"]);
  });
  it("tells where a fact stands", () => {
    expect(pointerWords("/work/0/highlights/2")).toBe("Work 1, highlight 3");
    expect(pointerWords("/basics/location/countryCode")).toBe("Basics, location, country code");
    expect(pointerWords("/skills/1/keywords/0")).toBe("Skill 2, keyword 1");
  });
});

describe("corrections", () => {
  const resume = { basics: { name: "A" }, work: [{ "a/b": "x", highlights: ["one", "two"] }] };
  it("change what they point at and leave the rest and the original alone", () => {
    const done = withStrings(resume, new Map([["/work/0/highlights/1", "2"], ["/work/0/a~1b", "y"]]));
    expect(done).toEqual({ basics: { name: "A" }, work: [{ "a/b": "y", highlights: ["one", "2"] }] });
    expect(resume.work[0]?.highlights[1]).toBe("two");
  });
  it.each(["/work/0/highlights/7", "/work/0", "/__proto__/x", "/basics/none"])("refuse %s", (pointer) => {
    expect(() => withStrings(resume, new Map([[pointer, "x"]]))).toThrow(pointer);
  });
});

describe("address", () => {
  it("drops what is empty and keeps the rest", () => {
    expect(withChanges("?posting=a&q=x", { q: null, order: "newest" })).toBe("?posting=a&order=newest");
    expect(withChanges("?q=x", { q: "" })).toBe("");
  });
});

describe("isTyping", () => {
  it("is true inside fields and open dialogs only", () => {
    document.body.innerHTML = "<input id=i><dialog open><p id=d>x</p></dialog><p id=p>y</p>";
    expect(["i", "d", "p"].map((id) => isTyping(document.getElementById(id)))).toEqual([true, true, false]);
  });
});
