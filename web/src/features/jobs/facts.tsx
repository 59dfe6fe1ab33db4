import { Section } from "@/components/ui/section";
import type { PostingWithText } from "@/lib/api/client";
import { type FactLine, factLines } from "./fact-words";

const SHOWN = 6;

/** What jobbot takes the posting's words for. The words themselves stand above, as they came. */
export function Facts({ posting }: { posting: PostingWithText }) {
  const lines = factLines(posting);
  const rest = lines.slice(SHOWN);
  if (lines.length === 0) return null;
  return (
    <Section title="Read from its words">
      <Lines lines={lines.slice(0, SHOWN)} />
      {rest.length > 0 ? (
        <details className="text-sm">
          <summary className="py-2.5 text-soft">{rest.length} more</summary>
          <Lines lines={rest} />
        </details>
      ) : null}
    </Section>
  );
}

function Lines({ lines }: { lines: readonly FactLine[] }) {
  return (
    <dl className="text-sm">
      {lines.map((line, index) => (
        <div key={index} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 border-b py-2">
          <dt className="text-soft">{line.name}</dt>
          <dd className="wrap-anywhere">
            {line.says}
            {line.rests ? <span className="text-soft"> · {line.rests}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
