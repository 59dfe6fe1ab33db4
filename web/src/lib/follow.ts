import { ApiProblem, type Task } from "./api/client";
import { messagesOf } from "./event-stream";

/** The ways to the server, so that a test can cut them. */
export interface Follow {
  open: (id: string, lastId: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  ask: (id: string, signal: AbortSignal) => Promise<Task>;
  pause: (ms: number) => Promise<void>;
}

const FIRST_MS = 500;
const LONGEST_MS = 8_000;
const OVER = new Set(["done", "failed", "cancelled"]);

/**
 * Every state of a task until its last. A stream that breaks is opened again where it stopped, and between two streams
 * the task is asked for plainly, so that a proxy or a server without streams only makes it slower.
 * Throws what the server refuses (no session, no such task); a server that is away is waited for.
 */
export async function* following(id: string, ways: Follow, signal: AbortSignal): AsyncGenerator<Task> {
  let lastId = "";
  let pause = FIRST_MS;
  while (!signal.aborted) {
    try {
      for await (const message of messagesOf(await ways.open(id, lastId, signal))) {
        lastId = message.id;
        pause = FIRST_MS;
        if (message.event !== "task") continue;
        const task = JSON.parse(message.data) as Task;
        yield task;
        if (OVER.has(task.state)) return;
      }
    } catch (error) {
      if (signal.aborted || isRefusal(error)) throw error;
    }
    const task = await asked(id, ways, signal);
    if (task) yield task;
    if (task && OVER.has(task.state)) return;
    await ways.pause(pause);
    pause = Math.min(pause * 2, LONGEST_MS);
  }
}

async function asked(id: string, ways: Follow, signal: AbortSignal): Promise<Task | null> {
  try {
    return await ways.ask(id, signal);
  } catch (error) {
    if (signal.aborted || isRefusal(error)) throw error;
    return null;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 401 || error.status === 403 || error.status === 404);
}
