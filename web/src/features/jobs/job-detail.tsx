"use client";

import { useMemo, useState } from "react";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem, type Match, type PostingWithText } from "@/lib/api/client";
import { Facts } from "./facts";
import { JobHead } from "./job-head";
import { marksOf } from "./marks";
import { Life } from "./life";
import { PostingText } from "./posting-text";
import { Requirements } from "./requirements";
import { Rest } from "./rest";
import { ScoreLedger } from "./score-ledger";
import { useMatch, usePosting } from "./use-jobs";
import type { Wishes } from "./wishes";

interface Props {
  id: string;
  wishes: Wishes;
  onBack: () => void;
}

export function JobDetail({ id, wishes, onBack }: Props) {
  const posting = usePosting(id);
  const match = useMatch(id, wishes);
  if (posting.error && !posting.data) return <Problem error={posting.error} onRetry={() => void posting.refetch()} />;
  if (!posting.data) return <Skeleton label="Loading the posting" rows={9} className="px-8 py-10" />;
  const unranked = match.error instanceof ApiProblem && match.error.status === 404;
  return (
    <article aria-labelledby="posting-title" className="flex min-h-0 flex-col xl:h-full">
      <JobHead posting={posting.data} match={match.data ?? null} onBack={onBack} />
      {match.error && !match.data && !unranked ? <Problem error={match.error} onRetry={() => void match.refetch()} /> : null}
      {match.isPending ? <Skeleton label="Judging it for you" rows={6} className="px-8 py-8" /> : null}
      {match.data || unranked ? <Body posting={posting.data} match={match.data ?? null} /> : null}
    </article>
  );
}

function Body({ posting, match }: { posting: PostingWithText; match: Match | null }) {
  const [lit, setLit] = useState<string | null>(null);
  const marks = useMemo(() => (match ? marksOf(match) : []), [match]);
  const asked = match?.requirements ?? [];
  const shared = { lit, onLit: setLit, onShow: show };
  return (
    <div className="flex min-h-0 flex-1 flex-col xl:grid xl:grid-cols-2">
      {match ? (
        <div className="flex flex-col gap-7 px-5 py-6 md:px-8 xl:min-h-0 xl:overflow-y-auto">
          <Requirements title="Must-haves" asked={asked.filter((one) => one.polarity === "must")} {...shared} />
          <ScoreLedger rows={match.contributions} />
          <Requirements title="Also asked" asked={asked.filter((one) => one.polarity !== "must")} {...shared} />
          <Facts posting={posting} />
          <Rest match={match} signs={posting.signals} />
          <Life posting={posting} />
        </div>
      ) : null}
      <div className="px-5 py-6 md:px-8 xl:min-h-0 xl:overflow-y-auto xl:border-l" tabIndex={0} role="region" aria-label="Text of the posting">
        <Section title="The posting" {...(match ? { note: "what it asks is marked" } : {})}>
          {posting.text.trim() ? (
            <PostingText text={posting.text} marks={marks} lit={lit} onLit={setLit} />
          ) : (
            <p className="text-soft">The board gave no description.</p>
          )}
        </Section>
        {match ? null : (
          <div className="mt-7 flex flex-col gap-7">
            <Facts posting={posting} />
            <Life posting={posting} />
          </div>
        )}
      </div>
    </div>
  );
}

function show(id: string): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const mark = document.querySelector(`[data-mark="${CSS.escape(id)}"]`);
  mark?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
