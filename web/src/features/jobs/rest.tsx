import { Section } from "@/components/ui/section";
import { cn } from "@/lib/class-names";
import type { Match, PostingWithText } from "@/lib/api/client";

interface Props {
  match: Match;
  /** What stands with its evidence in a list of its own, so not among the notes again. */
  signs: PostingWithText["signals"];
}

/** Filters, gaps, what would raise the score, notes: the parts of a match that are short lists. */
export function Rest({ match, signs }: Props) {
  const notes = match.notes.filter((note) => !signs.some((sign) => note.endsWith(sign.says)));
  return (
    <>
      <Filters match={match} />
      <Raises match={match} />
      <Gaps match={match} />
      {notes.length > 0 ? (
        <Section title="Notes">
          <ul className="flex flex-col gap-1 text-sm text-soft">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function Filters({ match }: { match: Match }) {
  if (match.filters.length === 0) return null;
  return (
    <Section title="Filters">
      <dl className="text-sm">
        {match.filters.map((one) => (
          <div key={one.name} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 border-b py-2">
            <dt className={cn("font-medium", one.passed ? "text-strong" : "text-alarm")}>
              {one.passed ? "Passes" : "Misses"} {one.name}
            </dt>
            <dd className="wrap-anywhere">
              {one.reason}
              {one.evidence ? <span className="text-soft"> “{one.evidence.quote}”</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Raises({ match }: { match: Match }) {
  if (match.counterfactuals.length === 0) return null;
  return (
    <Section title="What would raise it">
      <ul className="text-sm">
        {match.counterfactuals.map((one) => (
          <li key={one.change} className="flex justify-between gap-4 border-b py-2">
            <span>{one.change}</span>
            <span className="shrink-0 font-medium">
              {match.score} → {one.score_after}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Gaps({ match }: { match: Match }) {
  if (match.skills_gap.length === 0) return null;
  return (
    <Section title="Named here, not found in your CV">
      <p className="text-sm">
        {match.skills_gap.map((gap, index) => (
          <span key={gap.skill}>
            {index > 0 ? " · " : ""}
            <span className={gap.must_have ? "font-semibold" : ""}>{gap.skill}</span>
            {gap.must_have ? " (must-have)" : ""}
          </span>
        ))}
      </p>
    </Section>
  );
}
