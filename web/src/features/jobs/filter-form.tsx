"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice, Field } from "@/components/ui/field";
import { type Filters, KINDS, LEVELS, NO_FILTERS } from "./filters";

interface Props {
  filters: Filters;
  onApply: (filters: Filters) => void;
}

const ANY = ["", "Any"] as const;

/** Filters leave out what they do not find, and so also what does not say. */
export function FilterForm({ filters, onApply }: Props) {
  const [draft, setDraft] = useState(filters);
  const set = (change: Partial<Filters>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onApply(draft);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Country"
        value={draft.country}
        maxLength={200}
        placeholder="Germany"
        hint="Its name, also in its own language, or its two letters: Germany, Deutschland, DE."
        onChange={(event) => set({ country: event.target.value })}
      />
      <Choice
        label="Level"
        value={draft.seniority}
        options={[ANY, ...Object.entries(LEVELS)]}
        onChange={(event) => set({ seniority: event.target.value })}
      />
      <Choice
        label="Kind of employment"
        value={draft.employment}
        options={[ANY, ...Object.entries(KINDS)]}
        onChange={(event) => set({ employment: event.target.value })}
      />
      <p className="text-sm text-soft">What does not say its country, level or kind is left out with them.</p>
      <div className="flex gap-3">
        <Button type="submit" look="primary">
          Apply
        </Button>
        <Button look="quiet" onClick={() => onApply(NO_FILTERS)}>
          Clear
        </Button>
      </div>
    </form>
  );
}
