"use client";

import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import type { Source } from "@/lib/api/client";
import { count, day } from "@/lib/words";
import { Board, Feed } from "./board";
import { grouped, keyOf } from "./health";
import { useTitles } from "./titles";
import { useChange, useRefresh } from "./use-sources";

interface Props {
  sources: readonly Source[];
  onWatch: (id: string) => void;
}

/** Boards and feeds that runs read: how many postings, how it went last, what is due to the vendor; those removed below. */
export function Boards({ sources, onWatch }: Props) {
  const refresh = useRefresh((task) => onWatch(task.id));
  const titleOf = useTitles();
  const { read, removed } = grouped(sources);
  const boards = read.filter((one) => one.board !== null);
  const feeds = read.filter((one) => one.board === null);
  if (read.length === 0 && removed.length === 0) return null;
  return (
    <Section title="Connected" note={count(boards.length, "board")}>
      <ul>
        {boards.map((board) => (
          <Board key={keyOf(board)} board={board} title={titleOf(board.source)} />
        ))}
      </ul>
      {feeds.length > 0 ? (
        <>
          <h3 className="mt-5 border-b pb-1.5 text-sm font-semibold">Feeds of many employers, read with the next run</h3>
          <ul>
            {feeds.map((feed) => (
              <Feed key={keyOf(feed)} feed={feed} title={titleOf(feed.source)} />
            ))}
          </ul>
        </>
      ) : null}
      <Button className="mt-4 self-start" disabled={refresh.isPending} onClick={() => refresh.mutate()}>
        <RefreshCw size={16} aria-hidden />
        Read them all again
      </Button>
      {refresh.error ? <ProblemLine error={refresh.error} /> : null}
      {removed.length > 0 ? <Removed boards={removed} titleOf={titleOf} /> : null}
    </Section>
  );
}

function Removed({ boards, titleOf }: { boards: readonly Source[]; titleOf: (name: string) => string }) {
  const change = useChange();
  const [open, setOpen] = useState(true);
  return (
    <details className="mt-4" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-11 items-center text-sm text-soft underline decoration-edge underline-offset-4 hover:text-ink">
        {count(boards.length, "removed board")}: not read any more, the postings stay
      </summary>
      <ul>
        {boards.map((board) => (
          <li key={keyOf(board)} className="flex flex-wrap items-center justify-between gap-x-4 border-b py-1.5 text-sm">
            <p className="min-w-0 wrap-anywhere">
              <span className="font-medium">{board.company || board.board || titleOf(board.source)}</span>{" "}
              <span className="text-soft">
                {titleOf(board.source)}, removed on {day(board.removed_at)}
              </span>
            </p>
            <Button look="quiet" disabled={change.isPending} onClick={() => change.mutate({ board, change: "restore" })}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {change.error ? <ProblemLine error={change.error} /> : null}
    </details>
  );
}
