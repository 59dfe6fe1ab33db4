"use client";

import { X } from "lucide-react";
import { useRef } from "react";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { useChangePreferences, withoutWord, withWord } from "@/lib/preferences";
import { AddLine } from "./add-line";

/** Words and phrases: a posting that names one is marked, with the quote, and stands last. */
export function Avoid({ words }: { words: readonly string[] }) {
  const change = useChangePreferences();
  const field = useRef<HTMLInputElement>(null);
  const forget = (word: string) => {
    change.mutate(withoutWord(word));
    field.current?.focus();
  };
  return (
    <Section title="Words to avoid">
      {words.length === 0 ? <p className="text-soft">No words are avoided.</p> : null}
      <ul className="flex flex-wrap gap-2 pt-1">
        {words.map((word) => (
          <li key={word} className="flex min-w-0 items-center rounded-[3px] border border-edge bg-sheet pl-3">
            <span className="min-w-0 wrap-anywhere">{word}</span>
            <button
              type="button"
              title={`Avoid ${word} no longer`}
              aria-label={`Avoid ${word} no longer`}
              onClick={() => forget(word)}
              className="flex size-11 shrink-0 items-center justify-center text-soft hover:text-ink"
            >
              <X size={16} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <AddLine
        label="A word or a phrase"
        action="Avoid"
        hint="Postings that name it are marked with their words and stand last."
        busy={change.isPending}
        field={field}
        onAdd={(word, done) => change.mutate(withWord(word), { onSuccess: done })}
      />
      {change.error ? (
        <div className="mt-4">
          <ProblemLine error={change.error} />
        </div>
      ) : null}
    </Section>
  );
}
