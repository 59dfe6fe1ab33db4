"use client";

import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import type { Source } from "@/lib/api/client";
import { cn } from "@/lib/class-names";
import { age, count, day, moment } from "@/lib/words";
import { healthOf, type Mood } from "./health";
import { Why } from "./why";
import { useChange } from "./use-sources";

const LOOK: Record<Mood, { icon: typeof CircleCheck; ink: string }> = {
  well: { icon: CircleCheck, ink: "text-strong" },
  rests: { icon: CircleDashed, ink: "text-soft" },
  bad: { icon: CircleAlert, ink: "text-alarm" },
};

/** One board or feed: whose it is, how it is and since when, and what can be done with it. */
export function Board({ board, title }: { board: Source; title: string }) {
  const { words, mood } = healthOf(board);
  const { icon: Icon, ink } = LOOK[mood];
  const name = board.company || board.board || title;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b py-3 md:grid-cols-[minmax(0,1fr)_9rem_11rem]">
      <p className="min-w-0">
        <span className="block font-semibold wrap-anywhere">{name}</span>
        <span className="block text-sm text-soft wrap-anywhere">{below(board, title, name)}</span>
        <span className="block text-sm md:hidden">{board.board === null ? "" : count(board.postings, "open posting")}</span>
      </p>
      <p className="hidden text-right md:block">{board.board === null ? "" : count(board.postings, "open posting")}</p>
      <p className="text-right">
        <span className={cn("inline-flex items-center gap-1.5", ink)}>
          <Icon size={15} aria-hidden />
          {words}
        </span>
        <span className="block text-sm text-soft" title={moment(board.last_run) ?? ""}>
          {board.last_run ? `read ${age(board.last_run)}` : "with the next run"}
        </span>
      </p>
      {board.problem ? <Problem board={board} bad={mood === "bad"} /> : null}
      {board.alarm ? <p className="col-span-full text-sm font-semibold text-alarm wrap-anywhere">{board.alarm}</p> : null}
      {board.attribution ? <p className="col-span-full text-sm text-soft">Shown as: {board.attribution}</p> : null}
      <Actions board={board} name={name} />
    </li>
  );
}

function below(board: Source, title: string, name: string): string {
  const parts = [title, board.board, board.region].filter((part) => part && part !== name);
  return parts.length > 0 ? parts.join(" · ") : "Newest postings of many employers";
}

function Problem({ board, bad }: { board: Source; bad: boolean }) {
  return (
    <p className={cn("col-span-full text-sm wrap-anywhere", bad ? "text-alarm" : "text-soft")}>
      {board.problem}
      {board.retry_at ? `; next try from ${moment(board.retry_at)}` : ""}
      {board.last_success ? `. Last read well on ${day(board.last_success)}.` : ""}
    </p>
  );
}

function Actions({ board, name }: { board: Source; name: string }) {
  const change = useChange();
  const [asked, setAsked] = useState(false);
  const paused = board.paused_at !== null;
  const button = "-ml-4 text-sm text-soft hover:text-ink";
  return (
    <div className="col-span-full flex flex-wrap items-center gap-x-4">
      <Button
        look="quiet"
        className={button}
        aria-label={`${paused ? "Read again" : "Pause"}: ${name}`}
        disabled={change.isPending}
        onClick={() => change.mutate({ board, change: paused ? "resume" : "pause" })}
      >
        {paused ? "Read again" : "Pause"}
      </Button>
      <Button
        look="quiet"
        className="text-sm text-soft hover:text-ink"
        aria-label={`Remove: ${name}`}
        disabled={change.isPending}
        onClick={() => change.mutate({ board, change: "remove" })}
      >
        Remove
      </Button>
      {board.board === null ? null : (
        <Button look="quiet" className="text-sm text-soft hover:text-ink" aria-expanded={asked} onClick={() => setAsked(!asked)}>
          May it be read?
        </Button>
      )}
      {change.error ? <ProblemLine error={change.error} /> : null}
      {asked ? <Why board={board} /> : null}
    </div>
  );
}
