import type { Match, Posting } from "@/lib/api/client";

/** One line of the list, whichever way it was found. */
export interface JobRow {
  id: string;
  title: string;
  company: string;
  where: string;
  score: number | null;
  provisional: boolean;
  must: { met: number; all: number } | null;
  failed: string[];
  postedAt: string | null;
  /** Who lent the posting and wants to be named beside it. */
  attribution: string | null;
  /** How many other open postings of the same advert there are; the list shows one of them. */
  copies: number;
  /** What was seen of the advert over time, in a word or two each. */
  seen: string[];
}

const SEEN: Record<string, string> = {
  reposted: "posted again",
  gone_at_employer: "gone at the employer",
  date_moved: "date moved",
  standing_advert: "standing advert",
};

export function fromMatch(match: Match): JobRow {
  const must = match.requirements.filter((one) => one.polarity === "must");
  return {
    id: match.posting_id,
    title: match.title,
    company: match.company,
    where: match.location,
    score: match.score,
    provisional: match.provisional,
    must: must.length ? { met: must.filter((one) => one.coverage === "met").length, all: must.length } : null,
    failed: match.filters.filter((one) => !one.passed).map((one) => one.name),
    postedAt: null,
    attribution: match.attribution,
    copies: match.copies,
    seen: marks(match.signals),
  };
}

export function fromPosting(posting: Posting): JobRow {
  return {
    id: posting.id,
    title: posting.title,
    company: posting.company,
    where: posting.locations.join("; "),
    score: null,
    provisional: false,
    must: null,
    failed: [],
    postedAt: posting.posted_at,
    attribution: posting.attribution,
    copies: posting.copies,
    seen: marks(posting.signals),
  };
}

function marks(signs: Posting["signals"]): string[] {
  return signs.map((sign) => SEEN[sign.name] ?? sign.says);
}

/** Rows that have every word in their title, company or place; case and accents do not count. */
export function withWords(rows: readonly JobRow[], words: string): JobRow[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = plain(`${row.title} ${row.company} ${row.where}`);
    return wanted.every((word) => text.includes(word));
  });
}

/** The id `step` rows away from `chosen`, held at both ends; the first row where nothing is chosen. */
export function neighbour(rows: readonly JobRow[], chosen: string | null, step: number): string | null {
  if (rows.length === 0) return null;
  const at = rows.findIndex((row) => row.id === chosen);
  const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step));
  return rows[next]?.id ?? null;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
