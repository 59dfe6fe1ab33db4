"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Check, Field } from "@/components/ui/field";
import { readWishes, salaryOf, type Wishes } from "./wishes";

interface Props {
  wishes: Wishes;
  onApply: (wishes: Wishes) => void;
}

/** Wishes mark what misses them and list it last; only the last box drops it. */
export function WishForm({ wishes, onApply }: Props) {
  const [draft, setDraft] = useState(wishes);
  const wrong = draft.salary.trim() !== "" && salaryOf(draft.salary) === null;
  const set = (change: Partial<Wishes>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) onApply(draft);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Role"
        value={draft.role}
        maxLength={200}
        placeholder="Clinical data manager"
        onChange={(event) => set({ role: event.target.value })}
      />
      <Field
        label="Place"
        value={draft.location}
        maxLength={200}
        hint="A town, country or region; part several with a semicolon."
        onChange={(event) => set({ location: event.target.value })}
      />
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <Field
          label="Pay from, a year"
          inputMode="numeric"
          value={draft.salary}
          aria-invalid={wrong}
          placeholder="55,000"
          onChange={(event) => set({ salary: event.target.value })}
        />
        <Field
          label="Currency"
          maxLength={3}
          value={draft.currency}
          placeholder="EUR"
          onChange={(event) => set({ currency: event.target.value })}
        />
      </div>
      {wrong ? (
        <p role="alert" className="text-sm text-alarm">
          A figure such as 55,000 or 55k.
        </p>
      ) : null}
      <Check label="Remote work" checked={draft.remote} onChange={(event) => set({ remote: event.target.checked })} />
      <Check
        label="Leave out what misses a wish"
        checked={draft.strict}
        onChange={(event) => set({ strict: event.target.checked })}
      />
      <div className="flex gap-3">
        <Button type="submit" look="primary">
          Apply
        </Button>
        <Button look="quiet" onClick={() => onApply(readWishes(new URLSearchParams()))}>
          Clear
        </Button>
      </div>
    </form>
  );
}
