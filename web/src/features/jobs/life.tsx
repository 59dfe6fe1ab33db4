import Link from "next/link";
import { Section } from "@/components/ui/section";
import type { PostingWithText } from "@/lib/api/client";
import { count, day } from "@/lib/words";
import { TextDiff } from "./text-diff";

type Copy = PostingWithText["also_on"][number];
type Change = PostingWithText["changes"][number];
type Sign = PostingWithText["signals"][number];

const SHOWN = 8;
const FIELDS: Record<string, string> = {
  employment_type: "Employment type",
  posted_at: "Posted date",
  locations: "Places",
  remote: "Workplace",
  url: "Link",
};

/** Where else the advert stands, what was seen of it over time, what its publisher changed: what is known of its life. */
export function Life({ posting }: { posting: PostingWithText }) {
  return (
    <>
      {posting.signals.length > 0 ? <Signs signs={posting.signals} /> : null}
      {posting.also_on.length > 0 ? <Copies copies={posting.also_on} /> : null}
      {posting.changes.length > 0 ? <Changes changes={posting.changes} /> : null}
    </>
  );
}

function Signs({ signs }: { signs: readonly Sign[] }) {
  return (
    <Section title="Seen of this advert">
      {signs.map((sign) => (
        <div key={sign.name} className="border-b py-2.5 text-sm">
          <p className="font-medium">{sign.says}</p>
          <ul className="mt-1 flex flex-col gap-0.5 text-soft">
            {sign.evidence.map((sight) => (
              <li key={`${sight.at} ${sight.posting} ${sight.what}`} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3">
                <time dateTime={sight.at}>{day(sight.at)}</time>
                <span className="wrap-anywhere">{sight.what}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function Copies({ copies }: { copies: readonly Copy[] }) {
  const rest = copies.slice(SHOWN);
  return (
    <Section title="Also on" note={count(copies.length, "copy", "copies")}>
      <ul className="text-sm">
        {copies.slice(0, SHOWN).map((copy) => (
          <CopyLine key={copy.id} copy={copy} />
        ))}
      </ul>
      {rest.length > 0 ? (
        <details className="text-sm">
          <summary className="cursor-pointer py-2.5 text-soft">{rest.length} more</summary>
          <ul>
            {rest.map((copy) => (
              <CopyLine key={copy.id} copy={copy} />
            ))}
          </ul>
        </details>
      ) : null}
    </Section>
  );
}

function CopyLine({ copy }: { copy: Copy }) {
  const where = [copy.attribution ?? copy.source, copy.locations.join("; ")].filter(Boolean).join(" · ");
  return (
    <li className="border-b py-2.5">
      <Link href={`/?posting=${copy.id}`} className="wrap-anywhere underline underline-offset-4">
        {where}
      </Link>
      {copy.closed_at ? <span className="text-soft"> (closed on {day(copy.closed_at)})</span> : null}
      <p className="text-soft">
        {copy.evidence.map((one) => one.says).join("; ")}
        {copy.through ? ", by way of another copy" : ""}
      </p>
    </li>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <Section title="What changed" note={count(changes.length, "time")}>
      {changes.map((change) => (
        <div key={change.at} className="border-b py-2.5 text-sm">
          <h3 className="font-medium">
            <time dateTime={change.at}>{day(change.at)}</time>
          </h3>
          <dl className="mt-1 flex flex-col gap-1">
            {change.fields.map((one) => (
              <div key={one.field} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3">
                <dt className="text-soft">{nameOf(one.field)}</dt>
                <dd className="wrap-anywhere">
                  <del>{shown(one.field, one.before)}</del> <span aria-hidden>→</span> <ins>{shown(one.field, one.after)}</ins>
                </dd>
              </div>
            ))}
          </dl>
          {change.text ? <TextDiff text={change.text} /> : null}
        </div>
      ))}
    </Section>
  );
}

function nameOf(field: string): string {
  return FIELDS[field] ?? field.charAt(0).toUpperCase() + field.slice(1);
}

function shown(field: string, value: string | null): string {
  if (value === null) return "not told";
  return field === "posted_at" ? (day(value) ?? value) : value;
}
