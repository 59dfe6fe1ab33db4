// How figures and dates are worded. British English month names, thin grouping, no locale surprises between machines.

interface Salary {
  min: number | null;
  max: number | null;
  currency: string | null;
  period: string | null;
  predicted: boolean;
}

// Made when first asked for: the language's tables take longer to load than a page does to start.
const GROUPED = once(() => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 }));
const DAY = once(() => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" }));
const MOMENT = once(
  () => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
);
const CLOCK = once(() => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
const DAY_MS = 86_400_000;

export function salaryWords(salary: Salary | null): string | null {
  if (!salary || (salary.min === null && salary.max === null)) return null;
  const ends = [salary.min, salary.max].filter((value): value is number => value !== null);
  const figures = [...new Set(ends)].map((value) => GROUPED().format(value)).join("–");
  const from = salary.max === null ? "from " : salary.min === null ? "up to " : "";
  const per = salary.period ? ` a ${salary.period}` : "";
  return `${from}${figures} ${salary.currency ?? ""}${per}${salary.predicted ? " (estimated)" : ""}`.replace("  ", " ");
}

export function day(iso: string | null): string | null {
  return iso ? DAY().format(new Date(iso)) : null;
}

/** "20 Nov 2026, 14:05" in the time of this machine. */
export function moment(iso: string | null): string | null {
  return iso ? MOMENT().format(new Date(iso)) : null;
}

/** "14:05" in the time of this machine. */
export function clock(iso: string | null): string | null {
  return iso ? CLOCK().format(new Date(iso)) : null;
}

/** 1,234 bytes are "1.2 kB". */
export function size(bytes: number): string {
  if (bytes < 1_000) return count(bytes, "byte");
  const step = Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${value < 10 ? value.toFixed(1) : GROUPED().format(value)} ${["", "kB", "MB", "GB"][step]}`;
}

/** "today", "3 days ago", "2 months ago"; null when not known. */
export function age(iso: string | null, now: Date = new Date()): string | null {
  if (!iso) return null;
  const days = Math.floor((now.getTime() - new Date(iso).getTime()) / DAY_MS);
  if (days < 1) return "today";
  if (days === 1) return "yesterday";
  if (days < 60) return `${days} days ago`;
  return `${Math.floor(days / 30.44)} months ago`;
}

export const REMOTE_WORDS = { onsite: "On site", hybrid: "Hybrid", remote: "Remote" } as const;

export function count(number: number, one: string, many = `${one}s`): string {
  return `${GROUPED().format(number)} ${number === 1 ? one : many}`;
}

/** `/work/0/highlights/2` -> "Work 1, highlight 3": where in the profile a fact stands. */
export function pointerWords(pointer: string): string {
  const words: string[] = [];
  for (const part of pointer.split("/").slice(1)) {
    const place = /^\d+$/.test(part) ? ` ${Number(part) + 1}` : null;
    const last = words.length - 1;
    if (place && last >= 0) words[last] = singular(words[last] as string) + place;
    else words.push(spaced(part.replaceAll("~1", "/").replaceAll("~0", "~")));
  }
  const told = words.join(", ");
  return told.charAt(0).toUpperCase() + told.slice(1);
}

const MANY = /^(highlights|keywords|skills|certificates|projects|languages|profiles|publications|awards|interests|references|courses|roles)$/;

function singular(word: string): string {
  return MANY.test(word) ? word.slice(0, -1) : word;
}

const SAID: Record<string, string> = { label: "headline", url: "address on the web", studyType: "degree", area: "subject" };

function spaced(word: string): string {
  return SAID[word] ?? word.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
