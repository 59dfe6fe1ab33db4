"use client";

import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Check, Choice } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { type Employer, useChangePreferences, withBlocked, withEmployer } from "@/lib/preferences";
import { count } from "@/lib/words";
import { AddLine } from "./add-line";

const NUMBERS = [["", "No number"] as const, ...Array.from({ length: 10 }, (_, at) => [String(10 - at), `${10 - at} of 10`] as const)];

/** Employers that are blocked, and those that got a number of the user's own. */
export function Employers({ employers }: { employers: readonly Employer[] }) {
  const change = useChangePreferences();
  const field = useRef<HTMLInputElement>(null);
  return (
    <Section title="Employers" {...(employers.length > 0 ? { note: count(employers.length, "employer") } : {})}>
      {employers.length === 0 ? <p className="text-soft">Nothing is said of any employer.</p> : null}
      <ul>
        {employers.map((one) => (
          <Line
            key={one.name}
            one={one}
            onSay={(said) => {
              change.mutate(withEmployer(said));
              if (!said.blocked && (said.prestige ?? null) === null) field.current?.focus();
            }}
          />
        ))}
      </ul>
      <AddLine
        label="Block an employer"
        action="Block"
        hint="Its postings are no longer ranked for you; the list of all still has them."
        busy={change.isPending}
        field={field}
        onAdd={(name, done) => change.mutate(withBlocked(name, true), { onSuccess: done })}
      />
      {change.error ? (
        <div className="mt-4">
          <ProblemLine error={change.error} />
        </div>
      ) : null}
    </Section>
  );
}

function Line({ one, onSay }: { one: Employer; onSay: (said: Employer) => void }) {
  const prestige = one.prestige ?? null;
  return (
    <li className="grid items-end gap-x-4 gap-y-1 border-b py-2.5 sm:grid-cols-[minmax(0,1fr)_auto_9rem_auto]">
      <p className="flex min-h-11 items-center font-medium">
        <span className="min-w-0 wrap-anywhere">{one.name}</span>
      </p>
      <Check
        label="Blocked"
        aria-label={`${one.name} is blocked`}
        checked={one.blocked}
        onChange={(event) => onSay({ ...one, prestige, blocked: event.target.checked })}
      />
      <Choice
        label="Your number"
        aria-label={`Your number for ${one.name}`}
        value={prestige === null ? "" : String(prestige)}
        options={NUMBERS}
        onChange={(event) => onSay({ ...one, prestige: event.target.value ? Number(event.target.value) : null })}
      />
      <Button look="quiet" className="justify-self-start" onClick={() => onSay({ name: one.name, blocked: false, prestige: null })}>
        Forget <span className="sr-only">{one.name}</span>
      </Button>
    </li>
  );
}
