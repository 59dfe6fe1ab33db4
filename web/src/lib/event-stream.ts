// Server-sent events (the HTML standard, section 9.2) over fetch, so that a lost stream can be told from a refused one.

export interface Message {
  event: string;
  data: string;
  id: string;
}

/** Takes the text of a stream in pieces cut anywhere and gives the messages that are whole. */
export function messageReader(): (piece: string) => Message[] {
  let rest = "";
  let lines: string[] = [];
  let id = "";
  return (piece) => {
    const found: Message[] = [];
    // a CR at the very end may be half of a CR LF
    const cut = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = cut.pop() ?? "";
    for (const line of cut) {
      if (line !== "") lines.push(line);
      else {
        const message = readMessage(lines, id);
        id = message.id;
        if (message.data) found.push(message);
        lines = [];
      }
    }
    return found;
  };
}

function readMessage(lines: readonly string[], lastId: string): Message {
  const message = { event: "message", data: "", id: lastId };
  const data: string[] = [];
  for (const line of lines) {
    const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "event") message.event = value;
    if (name === "data") data.push(value);
    if (name === "id") message.id = value;
  }
  return { ...message, data: data.join("\n") };
}

/** The messages of one connection, until it ends. */
export async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const read = messageReader();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* read(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
