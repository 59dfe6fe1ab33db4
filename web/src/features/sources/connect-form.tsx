"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice, Field } from "@/components/ui/field";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { useTask } from "@/lib/tasks";
import type { Source } from "@/lib/api/client";
import { boardAt } from "./addresses";
import { kindsOf, type SourceKind } from "./kinds";
import { TaskCard } from "./task-card";
import { useIngest } from "./use-sources";

interface Props {
  sources: readonly Source[];
  watched: string | null;
  onWatch: (id: string) => void;
}

/** One board by its source and the employer's name there; what happens with it stands below. */
export function ConnectForm({ sources, watched, onWatch }: Props) {
  const kinds = kindsOf(sources);
  const [source, setSource] = useState(kinds[0]?.name ?? "");
  const [company, setCompany] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const ingest = useIngest((task) => onWatch(task.id));
  const kind = kinds.find((one) => one.name === source);
  const type = (typed: string) => {
    const board = boardAt(typed);
    setMissing(false);
    setCompany(board?.company ?? typed);
    if (board && kinds.some((one) => one.name === board.source)) setSource(board.source);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!company.trim());
    if (company.trim()) ingest.mutate({ source, company: company.trim() });
    else field.current?.focus();
  };
  return (
    <Section title="Connect a board">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 md:grid-cols-[13rem_minmax(0,1fr)]">
          <Choice
            label="Source"
            value={source}
            options={kinds.map((one) => [one.name, one.refused === null ? one.title : `${one.title} (not allowed)`] as const)}
            onChange={(event) => setSource(event.target.value)}
          />
          {kind?.refused === null ? (
            <Field
              ref={field}
              label="Company"
              value={company}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              aria-invalid={missing}
              hint="The name at the end of its careers page, as in boards.greenhouse.io/acme; or paste the whole address."
              onChange={(event) => type(event.target.value)}
            />
          ) : null}
        </div>
        {missing ? <p role="alert" className="text-alarm">Which company? Its name on the board is needed.</p> : null}
        {kind && kind.refused !== null ? (
          <NotAllowed kind={kind} />
        ) : (
          <Button type="submit" look="primary" className="self-start" disabled={ingest.isPending}>
            Fetch its postings
          </Button>
        )}
        {ingest.error ? <ProblemLine error={ingest.error} /> : null}
      </form>
      {watched ? <Watched id={watched} /> : null}
    </Section>
  );
}

function NotAllowed({ kind }: { kind: SourceKind }) {
  return (
    <div className="border-l-2 border-possible py-1 pl-4">
      <p className="font-semibold">{kind.title} is not read by a program</p>
      <p>Why: {kind.refused}.</p>
      <p className="mt-2">
        The allowed way: save the posting by hand, or look for the employer’s own board in the list above; many post
        there first. A saved file comes in with
        <code className="mt-1 block rounded-[3px] bg-wash px-3 py-2 text-sm">jobbot ingest file PATH</code>
      </p>
    </div>
  );
}

function Watched({ id }: { id: string }) {
  const { task, error } = useTask(id);
  if (error) return <ProblemLine error={error} />;
  return task ? <TaskCard task={task} className="mt-6" /> : null;
}
