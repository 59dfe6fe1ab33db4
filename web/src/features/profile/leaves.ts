import { type Json } from "@/lib/json-pointer";

export interface Leaf {
  pointer: string;
  words: string;
}

const NOT_TOLD = new Set(["$schema", "meta"]);

/** Every text of a resume with where it stands, in its own order. */
export function leaves(resume: Json): Leaf[] {
  return walk(resume, "", (name) => !NOT_TOLD.has(name));
}

function walk(value: Json, pointer: string, wanted: (name: string) => boolean): Leaf[] {
  if (typeof value === "string") return value.trim() ? [{ pointer, words: value }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => wanted(name))
    .flatMap(([name, child]) => walk(child, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, () => true));
}
