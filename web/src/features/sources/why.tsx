"use client";

import { ProblemLine } from "@/components/ui/problem-line";
import type { Source } from "@/lib/api/client";
import { count, moment } from "@/lib/words";
import { type Checked, useCheck } from "./use-sources";

/** What decides about asking a board: the verdict, the line of robots.txt, how often, and when next. */
export function Why({ board }: { board: Source }) {
  const asked = useCheck(board.source, true);
  if (asked.error) return <ProblemLine error={asked.error} />;
  const found = asked.data?.items.find((one) => one.board === board.board && one.region === board.region);
  if (!found) return <p className="basis-full text-sm text-soft">{asked.data ? "Nothing is known of it." : "One moment."}</p>;
  return (
    <dl className="grid basis-full gap-x-4 gap-y-1 border-l-2 border-edge py-1 pl-4 text-sm md:grid-cols-[7rem_minmax(0,1fr)]">
      {linesOf(found).map(([name, words]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="mb-1 wrap-anywhere md:mb-0">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The reasons, each with its name. */
export function linesOf(board: Checked): [name: string, words: string][] {
  const told = board.courtesy;
  const lines: [string, string][] = [["Verdict", `${board.verdict}: ${board.reason}`]];
  if (!told) return lines;
  const rule = told.robots.line === null ? "" : ` Line ${told.robots.line} decides: ${told.robots.rule}`;
  lines.push(["robots.txt", `${told.robots.reason}.${rule}`]);
  const left = `${told.asked_today} of ${count(told.daily_requests, "request")} sent today`;
  lines.push(["Pace", `One request every ${told.spacing_seconds} s to ${told.host}; ${left}`]);
  if (told.paused_until) lines.push(["Rests", `until ${moment(told.paused_until)}: it ${told.paused_for}`]);
  const last = told.last_answer;
  lines.push(["Last answer", last ? `${last.status ?? last.reason ?? "none"}, ${moment(last.at)}` : "never asked"]);
  lines.push(["Next request", told.next_request_at ? `from ${moment(told.next_request_at)}` : "none is allowed"]);
  return lines;
}
