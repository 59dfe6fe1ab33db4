"use client";

import { useState } from "react";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { cn } from "@/lib/class-names";
import { count, moment, size } from "@/lib/words";
import { useTitles } from "./titles";
import { type Run, type RunBoard, useReport, useRuns } from "./use-sources";

/** The latest runs over all boards, and what each board gave in the one that is open. */
export function Runs() {
  const asked = useRuns();
  const [open, setOpen] = useState<string | null>(null);
  const runs = asked.data?.items ?? [];
  if (runs.length === 0) return null;
  return (
    <Section title="Runs over all boards">
      <ul>
        {runs.map((run) => (
          <li key={run.id} className="border-b">
            <button
              type="button"
              aria-expanded={open === run.id}
              onClick={() => setOpen(open === run.id ? null : run.id)}
              className="grid w-full gap-x-4 py-2.5 text-left text-sm hover:bg-wash md:grid-cols-[minmax(0,1fr)_13rem]"
            >
              <span className="wrap-anywhere">
                <span className="font-medium underline decoration-edge underline-offset-4">{runWords(run)}</span>
                {run.state === "done" ? "" : ` · ${run.state === "stopped" ? "stopped" : "under way"}, ${run.waiting} not asked yet`}
              </span>
              <span className="text-soft md:text-right">
                {moment(run.started_at)}, {run.origin}
              </span>
            </button>
            {open === run.id ? <Report id={run.id} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Report({ id }: { id: string }) {
  const asked = useReport(id);
  const titleOf = useTitles();
  if (asked.error) return <ProblemLine error={asked.error} />;
  if (!asked.data) return <p className="py-2 text-sm text-soft">One moment.</p>;
  const { run, boards, paused, warnings } = asked.data;
  return (
    <div className="flex flex-col gap-2 pb-4 pl-4 text-sm">
      <p className="text-soft">
        {count(run.requests, "request")}, {size(run.bytes)} came back
        {run.seconds === null ? "" : `, ${Math.round(run.seconds)} s`}
      </p>
      <ul>
        {boards.map((board) => (
          <li key={`${board.source} ${board.board} ${board.region}`} className="grid gap-x-4 border-t border-edge py-1.5 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_9rem]">
            <span className="font-medium wrap-anywhere">{[titleOf(board.source), board.board].filter(Boolean).join(" · ")}</span>
            <span className={cn("wrap-anywhere", board.state === "failed" ? "text-alarm" : "")}>
              {boardWords(board)}
              {board.alarms.map((alarm) => (
                <span key={alarm} className="block font-semibold text-alarm">
                  {alarm}
                </span>
              ))}
            </span>
            <span className="text-soft md:text-right">
              {count(board.requests, "request")}, {Math.round(board.seconds * 10) / 10} s
            </span>
          </li>
        ))}
      </ul>
      {paused.map((one) => (
        <p key={one.source + one.until} className="text-possible">
          {titleOf(one.source)} rests until {moment(one.until)}: {one.reason}
        </p>
      ))}
      {warnings.map((one) => (
        <p key={one.source} className="text-soft">
          {one.reason}
        </p>
      ))}
      {boards.some((board) => board.window) ? (
        <p className="text-soft">A feed shows only its newest postings: what it lacks is not taken to be closed.</p>
      ) : null}
    </div>
  );
}

/** "18 boards read, 2 failed: 41 new, 3 closed". */
export function runWords(run: Run): string {
  const failed = run.failed > 0 ? `, ${run.failed} failed` : "";
  const came = (["new", "updated", "reopened", "closed"] as const).filter((name) => run[name] > 0).map((name) => `${run[name]} ${name}`);
  return `${count(run.read, "board")} read${failed}: ${came.join(", ") || "nothing new"}`;
}

/** What one board gave, in words. */
export function boardWords(board: RunBoard): string {
  if (board.state === "failed") return board.reason ?? "failed";
  if (board.state === "waiting") return "not asked yet";
  if (board.state === "running") return "being read";
  if (board.not_modified) return "unchanged";
  const names = ["new", "updated", "reopened", "closed", "aged_out", "unchanged", "skipped", "quarantined"] as const;
  const worded = (name: string) => (name === "quarantined" ? "set aside" : name.replace("_", " "));
  const parts = names.filter((name) => board[name] > 0).map((name) => `${board[name]} ${worded(name)}`);
  return [parts.join(", ") || "no postings", ...board.notes.filter((note) => !board.alarms.includes(note))].join(" · ");
}
