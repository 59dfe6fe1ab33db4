"use client";

import { useId, useState } from "react";
import { cn } from "@/lib/class-names";
import { fieldWords, sureness, whence } from "./groups";
import type { Row } from "./use-import";

interface Props {
  row: Row;
  unsure: boolean;
  correction: string | null;
  onCorrect: (pointer: string, value: string | null) => void;
}

const FIELD = "pt-0.5 text-sm text-soft";
const WORDS = { sure: "", likely: "likely", check: "please check" } as const;

/** One value: which field, the words, where they stood, how sure; and a box to correct them. */
export function ReadRow({ row, unsure, correction, onCorrect }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const pointer = row.pointer ?? "";
  const field = fieldWords(pointer);
  const told = unsure ? "check" : sureness(row.confidence);
  const words = correction ?? row.wording;
  return (
    <li className={cn("grid gap-x-4 border-b py-2 md:grid-cols-[10rem_minmax(0,1fr)_14rem]", told === "check" && "bg-partly/40")}>
      {open ? (
        <label htmlFor={id} className={FIELD}>
          {field}
        </label>
      ) : (
        <p className={FIELD}>{field}</p>
      )}
      {open ? (
        <textarea
          id={id}
          rows={Math.min(6, Math.ceil(words.length / 60) + 1)}
          defaultValue={words}
          maxLength={5000}
          autoFocus
          onBlur={(event) => {
            const next = event.target.value.trim();
            onCorrect(pointer, next && next !== row.wording ? next : null);
            setOpen(false);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") setOpen(false);
          }}
          className="w-full rounded-[3px] border border-edge bg-sheet px-3 py-2"
        />
      ) : (
        <p className="wrap-anywhere">{words}</p>
      )}
      <p className="flex flex-wrap items-baseline gap-x-4 text-sm text-soft md:justify-end">
        {WORDS[told] ? <span className={told === "check" ? "font-semibold text-possible" : ""}>{WORDS[told]}</span> : null}
        {correction === null ? null : <span className="font-semibold text-accent">corrected</span>}
        <span>{whence(row)}</span>
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="-my-1 min-h-8 underline decoration-edge underline-offset-4 hover:text-ink"
        >
          Correct<span className="sr-only"> {field}</span>
        </button>
      </p>
    </li>
  );
}
