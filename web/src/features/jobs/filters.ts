// Which of all postings are listed, kept in the address. They are the filters of `/jobs`, by the same names.

export interface Filters {
  country: string;
  seniority: string;
  employment: string;
}

export const LEVELS = {
  intern: "Intern",
  junior: "Junior",
  mid: "Mid-level",
  senior: "Senior",
  lead: "Lead",
  manager: "Manager",
  director: "Director",
  executive: "Executive",
} as const;

export const KINDS = {
  full_time: "Full time",
  part_time: "Part time",
  contract: "Contract",
  temporary: "Temporary",
  internship: "Internship",
  apprenticeship: "Apprenticeship",
  freelance: "Freelance",
  volunteer: "Volunteer",
} as const;

export const NO_FILTERS: Filters = { country: "", seniority: "", employment: "" };

/** What the address says; a level or kind that does not exist is none. */
export function readFilters(params: URLSearchParams): Filters {
  const one = (name: string, known: object) => {
    const value = params.get(name) ?? "";
    return Object.hasOwn(known, value) ? value : "";
  };
  return {
    country: (params.get("country") ?? "").slice(0, 200),
    seniority: one("seniority", LEVELS),
    employment: one("employment", KINDS),
  };
}

export function writeFilters(filters: Filters): Record<string, string | null> {
  return {
    country: filters.country.trim() || null,
    seniority: filters.seniority || null,
    employment: filters.employment || null,
  };
}

/** The query of `/jobs`: only what was chosen. */
export function filterQuery(filters: Filters): Partial<Filters> {
  const chosen = Object.entries(writeFilters(filters)).filter(([, value]) => value !== null);
  return Object.fromEntries(chosen) as Partial<Filters>;
}

export function filterCount(filters: Filters): number {
  return Object.keys(filterQuery(filters)).length;
}
