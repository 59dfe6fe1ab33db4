import type { Fact } from "@/lib/api/client";
import { pointerWords } from "@/lib/words";

interface Props {
  facts: readonly Fact[];
  /** How many stand open; the rest are behind "more". */
  first?: number;
}

/** Facts of the profile: the words they have and where they stand. */
export function FactList({ facts, first = facts.length }: Props) {
  const rest = facts.slice(first);
  return (
    <>
      <Facts facts={facts.slice(0, first)} />
      {rest.length > 0 ? (
        <details className="text-sm">
          <summary className="flex min-h-11 items-center md:min-h-8 text-soft underline decoration-rule underline-offset-4 hover:text-ink">
            {rest.length} more
          </summary>
          <Facts facts={rest} />
        </details>
      ) : null}
    </>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {facts.map((fact) => (
        <li key={fact.id} className="text-sm wrap-anywhere">
          <span>“{fact.wording}”</span> <span className="text-soft">{pointerWords(fact.pointer)}</span>
        </li>
      ))}
    </ul>
  );
}
