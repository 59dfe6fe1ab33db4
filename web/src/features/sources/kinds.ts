import type { Source } from "@/lib/api/client";

export interface SourceKind {
  name: string;
  title: string;
  /** Why a program must not read it; null where it may. */
  refused: string | null;
}

const TITLES: Record<string, string> = { linkedin: "LinkedIn", smartrecruiters: "SmartRecruiters", ashby: "Ashby" };

/** Every source by its name, those that may be read first; those whose plugin did not load are left out. */
export function kindsOf(sources: readonly Source[]): SourceKind[] {
  const found = new Map<string, SourceKind>();
  for (const one of sources) {
    if (one.health === "broken" || one.verdict === null) continue;
    const refused = one.verdict === "prohibited" ? (one.reason ?? "its owner forbids it") : null;
    found.set(one.source, { name: one.source, title: titleOf(one.source), refused });
  }
  return [...found.values()].sort((a, b) => Number(a.refused !== null) - Number(b.refused !== null) || a.title.localeCompare(b.title));
}

export function titleOf(name: string): string {
  return TITLES[name] ?? name.split(/[-_]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
