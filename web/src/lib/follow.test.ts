import { describe, expect, it } from "vitest";
import { ApiProblem, type Task } from "./api/client";
import { type Follow, following } from "./follow";

const task = (state: Task["state"], done = 0): Task => ({
  id: "t",
  name: "sources.ingest",
  title: "Greenhouse: acme",
  state,
  progress: { done, total: 3, note: "" },
  attempts: 1,
  created_at: "2026-11-20T10:00:00Z",
  started_at: null,
  finished_at: null,
  retry_at: null,
  cancelling: false,
  result: null,
  problem: null,
});

const stream = (...tasks: [string, Task][]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      const text = tasks.map(([id, one]) => `id: ${id}\nevent: task\ndata: ${JSON.stringify(one)}\n\n`).join("");
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

interface Script {
  open: (() => Promise<ReadableStream<Uint8Array>>)[];
  ask?: (() => Promise<Task>)[];
}

/** Ways that answer by a script, and what was asked of them. */
function scripted({ open, ask = [] }: Script) {
  const asked: string[] = [];
  const ways: Follow = {
    open: (_, lastId) => {
      asked.push(`open ${lastId}`);
      return (open.shift() ?? refuse(new TypeError("nothing more")))();
    },
    ask: () => {
      asked.push("ask");
      return (ask.shift() ?? refuse(new ApiProblem(0, "", "")))();
    },
    pause: (ms) => {
      asked.push(`pause ${ms}`);
      return Promise.resolve();
    },
  };
  return { ways, asked };
}

const refuse = (error: Error) => () => Promise.reject(error);
const give =
  <T>(value: T) =>
  () =>
    Promise.resolve(value);

async function states(ways: Follow, signal = new AbortController().signal): Promise<string[]> {
  const found: string[] = [];
  for await (const one of following("t", ways, signal)) found.push(`${one.state} ${one.progress?.done}`);
  return found;
}

describe("following a task", () => {
  it("ends with its last state", async () => {
    const { ways, asked } = scripted({ open: [give(stream(["1", task("running", 1)], ["2", task("done", 3)]))] });
    expect(await states(ways)).toEqual(["running 1", "done 3"]);
    expect(asked).toEqual(["open "]);
  });
  it("opens a stream that broke where it stopped, and asks plainly in between", async () => {
    const { ways, asked } = scripted({
      open: [give(stream(["7", task("running", 1)])), give(stream(["8", task("done", 3)]))],
      ask: [give(task("running", 2))],
    });
    expect(await states(ways)).toEqual(["running 1", "running 2", "done 3"]);
    expect(asked).toEqual(["open ", "ask", "pause 500", "open 7"]);
  });
  it("comes to the end by asking alone where there are no streams", async () => {
    const none = refuse(new ApiProblem(502, "", ""));
    const { ways, asked } = scripted({ open: [none, none], ask: [give(task("running", 1)), give(task("failed", 1))] });
    expect(await states(ways)).toEqual(["running 1", "failed 1"]);
    expect(asked).toEqual(["open ", "ask", "pause 500", "open ", "ask"]);
  });
  it("waits longer and longer for a server that is away", async () => {
    const away = refuse(new TypeError("refused"));
    const { ways, asked } = scripted({ open: [...Array.from({ length: 7 }, () => away), give(stream(["1", task("done", 3)]))] });
    expect(await states(ways)).toEqual(["done 3"]);
    expect(asked.filter((one) => one.startsWith("pause"))).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000].map((ms) => `pause ${ms}`));
  });
  it.each([401, 403, 404])("tells a refusal: %d", async (status) => {
    const { ways } = scripted({ open: [refuse(new ApiProblem(status, "No", "no"))] });
    await expect(states(ways)).rejects.toMatchObject({ status });
  });
  it("stops when nobody looks any more", async () => {
    const stop = new AbortController();
    stop.abort();
    const { ways, asked } = scripted({ open: [] });
    expect(await states(ways, stop.signal)).toEqual([]);
    expect(asked).toEqual([]);
  });
});
