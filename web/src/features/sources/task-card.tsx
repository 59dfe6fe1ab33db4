"use client";

import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { ApiProblem, type Task } from "@/lib/api/client";
import { cn } from "@/lib/class-names";
import { isOver, useCancel } from "@/lib/tasks";
import { clock } from "@/lib/words";
import { refreshWords, Result } from "./result";

const INGEST = "sources.ingest";
const REFRESH = "sources.refresh";
const FIND = "sources.find";
const TOLD = {
  waiting: { word: "Waiting", icon: CircleDashed, ink: "text-soft" },
  running: { word: "Running", icon: LoaderCircle, ink: "text-accent" },
  done: { word: "Done", icon: CircleCheck, ink: "text-strong" },
  failed: { word: "Failed", icon: CircleX, ink: "text-alarm" },
  cancelled: { word: "Stopped", icon: CircleSlash, ink: "text-possible" },
} as const;

/** A task that the person started here, told as it goes. */
export function TaskCard({ task, className }: { task: Task; className?: string }) {
  const told = TOLD[task.state];
  return (
    <div className={cn("flex flex-col gap-3 border-t border-ink pt-3", className)}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p role="status" className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className={cn("flex items-center gap-1.5 font-semibold", told.ink)}>
            <told.icon size={17} aria-hidden className={task.state === "running" ? "animate-spin" : ""} />
            {task.cancelling && !isOver(task) ? "Stopping" : told.word}
          </span>
          <span className="min-w-0 wrap-anywhere">{task.title}</span>
        </p>
        <Stop task={task} />
      </div>
      {isOver(task) ? null : <Progress task={task} />}
      {task.problem ? <ProblemLine error={problemOf(task.problem)} /> : null}
      {task.state === "done" && task.name !== REFRESH ? <Result result={task.result} /> : null}
      {task.state === "done" && task.name === REFRESH ? <p className="text-lg">{refreshWords(task.result)}</p> : null}
      {task.state === "done" && task.name === FIND ? <p>The board is connected; it is read with the next run, or when you fetch it.</p> : null}
      {task.state === "done" && (task.name === INGEST || task.name === REFRESH) ? (
        <Button asChild look="primary" className="self-start">
          <Link href="/">See the postings</Link>
        </Button>
      ) : null}
    </div>
  );
}

function Stop({ task }: { task: Task }) {
  const cancel = useCancel();
  if (isOver(task)) return null;
  return (
    <Button look="plain" disabled={task.cancelling || cancel.isPending} onClick={() => cancel.mutate(task.id)}>
      Stop
    </Button>
  );
}

function Progress({ task }: { task: Task }) {
  const { done = 0, total = null, note = "" } = task.progress ?? {};
  const wait = task.state === "waiting" && task.retry_at ? `tries again at ${clock(task.retry_at)}` : "";
  return (
    <div className="flex flex-col gap-1.5">
      <progress
        aria-label={task.title}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-wash [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-wash [&::-webkit-progress-value]:bg-accent"
        {...(total ? { max: total, value: Math.min(done, total) } : {})}
      />
      <p className="text-sm text-soft wrap-anywhere">
        {[total ? `${done} of ${total}` : "", note, wait].filter(Boolean).join(" · ") || "In the queue"}
      </p>
    </div>
  );
}

function problemOf(problem: NonNullable<Task["problem"]>): ApiProblem {
  return new ApiProblem(0, problem.title, problem.detail, problem.errors ?? [], problem.retry_at ?? null);
}
