"use client";

import { useKinds } from "./use-sources";

/** The title of a source by its name. */
export function useTitles(): (name: string) => string {
  const kinds = useKinds();
  const titles = new Map(kinds.data?.items.map((one) => [one.source, one.title]));
  return (name) => titles.get(name) ?? name;
}
