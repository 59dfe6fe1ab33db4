"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { TextArea } from "@/components/ui/text-area";
import { ApiProblem } from "@/lib/api/client";
import { type Draft, type Run, useKeep } from "./use-byhand";

interface Props {
  draft: Draft;
  /** The page's own statement of the posting, kept with what the person says. */
  data: string[];
  onKept: (run: Run, title: string) => void;
  onDiscard: () => void;
}

/** A posting before it is kept: every word of it can be corrected. */
export function CorrectForm({ draft, data, onKept, onDiscard }: Props) {
  const [fields, setFields] = useState(draft);
  const keep = useKeep();
  const set = (name: keyof Draft) => (event: { target: { value: string } }) =>
    setFields((before) => ({ ...before, [name]: event.target.value }));
  const wrong = (name: keyof Draft) => keep.error instanceof ApiProblem && keep.error.errors.some((one) => one.pointer === `/${name}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate({ ...fields, data }, { onSuccess: (run) => onKept(run, fields.title) });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label="Title" value={fields.title} maxLength={300} onChange={set("title")} aria-invalid={wrong("title")} />
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="Company" value={fields.company} maxLength={200} onChange={set("company")} />
        <Field label="Place" value={fields.location} maxLength={300} onChange={set("location")} placeholder="Several with ; between" />
      </div>
      <Field
        label="Address"
        type="text"
        inputMode="url"
        value={fields.url}
        maxLength={8000}
        onChange={set("url")}
        aria-invalid={wrong("url")}
        hint="Only shown to you; jobbot never opens it. What tells who came from where is cut off."
      />
      <TextArea label="Text" rows={14} value={fields.text} maxLength={200_000} onChange={set("text")} aria-invalid={wrong("text")} />
      {keep.error ? <ProblemLine error={keep.error} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" disabled={keep.isPending}>
          {keep.isPending ? "Saving …" : "Save this posting"}
        </Button>
        <Button look="quiet" onClick={onDiscard}>
          Discard
        </Button>
      </div>
    </form>
  );
}
