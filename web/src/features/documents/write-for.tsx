"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Check, Choice } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/api/client";
import { day } from "@/lib/words";
import { useDocumentList, useJob, useTemplates, useWrite } from "./use-documents";

interface Props {
  posting: string;
  onWritten: (id: string) => void;
}

/** What to write for a posting, and what was written for it before. */
export function WriteFor({ posting, onWritten }: Props) {
  const job = useJob(posting);
  const write = useWrite(onWritten);
  if (job.error && !job.data) return <Problem error={job.error} onRetry={() => void job.refetch()} />;
  if (!job.data) return <Skeleton label="Loading the posting" rows={5} className="px-8 py-10" />;
  return (
    <div className="mx-auto flex max-w-xl flex-col gap-8 px-5 py-6 md:px-8 md:py-8">
      <header>
        <p className="mb-2">
          <Link href={`/?posting=${posting}`} className="inline-flex min-h-11 items-center underline underline-offset-4">
            Back to the posting
          </Link>
        </p>
        <h1 className="font-serif text-[1.75rem] font-semibold leading-tight wrap-anywhere">
          CV and letter for {job.data.title}
        </h1>
        <p className="mt-1.5 text-lg">{job.data.company}</p>
      </header>
      <WriteForm posting={posting} write={write} />
      {write.error ? <Refused error={write.error} /> : null}
      <Earlier posting={posting} />
    </div>
  );
}

function WriteForm({ posting, write }: { posting: string; write: ReturnType<typeof useWrite> }) {
  const templates = useTemplates();
  const [template, setTemplate] = useState("classic");
  const [letter, setLetter] = useState(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({ posting_id: posting, template, letter, formats: ["pdf", "docx", "md", "txt"], persona: "default" });
  };
  const names = (templates.data?.items ?? []).map((one) => [one, one.charAt(0).toUpperCase() + one.slice(1)] as const);
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-soft">
        One page, chosen from your CV for what this posting asks. Every line rests on something you wrote; a line that
        cannot be proved is not printed.
      </p>
      {names.length > 1 ? (
        <Choice label="Look" value={template} options={names} onChange={(event) => setTemplate(event.target.value)} />
      ) : null}
      <Check label="With a letter" checked={letter} onChange={(event) => setLetter(event.target.checked)} />
      <Button type="submit" look="primary" className="self-start" disabled={write.isPending}>
        {write.isPending ? "Writing and proving each line …" : "Write them"}
      </Button>
    </form>
  );
}

/** Why nothing was written; where the CV stands in the way, the way to it. */
function Refused({ error }: { error: Error }) {
  const inCv = error instanceof ApiProblem && error.status === 422;
  return (
    <div className="flex flex-col items-start gap-2">
      <ProblemLine error={error} />
      {inCv ? (
        <Link href="/profile/" className="inline-flex min-h-11 items-center underline underline-offset-4">
          Correct it in your CV
        </Link>
      ) : null}
    </div>
  );
}

function Earlier({ posting }: { posting: string }) {
  const asked = useDocumentList(posting);
  const items = asked.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Written before">
      <ul>
        {items.map((one) => (
          <li key={one.id} className="border-b">
            <Link
              href={`/documents/?document=${one.id}`}
              className="flex min-h-11 items-center justify-between no-underline hover:bg-wash"
            >
              <span>{day(one.created_at)}</span>
              <span className="text-sm text-soft">
                {one.template}, from version {one.profile_version} of your CV
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
