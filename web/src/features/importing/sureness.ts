import type { Row } from "./use-import";

export function sureness(confidence: number): "sure" | "likely" | "check" {
  if (confidence >= 0.9) return "sure";
  return confidence >= 0.7 ? "likely" : "check";
}

/** Where a value stood in the file. */
export function whence(row: Row): string {
  const { page, start, end } = row.from;
  return page ? `page ${page}` : `characters ${start}–${end}`;
}
