import { BandScore } from "@/components/ui/band";
import { cn } from "@/lib/class-names";
import { age, count } from "@/lib/words";
import type { JobRow } from "./rows";

interface Props {
  row: JobRow;
  here: boolean;
  onChoose: (id: string) => void;
}

export function JobLine({ row, here, onChoose }: Props) {
  return (
    <a
      href={`?posting=${row.id}`}
      data-posting={row.id}
      aria-current={here ? "true" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onChoose(row.id);
      }}
      className={cn(
        "grid h-full items-start gap-x-4 border-b py-3.5 pl-5 pr-4 no-underline -outline-offset-2",
        row.score === null ? "grid-cols-1" : "grid-cols-[4.75rem_minmax(0,1fr)]",
        here ? "bg-sheet shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-wash",
      )}
    >
      {row.score === null ? null : <BandScore score={row.score} provisional={row.provisional} />}
      <span className="flex min-w-0 flex-col">
        <span className="truncate font-semibold">{row.title}</span>
        <span className="truncate text-sm">{[row.company, row.attribution].filter(Boolean).join(" · ")}</span>
        <span className="truncate text-sm text-soft">{row.where || "Place not told"}</span>
        <span className="flex min-w-0 items-center gap-2 text-xs leading-5 text-soft">
          <span className="truncate">{footnote(row)}</span>
          <Seen marks={row.seen} />
        </span>
      </span>
    </a>
  );
}

function footnote(row: JobRow): string {
  const copies = row.copies > 0 ? [count(row.copies, "copy", "copies")] : [];
  return [standing(row), ...copies].join(" · ");
}

/** What was seen of the advert, the first of it in full: the posting's page tells all, with the evidence. */
function Seen({ marks: [first, ...more] }: { marks: readonly string[] }) {
  if (first === undefined) return null;
  return (
    <span className="shrink-0 rounded-[2px] border border-edge px-1.5 leading-[1.125rem] text-possible">
      <span className="sr-only">Seen of this advert: </span>
      {first}
      {more.length > 0 ? (
        <>
          <span aria-hidden> +{more.length}</span>
          <span className="sr-only">, {more.join(", ")}</span>
        </>
      ) : null}
    </span>
  );
}

function standing(row: JobRow): string {
  if (row.failed.length > 0) return `Misses: ${row.failed.join(", ")}`;
  if (row.must) return `${row.must.met} of ${row.must.all} must-haves`;
  if (row.score !== null) return "No must-haves named";
  return row.postedAt ? `Posted ${age(row.postedAt)}` : "Date not told";
}
