"use client";

import { ProblemLine } from "@/components/ui/problem-line";
import { useTask } from "@/lib/tasks";
import { TaskCard } from "./task-card";

/** The task that was started last, as it goes. */
export function Watched({ id }: { id: string }) {
  const { task, error } = useTask(id);
  if (error) return <ProblemLine error={error} />;
  return task ? <TaskCard task={task} className="mt-6" /> : null;
}
