// RFC 6901 on plain JSON values.

export type Json = unknown;

function parts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function valueAt(root: Json, pointer: string): Json {
  return parts(pointer).reduce<Json>((value, part) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    return (value as Record<string, Json>)[part];
  }, root);
}

/** A copy of `root` with the strings at `changes`' pointers replaced. Raises where a pointer leads to no string. */
export function withStrings(root: Json, changes: ReadonlyMap<string, string>): Json {
  const copy = structuredClone(root);
  for (const [pointer, value] of changes) {
    const path = parts(pointer);
    const last = path.pop();
    const parent = valueAt(copy, pointer.slice(0, pointer.lastIndexOf("/")));
    if (last === undefined || typeof valueAt(copy, pointer) !== "string") {
      throw new Error(`nothing to correct at ${pointer}`);
    }
    (parent as Record<string, Json>)[last] = value;
  }
  return copy;
}
