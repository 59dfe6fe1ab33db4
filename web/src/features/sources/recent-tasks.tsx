"use client";

import { Section } from "@/components/ui/section";
import type { Task } from "@/lib/api/client";
import { runsOf, ingestWords } from "@/lib/ingest-words";
import { useTasks } from "@/lib/tasks";
import { moment } from "@/lib/words";
import { refreshWords } from "./result";

const WORDS: Record<Task["state"], string> = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  cancelled: "stopped",
};

/** What jobbot did of late, other than what is watched above. */
export function RecentTasks({ watched }: { watched: string | null }) {
  const asked = useTasks();
  const tasks = (asked.data?.items ?? []).filter((task) => task.id !== watched);
  if (tasks.length === 0) return null;
  return (
    <Section title="Lately">
      <ul>
        {tasks.map((task) => (
          <li key={task.id} className="grid gap-x-4 border-b py-2.5 text-sm md:grid-cols-[minmax(0,1fr)_9rem]">
            <p className="min-w-0 wrap-anywhere">
              <span className="font-medium">{task.title}</span> <span className="text-soft">{outcome(task)}</span>
            </p>
            <p className="text-soft md:text-right">{moment(task.finished_at ?? task.created_at)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function outcome(task: Task): string {
  if (task.state === "failed") return `failed: ${task.problem?.detail ?? "no reason was told"}`;
  if (task.state === "done" && task.name === "sources.refresh") return refreshWords(task.result);
  const runs = runsOf(task.result);
  if (task.state === "done" && runs.length === 1 && runs[0]) return ingestWords(runs[0]);
  return WORDS[task.state];
}
