"use client";

import { Pencil } from "lucide-react";
import { useRef, useState } from "react";
import { cn } from "@/lib/class-names";

interface Props {
  /** What the value is called. */
  field: string;
  /** The words as they were. */
  words: string;
  /** The words in their place, null while there are none. */
  change: string | null;
  onChange: (next: string | null) => void;
  className?: string;
}

/** Words that become a box when they are chosen. Enter keeps, Escape leaves them as they were. */
export function Editable({ field, words, change, onChange, className }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const dropped = useRef(false);
  const [open, setOpen] = useState(false);
  const told = change ?? words;
  const close = (typed: string) => {
    const next = typed.trim();
    if (!dropped.current) onChange(next && next !== words ? next : null);
    dropped.current = false;
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  };
  if (open) {
    return (
      <textarea
        aria-label={field}
        rows={Math.min(8, Math.ceil(told.length / 60) + told.split("\n").length - 1)}
        defaultValue={told}
        maxLength={5000}
        autoFocus
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        onBlur={(event) => close(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") dropped.current = true;
          if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.blur();
          }
        }}
        className={cn("w-full min-w-[min(22rem,calc(100vw-3rem))] rounded-[3px] border border-edge bg-sheet px-2 py-1.5", className)}
      />
    );
  }
  return (
    <button
      ref={button}
      type="button"
      onClick={() => setOpen(true)}
      className={cn(
        "group min-h-11 rounded-[2px] px-2 py-1 text-left wrap-anywhere hover:bg-accent-wash md:min-h-8",
        change !== null && "bg-accent-wash",
        className,
      )}
    >
      <span className="sr-only">Correct {field}:</span>{" "}
      {told}
      {change === null ? null : <span className="ml-2 text-sm font-semibold text-accent">corrected</span>}
      <Pencil size={13} aria-hidden className="ml-2 inline text-soft opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" />
    </button>
  );
}
