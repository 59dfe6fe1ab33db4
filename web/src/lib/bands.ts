// The words and bounds of docs/reference/score.md. A band is told by its word, its bars and its colour, never by colour alone.

export type Band = "strong" | "good" | "possible" | "weak";

const BOUNDS: readonly [number, Band][] = [
  [70, "strong"],
  [60, "good"],
  [45, "possible"],
];

export function band(score: number): Band {
  return BOUNDS.find(([bound]) => score >= bound)?.[1] ?? "weak";
}

export const BAND_WORDS: Record<Band, string> = {
  strong: "Strong",
  good: "Good",
  possible: "Possible",
  weak: "Weak",
};

export const BAND_BARS: Record<Band, number> = { strong: 4, good: 3, possible: 2, weak: 1 };
