"use client";

import { Section } from "@/components/ui/section";
import { pointerWords } from "@/lib/words";
import { useAdvice } from "./use-profile";

/** What is wrong with the CV, and what would make it stronger. */
export function Advice() {
  const asked = useAdvice();
  const rows = [...(asked.data?.problems ?? []), ...(asked.data?.advice ?? [])];
  if (rows.length === 0) return null;
  return (
    <Section title="Worth a look">
      <ul>
        {rows.map((row, index) => (
          <li key={index} className="border-b py-2">
            <p className="wrap-anywhere">
              {row.problem} <span className="text-sm text-soft">{row.pointer ? pointerWords(row.pointer) : ""}</span>
            </p>
            {row.fix ? <p className="text-sm text-soft wrap-anywhere">{row.fix}</p> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
