import { type Json, valueAt } from "@/lib/json-pointer";
import { fieldWords, grouped } from "@/lib/resume-words";
import { type Leaf, leaves } from "./leaves";

/** One field of an entry: most have one text, highlights and keywords have several. */
export interface FieldRow {
  name: string;
  leaves: Leaf[];
}

export interface Entry {
  pointer: string;
  /** What the entry is known by; null for a part that is one thing, such as the basics. */
  heading: string | null;
  fields: FieldRow[];
}

export interface Part {
  name: string;
  entries: Entry[];
}

const HEADINGS = ["name", "organization", "institution", "title", "language", "network", "position"];

/** A resume as it is read: parts, their entries, and the fields of each. */
export function partsOf(resume: Json): Part[] {
  return grouped(leaves(resume)).map(({ name, rows }) => ({ name, entries: entriesOf(resume, rows) }));
}

function entriesOf(resume: Json, rows: readonly Leaf[]): Entry[] {
  const found = new Map<string, Leaf[]>();
  for (const row of rows) {
    const [, part = "", index = ""] = row.pointer.split("/");
    const pointer = /^\d+$/.test(index) ? `/${part}/${index}` : `/${part}`;
    found.set(pointer, [...(found.get(pointer) ?? []), row]);
  }
  return [...found].map(([pointer, members]) => ({ pointer, heading: headingOf(resume, pointer), fields: fieldsOf(pointer, members) }));
}

function headingOf(resume: Json, pointer: string): string | null {
  if (pointer.split("/").length < 3) return null;
  const told = HEADINGS.map((name) => valueAt(resume, `${pointer}/${name}`)).find((value) => typeof value === "string" && value.trim());
  return typeof told === "string" ? told : null;
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
