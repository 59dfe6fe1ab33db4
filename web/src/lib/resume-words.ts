import { pointerWords } from "./words";

const NAMES: Record<string, string> = {
  basics: "About you",
  work: "Work",
  volunteer: "Volunteering",
  education: "Education",
  awards: "Awards",
  certificates: "Certificates",
  publications: "Publications",
  skills: "Skills",
  languages: "Languages",
  interests: "Interests",
  references: "References",
  projects: "Projects",
};
const ORDER = Object.keys(NAMES);

export interface Group<R> {
  name: string;
  rows: R[];
}

/** Rows by the part of the CV they belong to, in the order of a CV; those without a place in it are left out. */
export function grouped<R extends { pointer: string | null }>(rows: readonly R[]): Group<R>[] {
  const found = new Map<string, R[]>();
  for (const row of rows) {
    const part = row.pointer?.split("/")[1];
    if (!part) continue;
    found.set(part, [...(found.get(part) ?? []), row]);
  }
  const rank = (part: string) => (ORDER.includes(part) ? ORDER.indexOf(part) : ORDER.length);
  return [...found]
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([part, members]) => ({ name: NAMES[part] ?? pointerWords(`/${part}`), rows: members }));
}

/** "Work 1, highlight 3", without the part's name where the heading says it already. */
export function fieldWords(pointer: string): string {
  const words = pointerWords(pointer);
  const rest = words.split(", ");
  return rest.length > 1 && !/\d/.test(rest[0] ?? "") ? capital(rest.slice(1).join(", ")) : words;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
