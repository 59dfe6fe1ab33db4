import type { Json } from "@/lib/json-pointer";
import { fieldWords, grouped } from "@/lib/resume-words";
import { type Leaf, leaves } from "./leaves";

/** One field of an entry: most have one text, highlights and keywords have several. */
export interface FieldRow {
  name: string;
  leaves: Leaf[];
}

export interface Entry {
  pointer: string;
  /** The field the entry is known by; null for a part that is one thing, such as the basics. */
  heading: Leaf | null;
  fields: FieldRow[];
}

export interface Part {
  name: string;
  entries: Entry[];
}

const HEADINGS = ["name", "organization", "institution", "title", "language", "network", "position"];

/** A resume as it is read: parts, their entries, and the fields of each. */
export function partsOf(resume: Json): Part[] {
  return grouped(leaves(resume)).map(({ name, rows }) => ({ name, entries: entriesOf(rows) }));
}

function entriesOf(rows: readonly Leaf[]): Entry[] {
  const found = new Map<string, Leaf[]>();
  for (const row of rows) {
    const [, part = "", index = ""] = row.pointer.split("/");
    const pointer = /^\d+$/.test(index) ? `/${part}/${index}` : `/${part}`;
    found.set(pointer, [...(found.get(pointer) ?? []), row]);
  }
  return [...found].map(([pointer, members]) => {
    const heading = headingOf(pointer, members);
    return { pointer, heading, fields: fieldsOf(pointer, members.filter((leaf) => leaf !== heading)) };
  });
}

function headingOf(pointer: string, rows: readonly Leaf[]): Leaf | null {
  if (pointer.split("/").length < 3) return null;
  const found = HEADINGS.map((name) => rows.find((leaf) => leaf.pointer === `${pointer}/${name}`));
  return found.find((leaf) => leaf !== undefined) ?? null;
}

/** Texts of one list stand together: `/work/0/highlights/0` and `/1` are the field "Highlights". */
function fieldsOf(entry: string, rows: readonly Leaf[]): FieldRow[] {
  const found = new Map<string, Leaf[]>();
  for (const row of rows) {
    const inside = row.pointer.slice(entry.length);
    const field = inside.replace(/\/\d+$/, "");
    found.set(field, [...(found.get(field) ?? []), row]);
  }
  return [...found].map(([field, members]) => ({ name: capital(fieldWords(field)), leaves: members }));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
