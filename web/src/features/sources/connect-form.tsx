"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice, Field } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Watched } from "./watched";
import { boardAt, isAddress, type Kind, useIngest } from "./use-sources";

interface Props {
  kinds: readonly Kind[];
  watched: string | null;
  onWatch: (id: string) => void;
}

const FIRST = "greenhouse";

/** One board by its source and the employer's name there; what happens with it stands below. */
export function ConnectForm({ kinds, watched, onWatch }: Props) {
  const [source, setSource] = useState(kinds.some((one) => one.source === FIRST) ? FIRST : (kinds[0]?.source ?? ""));
  const [company, setCompany] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const ingest = useIngest((task) => onWatch(task.id));
  const kind = kinds.find((one) => one.source === source);
  const needed = kind?.kind === "board";
  const pasted = (typed: string) => {
    if (!isAddress(typed)) return;
    boardAt(typed.trim()).then(
      (board) => {
        setSource(board.source);
        setCompany(board.company);
      },
      () => undefined, // what is wrong with it is told when it is sent
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = company.trim();
    setMissing(needed && !name);
    if (needed && !name) field.current?.focus();
    else ingest.mutate({ source, company: name });
  };
  return (
    <Section title="Connect a board">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 md:grid-cols-[14rem_minmax(0,1fr)]">
          <SourceChoice kinds={kinds} value={source} onChange={setSource} />
          {kind && kind.kind !== null ? (
            <Field
              ref={field}
              label={needed ? "Company" : "Words to look for"}
              value={company}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              aria-invalid={missing}
              hint={hintOf(kind)}
              onPaste={(event) => pasted(event.clipboardData.getData("text"))}
              onChange={(event) => {
                setMissing(false);
                setCompany(event.target.value);
              }}
            />
          ) : null}
        </div>
        {missing ? (
          <p role="alert" className="text-alarm">
            Which company? Its name on the board is needed.
          </p>
        ) : null}
        {kind?.kind === null ? (
          <NotAllowed kind={kind} />
        ) : (
          <Button type="submit" look={watched ? "plain" : "primary"} className="self-start" disabled={ingest.isPending}>
            Fetch the postings
          </Button>
        )}
        {ingest.error ? <ProblemLine error={ingest.error} /> : null}
      </form>
      {watched ? <Watched id={watched} /> : null}
    </Section>
  );
}

interface ChoiceProps {
  kinds: readonly Kind[];
  value: string;
  onChange: (source: string) => void;
}

/** Boards of employers, feeds of many, and those that a person looks for in vain. */
function SourceChoice({ kinds, value, onChange }: ChoiceProps) {
  const of = (wanted: (kind: Kind) => boolean) => kinds.filter(wanted).map((one) => [one.source, one.title] as const);
  return (
    <Choice
      label="Source"
      value={value}
      groups={[
        { name: "Boards of one employer", options: of((one) => one.kind === "board") },
        { name: "Feeds of many employers", options: of((one) => one.kind === "window" || one.kind === "search") },
        { name: "Not read by a program", options: of((one) => one.kind === null) },
      ]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function hintOf(kind: Kind): string {
  if (kind.kind === "window") return "The newest of many employers; only what has these words is kept. Nothing: all of it.";
  if (kind.kind === "search") return `${kind.title} looks for these words itself.`;
  const told = kind.naming ?? "its name is in the address of the careers page";
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}. Or paste that whole address.`;
}

function NotAllowed({ kind }: { kind: Kind }) {
  return (
    <div className="border-l-2 border-possible py-1 pl-4">
      <p className="font-semibold">{kind.title} is not read by a program</p>
      <p>Why: {kind.reason}.</p>
      <p className="mt-2 max-w-[62ch]">
        The allowed way: look for the employer’s own board in the list above, where most posts appear first; or save the
        posting or its alert mail by hand, and bring the file in with
        <code className="mt-1 block rounded-[3px] bg-wash px-3 py-2 text-sm">jobbot ingest file PATH</code>
      </p>
    </div>
  );
}
