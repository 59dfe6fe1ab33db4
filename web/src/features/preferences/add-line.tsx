"use client";

import { type FormEvent, type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

interface Props {
  label: string;
  action: string;
  hint: string;
  busy: boolean;
  field: RefObject<HTMLInputElement | null>;
  onAdd: (words: string, done: () => void) => void;
}

/** A line that adds what was typed; it is emptied once that is kept. */
export function AddLine({ label, action, hint, busy, field, onAdd }: Props) {
  const [words, setWords] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim()) onAdd(words.trim(), () => setWords(""));
    else field.current?.focus();
  };
  return (
    <form onSubmit={submit} className="mt-4 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3">
      <Field
        ref={field}
        label={label}
        hint={hint}
        value={words}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setWords(event.target.value)}
      />
      <Button type="submit" disabled={busy} className="mt-6">
        {action}
      </Button>
    </form>
  );
}
