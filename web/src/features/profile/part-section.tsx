import { Editable } from "@/components/ui/editable";
import { Section } from "@/components/ui/section";
import { cn } from "@/lib/class-names";
import { pointerWords } from "@/lib/words";
import type { Entry, FieldRow, Part } from "./entries";
import type { Leaf } from "./leaves";

interface Props {
  part: Part;
  changes: ReadonlyMap<string, string>;
  onChange: (pointer: string, words: string | null) => void;
}

/** One part of the CV: its entries, each with its fields. */
export function PartSection({ part, ...rest }: Props) {
  return (
    <Section title={part.name}>
      {part.entries.map((entry) => (
        <EntryBlock key={entry.pointer} entry={entry} {...rest} />
      ))}
    </Section>
  );
}

type Hands = Omit<Props, "part">;

function EntryBlock({ entry, ...hands }: { entry: Entry } & Hands) {
  return (
    <div className="border-b py-2">
      {entry.heading === null ? null : (
        <h3 className="-ml-2 font-semibold">
          <One leaf={entry.heading} {...hands} />
        </h3>
      )}
      <dl>
        {entry.fields.map((field) => (
          <div key={field.name} className="grid md:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="pt-1.5 text-sm text-soft">{field.name}</dt>
            <dd className="min-w-0">
              <Words field={field} {...hands} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Short texts of a list stand in a row, long ones below each other. */
function Words({ field, changes, onChange }: { field: FieldRow } & Hands) {
  const short = field.leaves.every((leaf) => leaf.words.length <= 40);
  return (
    <ul className={cn("-ml-2 flex", short ? "flex-wrap gap-x-1" : "flex-col")}>
      {field.leaves.map((leaf) => (
        <li key={leaf.pointer} className={short ? "max-w-full" : ""}>
          <One leaf={leaf} changes={changes} onChange={onChange} wide={!short} />
        </li>
      ))}
    </ul>
  );
}

function One({ leaf, wide = false, changes, onChange }: { leaf: Leaf; wide?: boolean } & Hands) {
  return (
    <Editable
      field={pointerWords(leaf.pointer)}
      words={leaf.words}
      change={changes.get(leaf.pointer) ?? null}
      onChange={(words) => onChange(leaf.pointer, words)}
      className={wide ? "w-full" : ""}
    />
  );
}
