"use client";

import { CircleAlert, CircleCheck, RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import type { Source } from "@/lib/api/client";
import { cn } from "@/lib/class-names";
import { age, count, moment } from "@/lib/words";
import { useTitles } from "./titles";
import { useRefresh } from "./use-sources";

interface Props {
  sources: readonly Source[];
  onWatch: (id: string) => void;
}

const HEALTH: Record<string, string> = { ok: "Well", empty: "No postings now", failing: "Failing", paused: "Paused" };

/** Boards that are connected: how many postings, how it went last, and what is due to the vendor. */
export function Boards({ sources, onWatch }: Props) {
  const refresh = useRefresh((task) => onWatch(task.id));
  const titleOf = useTitles();
  const boards = sources.filter((one) => one.board !== null);
  if (boards.length === 0) return null;
  return (
    <Section title="Connected" note={count(boards.length, "board")}>
      <ul>
        {boards.map((board) => (
          <Board key={`${board.source} ${board.board} ${board.region}`} board={board} title={titleOf(board.source)} />
        ))}
      </ul>
      <Button className="mt-4 self-start" disabled={refresh.isPending} onClick={() => refresh.mutate()}>
        <RefreshCw size={16} aria-hidden />
        Read them all again
      </Button>
      {refresh.error ? <ProblemLine error={refresh.error} /> : null}
    </Section>
  );
}

function Board({ board, title }: { board: Source; title: string }) {
  const well = board.health === "ok" || board.health === "empty";
  const Icon = well ? CircleCheck : CircleAlert;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b py-3 md:grid-cols-[minmax(0,1fr)_9rem_9rem]">
      <p className="min-w-0">
        <span className="block font-semibold wrap-anywhere">{board.company || board.board || title}</span>
        <span className="block text-sm text-soft wrap-anywhere">{[title, board.board, board.region].filter(Boolean).join(" · ")}</span>
        <span className="block text-sm md:hidden">{count(board.postings, "open posting")}</span>
      </p>
      <p className="hidden text-right md:block">{count(board.postings, "open posting")}</p>
      <p className="text-right">
        <span className={cn("inline-flex items-center gap-1.5", well ? "text-strong" : "text-alarm")}>
          <Icon size={15} aria-hidden />
          {HEALTH[board.health] ?? board.health}
        </span>
        <span className="block text-sm text-soft" title={moment(board.last_run) ?? ""}>
          {board.last_run ? `read ${age(board.last_run)}` : "not read yet"}
        </span>
      </p>
      {board.problem ? (
        <p className="text-sm text-alarm wrap-anywhere col-span-full">
          {board.problem}
          {board.retry_at ? `; next try from ${moment(board.retry_at)}` : ""}
        </p>
      ) : null}
      {board.attribution ? <p className="text-sm text-soft col-span-full">{board.attribution}</p> : null}
    </li>
  );
}
