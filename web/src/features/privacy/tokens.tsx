"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Copy } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { age, day } from "@/lib/words";
import { type Token, useEndToken, useMakeToken, useTokens } from "./use-privacy";

/** Tokens let a script of yours in. Each is shown once, and ends when you say so. */
export function Tokens() {
  const asked = useTokens();
  const make = useMakeToken();
  const [label, setLabel] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim()) make.mutate(label.trim(), { onSuccess: () => setLabel("") });
  };
  return (
    <Section title="Tokens for scripts">
      {asked.error && !asked.data ? <ProblemLine error={asked.error} /> : null}
      {asked.data?.items.length === 0 ? <p className="py-2 text-soft">None. Only this browser is let in.</p> : null}
      <ul>{asked.data?.items.map((token) => <Line key={token.id} token={token} />)}</ul>
      {make.data ? <Fresh secret={make.data.token} label={make.data.label} /> : null}
      <form onSubmit={submit} className="mt-4 flex flex-wrap items-end gap-3">
        <Field
          label="What a new one is for"
          className="min-w-0 flex-1 basis-56"
          value={label}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setLabel(event.target.value)}
        />
        <Button type="submit" disabled={make.isPending || !label.trim()}>
          Make a token
        </Button>
      </form>
      {make.error ? <ProblemLine error={make.error} /> : null}
    </Section>
  );
}

function Fresh({ secret, label }: { secret: string; label: string }) {
  return (
    <div role="status" className="mt-4 border-l-2 border-strong py-1 pl-4">
      <p>
        The token for “{label}”. It is shown this once: <Copy text={secret} name="the token" />
      </p>
      <code className="mt-1 block rounded-[3px] bg-wash px-3 py-2 text-sm wrap-anywhere">{secret}</code>
    </div>
  );
}

function Line({ token }: { token: Token }) {
  const end = useEndToken();
  const [sure, setSure] = useState(false);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 border-b py-1">
      <p className="min-w-0 flex-1 py-2">
        <span className="block font-medium wrap-anywhere">{token.label}</span>
        <span className="block text-sm text-soft">
          made {day(token.created_at)}, {token.seen_at ? `used ${age(token.seen_at)}` : "not used yet"}, ends {day(token.expires_at)}
        </span>
      </p>
      {sure ? (
        <span className="flex gap-2">
          <Button autoFocus disabled={end.isPending} onClick={() => end.mutate(token.id)}>
            End it for good
          </Button>
          <Button look="quiet" onClick={() => setSure(false)}>
            Keep
          </Button>
        </span>
      ) : (
        <Button look="quiet" onClick={() => setSure(true)}>
          End<span className="sr-only"> the token {token.label}</span>
        </Button>
      )}
    </li>
  );
}
