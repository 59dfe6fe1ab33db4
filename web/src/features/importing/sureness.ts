import type { Row } from "./use-import";

export function sureness(confidence: number): "sure" | "likely" | "check" {
  if (confidence >= 0.9) return "sure";
  return confidence >= 0.7 ? "likely" : "check";
}

/** Where a value stood in the file. */
export function whence(row: Row): string {
  const { page, start, end } = row.from;
  if (page) return `page ${page}`;
  return start === null || end === null ? row.from.file : `characters ${start}–${end}`;
}
