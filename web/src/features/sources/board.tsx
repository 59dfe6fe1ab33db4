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
  const open = board.last_run || board.postings > 0 ? count(board.postings, "open posting") : "";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b py-3 md:grid-cols-[minmax(0,1fr)_9rem_11rem]">
      <p className="min-w-0">
        <span className="block font-semibold wrap-anywhere">{name}</span>
        <span className="block text-sm text-soft wrap-anywhere">{below(board, title, name)}</span>
        <span className="block text-sm md:hidden">{open}</span>
      </p>
      <p className="hidden text-right md:block">{open}</p>
      <p className="text-right">
        <span className={cn("inline-flex items-center gap-1.5", ink)}>
          <Icon size={15} aria-hidden />
          {words}
        </span>
        <span className="block text-sm text-soft" title={moment(board.last_run) ?? ""}>
          {since(board)}
        </span>
      </p>
      {board.problem ? <Problem board={board} bad={mood === "bad"} /> : null}
      {board.alarm && board.alarm !== board.problem ? <p className="col-span-full text-sm font-semibold text-alarm wrap-anywhere">{board.alarm}</p> : null}
      {board.attribution ? <p className="col-span-full text-sm text-soft">Shown as: {board.attribution}</p> : null}
      <Actions board={board} name={name} />
    </li>
  );
}

/** A feed that runs read by themselves and that was not read yet: a line is enough. */
export function Feed({ feed, title }: { feed: Source; title: string }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 border-b py-1">
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">{title}</span>{" "}
        <span className="text-sm text-soft">{feed.attribution && feed.attribution !== title ? `shown as ${feed.attribution}` : ""}</span>
      </p>
      <Actions board={feed} name={title} />
    </li>
  );
}

function since(board: Source): string {
  if (board.paused_at) return `since ${day(board.paused_at)}`;
  return board.last_run ? `read ${age(board.last_run)}` : "with the next run";
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
  const button = "text-sm text-soft hover:text-ink";
  return (
    <div className={cn("flex flex-wrap items-center gap-x-2", board.board === null ? "" : "col-span-full -ml-4")}>
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
        className={button}
        aria-label={`Remove: ${name}`}
        disabled={change.isPending}
        onClick={() => change.mutate({ board, change: "remove" })}
      >
        Remove
      </Button>
      {board.board === null ? null : (
        <Button look="quiet" className={button} aria-expanded={asked} onClick={() => setAsked(!asked)}>
          May it be read?
        </Button>
      )}
      {change.error ? <ProblemLine error={change.error} /> : null}
      {asked ? (
        <div className="basis-full pl-4">
          <Why board={board} />
        </div>
      ) : null}
    </div>
  );
}
