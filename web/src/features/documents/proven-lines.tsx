"use client";

import { useEffect, useRef } from "react";
import { FactList } from "@/components/ui/fact-list";
import type { Line } from "@/lib/api/client";
import { cn } from "@/lib/class-names";
import { count } from "@/lib/words";

export interface NumberedLine {
  line: Line;
  /** Its place among all lines of the set. */
  number: number;
}

/** The line that is looked at, and where the pointer or the focus is. */
export interface At {
  line: number;
  from: "list" | "page";
}

interface Props {
  lines: readonly NumberedLine[];
  at: At | null;
  onAt: (at: At) => void;
}

/** Every printed line in order; the one under the pointer or the focus shows what it rests on and where it is printed. */
export function ProvenLines({ lines, at, onAt }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (at?.from === "page") list.current?.querySelector(`[data-line="${at.line}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <>
      <ol ref={list} className="px-5 py-5 md:px-8">
        {lines.map(({ line, number }) => (
          <li key={number} data-line={number} data-here={number === at?.line || undefined} className="scroll-my-32">
            <Words line={line} here={number === at?.line} onAt={() => onAt({ line: number, from: "list" })} />
          </li>
        ))}
      </ol>
      <div
        aria-live="polite"
        className="sticky bottom-14 max-h-[45dvh] min-h-24 overflow-y-auto border-y border-ink bg-sheet px-5 py-3 md:bottom-0 md:px-8"
      >
        <Proof line={lines.find(({ number }) => number === at?.line)?.line ?? null} />
      </div>
    </>
  );
}

function Words({ line, here, onAt }: { line: Line; here: boolean; onAt: () => void }) {
  if (line.kind === "frame" && line.facts.length === 0) {
    return <p className={cn("-mx-2 rounded-[2px] px-2 pb-0.5 pt-3 text-sm font-semibold text-soft", here && "bg-accent-wash")}>{line.text}</p>;
  }
  return (
    <button
      type="button"
      onMouseEnter={onAt}
      onFocus={onAt}
      onClick={onAt}
      className={cn(
        "-mx-2 grid min-h-11 content-center w-[calc(100%+1rem)] grid-cols-[minmax(0,1fr)_auto] items-baseline gap-4 rounded-[2px] px-2 py-1 text-left md:min-h-8",
        here && "bg-accent-wash",
      )}
    >
      <span className="wrap-anywhere">{line.text}</span>
      <span className="shrink-0 text-xs text-soft">{basis(line)}</span>
    </button>
  );
}

function Proof({ line }: { line: Line | null }) {
  if (!line) return <p className="text-sm text-soft">Point at a line here or on the page, or step through with Tab, to see what it rests on.</p>;
  if (line.kind === "frame" && line.facts.length === 0) return <p className="text-sm text-soft">A heading of the template; it claims nothing.</p>;
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
