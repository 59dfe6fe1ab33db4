"use client";

import { EditRow } from "@/components/ui/edit-row";
import { fieldWords } from "@/lib/resume-words";
import { sureness, whence } from "./sureness";
import type { Row } from "./use-import";

interface Props {
  row: Row;
  unsure: boolean;
  correction: string | null;
  onCorrect: (pointer: string, value: string | null) => void;
}

const WORDS = { sure: "", likely: "likely", check: "please check" } as const;

/** One value that was read: which field, the words, where they stood, how sure; and a box to correct them. */
export function ReadRow({ row, unsure, correction, onCorrect }: Props) {
  const pointer = row.pointer ?? "";
  const told = unsure ? "check" : sureness(row.confidence);
  return (
    <EditRow
      field={fieldWords(pointer)}
      words={row.wording}
      change={correction}
      onChange={(next) => onCorrect(pointer, next)}
      marked={told === "check"}
      note={
        <>
          {WORDS[told] ? <span className={told === "check" ? "font-semibold text-possible" : ""}>{WORDS[told]}</span> : null}
          <span>{whence(row)}</span>
        </>
      }
    />
  );
}
