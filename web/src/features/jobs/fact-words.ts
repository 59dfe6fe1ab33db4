// What jobbot read out of a posting's words, in words again.
import type { PostingWithText } from "@/lib/api/client";
import { KINDS, LEVELS } from "./filters";

type Place = PostingWithText["places"][number];
type Scope = NonNullable<PostingWithText["remote_scope"]>;

/** One line of facts: what it is, what was read, and what it rests on where that is not plain to see. */
export interface FactLine {
  name: string;
  says: string;
  rests: string | null;
}

const NOT_SURE = { sure: null, likely: "likely: others are called so", unsure: "several places are called so" } as const;

/** The facts of a posting; what is not known has no line. */
export function factLines(posting: PostingWithText): FactLine[] {
  const places = posting.places.map(placeLine).filter((one): one is FactLine => one !== null);
  const more = [scopeLine(posting.remote_scope), levelLine(posting), kindLine(posting)];
  return [...places, ...more.filter((one): one is FactLine => one !== null)];
}

/** "Malmö, Skåne, Sweden"; null where nothing about the line is known. */
function placeLine(place: Place): FactLine | null {
  const country = place.country ? countryName(place.country) : null;
  const metro = place.metro && place.metro !== place.city ? place.metro : null;
  const names = [place.city, metro, place.region, country].filter((one): one is string => Boolean(one));
  const says = [...new Set(names)].join(", ");
  if (!says) return null;
  const zone = place.time_zone ? zoneName(place.time_zone) : null;
  const rests = [zone, NOT_SURE[place.confidence]].filter(Boolean).join("; ");
  return { name: "Place", says, rests: rests || null };
}

function scopeLine(scope: Scope | null): FactLine | null {
  if (scope === null) return null;
  const countries = scope.countries.map(countryName);
  const where = scope.regions.length > 0 ? scope.regions : countries;
  const offsets = scope.utc ? `${offset(scope.utc.least)} to ${offset(scope.utc.most)}` : null;
  const from = scope.kind === "anywhere" ? "anywhere" : where.join(", ");
  const says = [from, offsets].filter(Boolean).join("; ") || scope.kind;
  return { name: "Remote from", says, rests: scope.quote ? `“${scope.quote}”` : null };
}

function levelLine({ seniority, seniority_words: words }: PostingWithText): FactLine | null {
  if (seniority === null) return null;
  return { name: "Level", says: LEVELS[seniority], rests: words ? `“${words}” in the title` : null };
}

function kindLine({ employment, employment_type: words }: PostingWithText): FactLine | null {
  if (employment === null) return null;
  const says = KINDS[employment];
  return { name: "Employment", says, rests: words && plain(words) !== plain(says) ? `“${words}”` : null };
}

/** The English name of an ISO 3166-1 code; the code itself where there is none. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Europe/Stockholm" -> "Central European Time"; the zone itself where this machine does not know it. */
function zoneName(zone: string): string {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts(new Date());
    return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
  } catch {
    return zone;
  }
}

/** 5.5 hours are "UTC+5:30". */
function offset(hours: number): string {
  const minutes = Math.round(Math.abs(hours) * 60);
  const rest = minutes % 60 ? `:${String(minutes % 60).padStart(2, "0")}` : "";
  return `UTC${hours < 0 ? "−" : "+"}${Math.floor(minutes / 60)}${rest}`;
}

function plain(words: string): string {
  return words.toLowerCase().replace(/[^a-z]/g, "");
}
