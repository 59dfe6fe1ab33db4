import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSession, takeToken, tokenOf } from "./open-session";

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const asked = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => vi.stubGlobal("fetch", asked));
afterEach(() => {
  asked.mockReset();
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});

describe("the link's token", () => {
  it("leaves the address before it is used", () => {
    window.history.replaceState(null, "", "/?posting=a#token=secret");
    expect(takeToken()).toBe("secret");
    expect(window.location.href).toMatch(/\/\?posting=a$/);
    expect(takeToken()).toBeNull();
  });
});

describe("openSession", () => {
  const problem = { title: "No", detail: "no", errors: [], retry_at: null };
  it("spends the token with a key of its own", async () => {
    window.history.replaceState(null, "", "/#token=secret");
    asked.mockResolvedValueOnce(answer(200, { user: "local", machine: false, expires_at: null }));
    expect(await openSession()).toMatchObject({ user: "local" });
    const request = asked.mock.calls[0]?.[0] as Request;
    expect(request.method).toBe("POST");
    expect(request.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await request.json()).toEqual({ token: "secret" });
  });
  it("falls back to the cookie when the link was spent", async () => {
    window.history.replaceState(null, "", "/#token=old");
    asked.mockResolvedValueOnce(answer(401, problem)).mockResolvedValueOnce(answer(200, { user: "local" }));
    expect(await openSession()).toMatchObject({ user: "local" });
  });
  it("is null without token and cookie, and tells other failures", async () => {
    asked.mockResolvedValueOnce(answer(401, problem));
    expect(await openSession()).toBeNull();
    asked.mockRejectedValueOnce(new TypeError("refused"));
    await expect(openSession()).rejects.toMatchObject({ status: 0 });
  });
});

describe("a pasted link", () => {
  it.each([
    ["http://127.0.0.1:8765/#token=dITzbnFNFBhYGOrpQQTAWf-EBaNl0", "dITzbnFNFBhYGOrpQQTAWf-EBaNl0"],
    ["  dITzbnFNFBhYGOrpQQTAWf-EBaNl0\n", "dITzbnFNFBhYGOrpQQTAWf-EBaNl0"],
    ["http://127.0.0.1:8765/", null],
    ["", null],
  ])("%j holds %j", (link, token) => {
    expect(tokenOf(link)).toBe(token);
  });
});
