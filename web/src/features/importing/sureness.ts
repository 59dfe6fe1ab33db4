import type { Row } from "./use-import";

export function sureness(confidence: number): "sure" | "likely" | "check" {
  if (confidence >= 0.9) return "sure";
  return confidence >= 0.7 ? "likely" : "check";
}

/** Where a value stood in the file. */
export function whence(row: Row): string {
  const { page, start, end, file, line, column } = row.from;
  if (page) return `page ${page}`;
  if (line) return [file, `line ${line}`, column].filter(Boolean).join(", ");
  return start === null || end === null ? file : `characters ${start}–${end}`;
}
