import { cn } from "@/lib/class-names";
import { BAND_BARS, BAND_WORDS, type Band, band } from "@/lib/bands";

const INK: Record<Band, string> = {
  strong: "text-strong",
  good: "text-good",
  possible: "text-possible",
  weak: "text-weak",
};

/** Four bars as on a telephone: the band without its colour. */
function Bars({ of }: { of: Band }) {
  return (
    <svg viewBox="0 0 18 12" width="18" height="12" aria-hidden className="shrink-0">
      {[0, 1, 2, 3].map((index) => (
        <rect
          key={index}
          x={index * 5}
          y={9 - index * 3}
          width="3"
          height={3 + index * 3}
          fill="currentColor"
          opacity={index < BAND_BARS[of] ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}

export function BandScore({ score, provisional, large }: { score: number; provisional?: boolean; large?: boolean }) {
  const told = band(score);
  return (
    <span className={cn("flex shrink-0 flex-col whitespace-nowrap", INK[told], large ? "items-end" : "items-start")}>
      <span className={cn("font-serif font-semibold leading-none", large ? "text-[3.25rem]" : "text-[1.625rem]")}>
        {score}
        <span className="sr-only"> of 100, </span>
      </span>
      <span className={cn("mt-1.5 flex items-center gap-1.5 font-semibold", large ? "text-sm" : "text-xs")}>
        <Bars of={told} />
        {BAND_WORDS[told]}
      </span>
      {provisional ? <span className="text-xs text-soft">provisional</span> : null}
    </span>
  );
}
