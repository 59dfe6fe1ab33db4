"use client";

import { useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { Section } from "@/components/ui/section";
import { cn } from "@/lib/class-names";
import { count, pointerWords } from "@/lib/words";
import { type Clash, rebase } from "./rebase";
import type { Profile } from "./use-profile";

interface Props {
  base: Profile;
  newer: Profile;
  changes: ReadonlyMap<string, string>;
  saving: boolean;
  onKeep: (changes: ReadonlyMap<string, string>) => void;
  onBack: () => void;
}

/** The CV was changed elsewhere while it was edited here: both versions side by side, and a choice for each place. */
export function Conflict({ base, newer, changes, saving, onKeep, onBack }: Props) {
  const { clear, clashes } = useMemo(() => rebase(base.resume, newer.resume, changes), [base, newer, changes]);
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const choose = (pointer: string, own: boolean) => {
    const next = new Set(mine);
    if (own) next.add(pointer);
    else next.delete(pointer);
    setMine(next);
  };
  const wanted = () => {
    const chosen = clashes.filter((one) => one.theirs !== null && mine.has(one.pointer)).map((one) => [one.pointer, one.mine] as const);
    return new Map([...clear, ...chosen]);
  };
  return (
    <Page
      title="Your CV was changed elsewhere"
      lead={`Another window or the command line kept version ${newer.version} while you edited version ${base.version} here. Nothing was overwritten. Choose, then save on top of the newer one.`}
    >
      {clashes.length > 0 ? (
        <Section title="Changed in both" note={count(clashes.length, "place")}>
          {clashes.map((clash) => (
            <Choice key={clash.pointer} clash={clash} own={mine.has(clash.pointer)} onChoose={(own) => choose(clash.pointer, own)} />
          ))}
        </Section>
      ) : null}
      {clear.size > 0 ? (
        <Section title="Only you changed these" note={count(clear.size, "place")}>
          <ul>
            {[...clear].map(([pointer, words]) => (
              <li key={pointer} className="grid gap-x-4 border-b py-2 md:grid-cols-[10rem_minmax(0,1fr)]">
                <p className="text-sm text-soft">{pointerWords(pointer)}</p>
                <p className="wrap-anywhere">{words}</p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <footer className="flex flex-wrap gap-3">
        <Button look="primary" disabled={saving} onClick={() => onKeep(wanted())}>
          {saving ? "Saving …" : "Save on top of the newer version"}
        </Button>
        <Button look="quiet" disabled={saving} onClick={onBack}>
          Drop my corrections
        </Button>
      </footer>
    </Page>
  );
}

function Choice({ clash, own, onChoose }: { clash: Clash; own: boolean; onChoose: (own: boolean) => void }) {
  const name = useId();
  const gone = clash.theirs === null;
  return (
    <fieldset className="border-b py-3">
      <legend className="float-left mb-1 w-full text-sm text-soft">
        {pointerWords(clash.pointer)}, before: “{clash.before}”
      </legend>
      <div className="clear-both grid gap-2 md:grid-cols-2">
        <Side name={name} label="The newer version" words={clash.theirs ?? "taken away"} checked={!own} onChoose={() => onChoose(false)} />
        <Side name={name} label={gone ? "Yours; its place is gone, so it cannot be put back here" : "Yours"} words={clash.mine} checked={own && !gone} disabled={gone} onChoose={() => onChoose(true)} />
      </div>
    </fieldset>
  );
}

interface SideProps {
  name: string;
  label: string;
  words: string;
  checked: boolean;
  disabled?: boolean;
  onChoose: () => void;
}

function Side({ name, label, words, checked, disabled = false, onChoose }: SideProps) {
  return (
    <label className={cn("flex min-h-11 cursor-pointer gap-3 rounded-[3px] border px-3 py-2", checked ? "border-accent bg-accent-wash" : "border-rule")}>
      <input type="radio" name={name} checked={checked} disabled={disabled} onChange={onChoose} className="mt-1 size-4 accent-[var(--accent)]" />
      <span className="min-w-0">
        <span className="block text-sm text-soft">{label}</span>
        <span className="block wrap-anywhere">{words}</span>
      </span>
    </label>
  );
}
