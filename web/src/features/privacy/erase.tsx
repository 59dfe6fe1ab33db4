"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Sheet } from "@/components/ui/sheet";
import { Erased } from "./erased";
import { useErase } from "./use-privacy";

const WORDS = "erase everything";

/** Everything away, for good: typed, not clicked, and with a report of what was done. */
export function Erase() {
  const [open, setOpen] = useState(false);
  const erase = useErase();
  return (
    <Section title="Erase everything">
      <p className="max-w-[62ch] py-2 text-soft">
        The key is destroyed, so nothing that was sealed with it can be read again, here or in an old copy; then every row and
        every file goes. There is no way back. A backup that you made stays where you put it.
      </p>
      <Button className="self-start border-alarm text-alarm" onClick={() => setOpen(true)}>
        Erase …
      </Button>
      <Sheet open={open} onClose={() => (erase.data ? window.location.assign("/") : setOpen(false))} title={erase.data ? "It is gone" : "Erase everything"}>
        {erase.data ? <Erased report={erase.data} /> : <Confirm erase={erase} onKeep={() => setOpen(false)} />}
      </Sheet>
    </Section>
  );
}

function Confirm({ erase, onKeep }: { erase: ReturnType<typeof useErase>; onKeep: () => void }) {
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim().toLowerCase() === WORDS) erase.mutate(WORDS);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p>Your CV, its versions, postings, documents, tokens and the record of what left this machine are destroyed.</p>
      <Field
        label={`Type “${WORDS}” to go on`}
        value={typed}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      {erase.error ? <ProblemLine error={erase.error} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button onClick={onKeep} look="primary">
          Keep everything
        </Button>
        <Button type="submit" className="border-alarm text-alarm" disabled={typed.trim().toLowerCase() !== WORDS || erase.isPending}>
          {erase.isPending ? "Erasing …" : "Erase for good"}
        </Button>
      </div>
    </form>
  );
}
