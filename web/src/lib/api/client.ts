import createClient, { type Middleware } from "openapi-fetch";
import { reached, unreached } from "../connection";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Match = Schemas["MatchShape"];
export type Posting = Schemas["PostingShape"];
export type PostingWithText = Schemas["PostingWithText"];
export type Fact = Schemas["Fact"];
export type Documents = Schemas["DocumentsShape"];
export type Line = Schemas["LineShape"];
export type Task = Schemas["TaskShape"];
export type Source = Schemas["SourceShape"];

/** A failed request in the server's own words. Status 0: the server did not answer. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly Schemas["FieldProblem"][] = [],
    readonly retryAt: string | null = null,
  ) {
    super(detail || title);
    this.name = "ApiProblem";
  }
}

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** A change that is sent twice happens once: every unsafe request carries a key of its own. */
const keys: Middleware = {
  onRequest({ request }) {
    if (UNSAFE.has(request.method) && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    }
    return request;
  },
};

export function makeClient(origin: string) {
  const client = createClient<paths>({
    baseUrl: origin,
    credentials: "same-origin",
    fetch: watched,
  });
  client.use(keys);
  return client;
}

/** Tells the page whether anything answers at all. */
export async function watched(request: Request): Promise<Response> {
  try {
    const response = await globalThis.fetch(request);
    reached();
    return response;
  } catch (cause) {
    if (!request.signal.aborted) unreached();
    throw cause;
  }
}

const ORIGIN = typeof window === "undefined" ? "http://127.0.0.1" : window.location.origin;
export const api = makeClient(ORIGIN);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data; throws ApiProblem for anything else. */
export async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiProblem(0, "No answer", "jobbot did not answer. Is it still running?");
  }
  if (answer.response.ok && answer.data !== undefined) return answer.data;
  throw problemOf(answer.response.status, answer.error);
}

export function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body === "object" && body !== null && "title" in body && "detail" in body) {
    const told = body as Schemas["ProblemDocument"];
    return new ApiProblem(status, told.title, told.detail, told.errors, told.retry_at);
  }
  return new ApiProblem(status, "Something went wrong", `The server answered ${status}.`);
}
