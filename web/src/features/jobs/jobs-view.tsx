"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/class-names";
import { useKeys } from "@/lib/keys";
import { useUrlState } from "@/lib/url-state";
import { filterCount, readFilters, writeFilters } from "./filters";
import { JobDetail } from "./job-detail";
import { JobList } from "./job-list";
import { ListHead, type Order } from "./list-head";
import { neighbour } from "./rows";
import { type Jobs, useNewest, useRanked } from "./use-jobs";
import { Welcome } from "./welcome";
import { readWishes, wishCount, writeWishes } from "./wishes";

/** The list beside the chosen posting; on a narrow screen one or the other. All of its state is in the address. */
export function JobsView() {
  const [params, change] = useUrlState();
  const wishes = useMemo(() => readWishes(params), [params]);
  const filters = useMemo(() => readFilters(params), [params]);
  const words = params.get("q") ?? "";
  const chosen = params.get("posting");
  const asked: Order = params.get("order") === "newest" ? "newest" : "ranked";
  const ranked = useRanked(wishes, words, asked === "ranked");
  const order: Order = ranked.unranked ? "newest" : asked;
  const newest = useNewest(words, filters, order === "newest");
  const jobs = order === "ranked" ? ranked : newest;
  const search = useRef<HTMLInputElement>(null);
  const choose = useCallback((id: string) => change({ posting: id }, chosen ? "replace" : "push"), [change, chosen]);
  const setWords = useCallback((q: string) => change({ q }), [change]);
  const narrowed = Boolean(words) || (order === "newest" ? filterCount(filters) : wishCount(wishes)) > 0;
  const nothing = !narrowed && !chosen && !jobs.pending && !jobs.error && jobs.rows.length === 0;
  useJobKeys(jobs, chosen, choose, () => change({ posting: null }), search);
  if (nothing) return <Welcome hasCv={!ranked.unranked} />;
  return (
    <div className="lg:grid lg:h-[calc(100dvh-var(--bars,0px))] lg:grid-cols-[23.5rem_minmax(0,1fr)]">
      <h1 className="sr-only">Jobs</h1>
      <div className={cn("flex h-[calc(100dvh-3.6rem-var(--bars,0px))] min-h-0 flex-col border-r md:h-[calc(100dvh-var(--bars,0px))]", chosen && "hidden lg:flex")}>
        <ListHead
          order={order}
          words={words}
          wishes={wishes}
          filters={filters}
          shown={jobs.pending || jobs.error ? null : jobs.rows.length}
          search={search}
          onOrder={(to) => change({ order: to === "newest" ? to : null, q: null })}
          onWords={setWords}
          onWishes={(wanted) => change(writeWishes(wanted))}
          onFilters={(wanted) => change(writeFilters(wanted))}
        />
        {ranked.unranked ? <NoProfile /> : null}
        <List jobs={jobs} chosen={chosen} narrowed={narrowed} onChoose={choose} />
      </div>
      <div className={cn("min-h-0 min-w-0 lg:overflow-y-auto", !chosen && "hidden lg:block")}>
        {chosen ? (
          <JobDetail key={chosen} id={chosen} wishes={wishes} onBack={() => change({ posting: null })} />
        ) : (
          <Notice title="Choose a posting">
            <p>Its score, what it asks and the words it rests on appear here.</p>
            <p>
              <kbd className="font-sans font-semibold text-ink">j</kbd> and{" "}
              <kbd className="font-sans font-semibold text-ink">k</kbd> move,{" "}
              <kbd className="font-sans font-semibold text-ink">?</kbd> tells every key.
            </p>
          </Notice>
        )}
      </div>
    </div>
  );
}

interface ListProps {
  jobs: Jobs;
  chosen: string | null;
  narrowed: boolean;
  onChoose: (id: string) => void;
}

function List({ jobs, chosen, narrowed, onChoose }: ListProps) {
  if (jobs.error) return <Problem error={jobs.error} onRetry={jobs.retry} />;
  if (jobs.pending) return <Skeleton label="Loading postings" rows={12} className="px-5 py-6" />;
  if (jobs.rows.length === 0) return narrowed ? <NothingFound /> : <NoneYet />;
  return <JobList rows={jobs.rows} chosen={chosen} onChoose={onChoose} onEnd={jobs.more} />;
}

function NoneYet() {
  return (
    <Notice title="No postings yet">
      <p>
        <Link href="/sources/" className="underline underline-offset-4">
          Connect a board
        </Link>
      </p>
    </Notice>
  );
}

function NothingFound() {
  return (
    <Notice title="Nothing was found">
      <p>Take a word away, or loosen a wish or a filter.</p>
    </Notice>
  );
}

function NoProfile() {
  return (
    <div className="flex flex-col items-start gap-3 border-b bg-accent-wash px-5 py-4">
      <p>Postings are ranked for you once jobbot has read your CV. Until then they stand newest first.</p>
      <Button asChild look="primary">
        <Link href="/import/">Import your CV</Link>
      </Button>
    </div>
  );
}

function useJobKeys(
  jobs: Jobs,
  chosen: string | null,
  choose: (id: string) => void,
  leave: () => void,
  search: React.RefObject<HTMLInputElement | null>,
): void {
  const router = useRouter();
  const step = (by: number) => {
    const next = neighbour(jobs.rows, chosen, by);
    if (next) choose(next);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: (event) => {
      if (!chosen || (event.target instanceof HTMLElement && event.target.closest("a, button"))) return;
      document.getElementById("posting-title")?.focus();
    },
    Escape: () => chosen && leave(),
    o: () => document.querySelector<HTMLAnchorElement>("article header a[target=_blank]")?.click(),
    d: () => chosen && router.push(`/documents/?posting=${chosen}`),
    "/": (event) => {
      event.preventDefault();
      search.current?.focus();
    },
  });
}
