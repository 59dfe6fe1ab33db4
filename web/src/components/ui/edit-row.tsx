"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { cn } from "@/lib/class-names";

interface Props {
  /** What the value is called. */
  field: string;
  /** The words as they were. */
  words: string;
  /** The words in their place, null while there are none. */
  change: string | null;
  onChange: (next: string | null) => void;
  /** Stands before the button. */
  note?: ReactNode;
  marked?: boolean;
}

const FIELD = "pt-0.5 text-sm text-soft";

/** One value of a CV: what it is, its words, and a box to correct them. Escape leaves it as it was. */
export function EditRow({ field, words, change, onChange, note, marked = false }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const dropped = useRef(false);
  const told = change ?? words;
  const close = (typed: string) => {
    const next = typed.trim();
    if (!dropped.current) onChange(next && next !== words ? next : null);
    dropped.current = false;
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  };
  return (
    <li className={cn("grid gap-x-4 border-b py-2 md:grid-cols-[10rem_minmax(0,1fr)_14rem]", marked && "bg-partly/40")}>
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
          rows={Math.min(6, Math.ceil(told.length / 60) + 1)}
          defaultValue={told}
          maxLength={5000}
          autoFocus
          onBlur={(event) => close(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") dropped.current = true;
            if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
              event.preventDefault();
              event.currentTarget.blur();
            }
          }}
          className="w-full rounded-[3px] border border-edge bg-sheet px-3 py-2"
        />
      ) : (
        <p className="wrap-anywhere">{told}</p>
      )}
      <p className="flex flex-wrap items-center gap-x-4 text-sm text-soft md:justify-end md:self-start">
        {change === null ? null : <span className="font-semibold text-accent">corrected</span>}
        {note}
        <button
          ref={button}
          type="button"
          onClick={() => setOpen(true)}
          className="-mb-1.5 min-h-11 underline decoration-edge underline-offset-4 hover:text-ink md:-mt-1 md:mb-0 md:min-h-8"
        >
          Correct<span className="sr-only"> {field}</span>
        </button>
      </p>
    </li>
  );
}
