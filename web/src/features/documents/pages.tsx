import { cn } from "@/lib/class-names";
import type { Place } from "./use-documents";

interface Props {
  pictures: readonly string[];
  places: readonly Place[];
  name: string;
  fill: number | null;
  /** The line that is looked at. */
  at: number | null;
  onAt: (line: number) => void;
}

/** The true pages; the line that is looked at is marked, and pointing at a line here shows it in the list. */
export function Pages({ pictures, places, name, fill, at, onAt }: Props) {
  return (
    <div className="order-first bg-wash px-5 py-6 md:px-8 lg:order-none lg:overflow-y-auto" tabIndex={0} role="region" aria-label="The page as it prints">
      {pictures.map((address, index) => (
        <div key={address} className="relative mx-auto mb-4 w-full max-w-[46rem] border bg-white">
          <img src={address} width={1240} height={1754} alt={`Page ${index + 1} of the ${name} as it prints`} className="block h-auto w-full" />
          {places
            .filter((place) => place.page === index + 1)
            .map((place, number) => (
              <Spot key={number} place={place} lit={place.line === at} onAt={onAt} />
            ))}
        </div>
      ))}
      {fill === null ? null : (
        <p className="mx-auto max-w-[46rem] text-sm text-soft">
          The page is {Math.round(fill * 100)}% full. This is the PDF itself, not a preview.
        </p>
      )}
    </div>
  );
}

const percent = (part: number) => `${part * 100}%`;

/** One row of print. For a pointer only: the list beside it says the same to the keyboard and to a screen reader. */
function Spot({ place, lit, onAt }: { place: Place; lit: boolean; onAt: (line: number) => void }) {
  const { left, top, width, height } = place;
  const box = { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
  return (
    <div
      aria-hidden
      data-spot={place.line}
      data-lit={lit || undefined}
      onMouseEnter={() => onAt(place.line)}
      onClick={() => onAt(place.line)}
      style={box}
      className={cn("absolute rounded-[1px]", lit && "page-lit")}
    />
  );
}
