"use client";

import { useState } from "react";
import { FactList } from "@/components/ui/fact-list";
import type { Line } from "@/lib/api/client";
import { cn } from "@/lib/class-names";
import { count } from "@/lib/words";

/** Every printed line in order; the one under the pointer or the focus shows what it rests on. */
export function ProvenLines({ lines }: { lines: readonly Line[] }) {
  const [at, setAt] = useState<number | null>(null);
  const line = at === null ? null : (lines[at] ?? null);
  return (
    <>
      <ol className="px-5 py-5 md:px-8">
        {lines.map((one, index) => (
          <li key={index}>
            {one.kind === "frame" && one.facts.length === 0 ? (
              <p className="pb-0.5 pt-3 text-sm font-semibold text-soft">{one.text}</p>
            ) : (
              <button
                type="button"
                onMouseEnter={() => setAt(index)}
                onFocus={() => setAt(index)}
                className={cn(
                  "grid min-h-8 w-full grid-cols-[minmax(0,1fr)_auto] items-baseline gap-4 rounded-[2px] px-2 py-1 -mx-2 text-left",
                  index === at && "bg-accent-wash",
                )}
              >
                <span className="wrap-anywhere">{one.text}</span>
                <span className="shrink-0 text-xs text-soft">{basis(one)}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      <div
        aria-live="polite"
        className="sticky bottom-14 max-h-[45dvh] min-h-24 overflow-y-auto border-y border-ink bg-sheet px-5 py-3 md:bottom-0 md:px-8"
      >
        <Proof line={line} />
      </div>
    </>
  );
}

function Proof({ line }: { line: Line | null }) {
  if (!line) return <p className="text-sm text-soft">Point at a line, or step through with Tab, to see what it rests on.</p>;
  return (
    <>
      <p className="mb-1.5 text-sm font-semibold">{TELLS[line.kind]}</p>
      {line.facts.length > 0 ? <FactList facts={line.facts} /> : <p className="text-sm wrap-anywhere">{line.text}</p>}
    </>
  );
}

const TELLS: Record<Line["kind"], string> = {
  fact: "This line rests on",
  posting: "This line quotes the posting and claims nothing about you",
  frame: "These words come from the template, the figures from",
};

function basis(line: Line): string {
  if (line.kind === "posting") return "quotes the posting";
  return line.facts.length > 0 ? count(line.facts.length, "fact") : "";
}
