"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { TextArea } from "@/components/ui/text-area";
import { type Draft, useDraft } from "./use-byhand";

/** The text of a posting, from wherever it was copied; title, company and place are guessed from it. */
export function PasteForm({ onDraft }: { onDraft: (draft: Draft) => void }) {
  const [text, setText] = useState("");
  const [url, setUrl] = useState("");
  const read = useDraft();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    read.mutate({ text, url }, { onSuccess: onDraft });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextArea
        label="Text of the posting"
        rows={6}
        value={text}
        required
        maxLength={200_000}
        placeholder="Paste it here, from its title on"
        onChange={(event) => setText(event.target.value)}
      />
      <Field
        label="Where it stands, if you like"
        type="text"
        inputMode="url"
        value={url}
        maxLength={8000}
        placeholder="https://"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setUrl(event.target.value)}
      />
      {read.error ? <ProblemLine error={read.error} /> : null}
      <Button type="submit" look="primary" className="self-start" disabled={read.isPending}>
        {read.isPending ? "Reading …" : "Read it"}
      </Button>
    </form>
  );
}
