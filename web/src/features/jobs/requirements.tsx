"use client";

import { Check, CircleDashed, X } from "lucide-react";
import { FactList } from "@/components/ui/fact-list";
import { Section } from "@/components/ui/section";
import { cn } from "@/lib/class-names";
import { markId, type Requirement } from "./marks";

interface Props {
  title: string;
  asked: readonly Requirement[];
  lit: string | null;
  onLit: (id: string | null) => void;
  onShow: (id: string) => void;
}

const TOLD = {
  met: { word: "Met", icon: Check, ink: "text-strong" },
  partly: { word: "Partly", icon: CircleDashed, ink: "text-possible" },
  missing: { word: "Missing", icon: X, ink: "text-alarm" },
} as const;

/** What the posting asks, in its words, beside what the profile says, in its own. */
export function Requirements({ title, asked, lit, onLit, onShow }: Props) {
  if (asked.length === 0) return null;
  const met = asked.filter((one) => one.coverage === "met").length;
  return (
    <Section title={title} note={`${met} of ${asked.length} met`}>
      <ul>
        {asked.map((one) => (
          <Item key={markId(one)} one={one} lit={lit === markId(one)} onLit={onLit} onShow={onShow} />
        ))}
      </ul>
    </Section>
  );
}

function Item({ one, lit, onLit, onShow }: { one: Requirement; lit: boolean } & Pick<Props, "onLit" | "onShow">) {
  const told = TOLD[one.coverage];
  const id = markId(one);
  return (
    <li className={cn("border-b", lit && "bg-wash")} onMouseEnter={() => onLit(id)} onMouseLeave={() => onLit(null)}>
      <button
        type="button"
        onClick={() => onShow(id)}
        onFocus={() => onLit(id)}
        onBlur={() => onLit(null)}
        className="grid min-h-11 w-full grid-cols-[5rem_minmax(0,1fr)] gap-x-2 pb-1 pt-2.5 text-left"
        title="Show it in the posting"
      >
        <span className={cn("flex items-start gap-1.5 text-sm font-semibold", told.ink)}>
          <told.icon size={16} aria-hidden className="mt-0.5 shrink-0" />
          {told.word}
        </span>
        <span className="wrap-anywhere">{one.quote}</span>
      </button>
      <div className="pb-2.5 pl-[5.5rem] pr-1">
        {one.facts.length > 0 ? <FactList facts={one.facts} first={2} /> : null}
        {one.coverage === "met" || !one.reason ? null : <p className="mt-1 text-sm text-soft">{one.reason}</p>}
      </div>
    </li>
  );
}
