"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { type Taken, takeBrought } from "@/lib/brought";
import { SAVE } from "@/lib/leads";
import { BookmarkletSteps } from "./bookmarklet-steps";
import { CorrectForm } from "./correct-form";
import { Files } from "./files";
import { PasteForm } from "./paste-form";
import { type Draft, type Run, useDraft } from "./use-byhand";

interface Drafted {
  draft: Draft;
  data: string[];
}

/** Postings a person found: what the bookmarklet brought, a pasted text, files; and how to get the bookmarklet. */
export function SaveView() {
  const [drafted, setDrafted] = useState<Drafted | null>(null);
  const [kept, setKept] = useState<{ run: Run; title: string } | null>(null);
  const arrival = useArrival((found) => {
    setKept(null);
    setDrafted(found);
  });
  if (kept) return <Kept {...kept} onMore={() => setKept(null)} />;
  if (arrival.pending) {
    return (
      <Page {...SAVE}>
        <Skeleton label="Reading the page" rows={8} />
      </Page>
    );
  }
  if (drafted) {
    return (
      <Page title="Is this right?" lead="Nothing is kept before you save it. Correct what was not understood.">
        <CorrectForm
          {...drafted}
          onKept={(run, title) => {
            setDrafted(null);
            setKept({ run, title });
          }}
          onDiscard={() => setDrafted(null)}
        />
      </Page>
    );
  }
  return (
    <Page {...SAVE}>
      {arrival.refused ? (
        <p role="alert" className="border-l-2 border-alarm py-1 pl-4">
          The page could not be taken over. {arrival.refused}
        </p>
      ) : null}
      {arrival.error ? <ProblemLine error={arrival.error} /> : null}
      <Section title="Paste a posting">
        <PasteForm onDraft={(draft) => setDrafted({ draft, data: [] })} />
      </Section>
      <Section title="Alert mails and saved pages">
        <Files />
      </Section>
      <Section title="Save from the page you look at" note="on a computer">
        <BookmarkletSteps />
        <p className="mt-4 text-sm text-soft">On a phone, copy the posting&rsquo;s text and paste it above.</p>
      </Section>
      <Section title="Alerts out of your mailbox">
        <p>
          On the command line <code className="rounded-[2px] bg-wash px-1">jobbot ingest mailbox</code> reads job alerts that came by mail. It only
          looks: nothing in the mailbox is marked, moved or deleted.
        </p>
      </Section>
    </Page>
  );
}

/** Reads what stands behind the "#", now and whenever the bookmarklet is used again on this window. */
function useArrival(onDraft: (found: Drafted) => void) {
  const [refused, setRefused] = useState("");
  const read = useDraft();
  const { mutate } = read;
  const latest = useRef(onDraft);
  useEffect(() => {
    latest.current = onDraft;
  });
  useEffect(() => {
    const take = () => {
      const taken: Taken = takeBrought();
      if (taken === null) return;
      setRefused("refused" in taken ? taken.refused : "");
      if ("page" in taken) {
        const { page } = taken;
        mutate(page, { onSuccess: (draft) => latest.current({ draft, data: page.data }) });
      }
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, [mutate]);
  return { refused, pending: read.isPending, error: read.error };
}

function Kept({ run, title, onMore }: { run: Run; title: string; onMore: () => void }) {
  const [id] = run.ids;
  return (
    <Page title={run.unchanged > 0 ? "It was here already" : "Saved"}>
      <div className="flex flex-col items-start gap-4">
        <p role="status" className="wrap-anywhere">
          {title} {run.updated > 0 ? "was here and has the words you gave it now" : "is among your postings"}. Only you see it.
        </p>
        <div className="flex flex-wrap gap-3">
          {id ? (
            <Button asChild look="primary">
              <Link href={`/?posting=${id}`}>Open it</Link>
            </Button>
          ) : null}
          <Button onClick={onMore}>Save another</Button>
        </div>
      </div>
    </Page>
  );
}
