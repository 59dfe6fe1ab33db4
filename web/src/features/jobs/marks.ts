import type { Match } from "@/lib/api/client";
import type { Mark } from "@/lib/highlight";

export type Requirement = Match["requirements"][number];

/** Marks of a match on its posting's text: requirements above filters above named skills. */
export function marksOf(match: Match): Mark[] {
  const skills = match.skills_hit.flatMap((hit) =>
    hit.evidence.map((quote) => ({ ...quote, id: `skill-${quote.start}`, tone: "skill", rank: 0 })),
  );
  const filters = match.filters.flatMap((filter, index) =>
    filter.evidence ? [{ ...filter.evidence, id: `filter-${index}`, tone: filter.passed ? "met" : "missing", rank: 1 }] : [],
  );
  const asked = match.requirements.map((one) => ({
    start: one.start,
    end: one.end,
    id: markId(one),
    tone: one.coverage,
    rank: one.polarity === "must" ? 3 : 2,
  }));
  return [...skills, ...filters, ...asked];
}

export function markId(one: Pick<Requirement, "start" | "end">): string {
  return `asked-${one.start}-${one.end}`;
}
