import { describe, expect, it } from "vitest";
import { messageReader, messagesOf } from "./event-stream";

const STREAM = 'id: 1\nevent: task\ndata: {"a":1}\n\n: alive\n\nid: 2\r\nevent: task\r\ndata: one\r\ndata: two\r\n\r\ndata:bare\n\n';
const TOLD = [
  { id: "1", event: "task", data: '{"a":1}' },
  { id: "2", event: "task", data: "one\ntwo" },
  { id: "2", event: "message", data: "bare" },
];

describe("messageReader", () => {
  it("gives the same messages however the stream is cut", () => {
    for (let length = 1; length <= STREAM.length; length++) {
      const read = messageReader();
      const found = [];
      for (let at = 0; at < STREAM.length; at += length) found.push(...read(STREAM.slice(at, at + length)));
      expect(found, `pieces of ${length}`).toEqual(TOLD);
    }
  });
  it("keeps back what is not whole yet", () => {
    const read = messageReader();
    expect(read("data: half")).toEqual([]);
    expect(read(" and half\n")).toEqual([]);
    expect(read("\n")).toEqual([{ id: "", event: "message", data: "half and half" }]);
  });
});

describe("messagesOf", () => {
  it("reads bytes, with characters cut in two", async () => {
    const bytes = new TextEncoder().encode("data: Malmö 🧪\n\n");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const found = [];
    for await (const message of messagesOf(body)) found.push(message.data);
    expect(found).toEqual(["Malmö 🧪"]);
  });
});
