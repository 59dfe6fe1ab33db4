import { ApiProblem, answered, api, type Schemas } from "@/lib/api/client";

type Session = Schemas["SessionShape"];

/** The token of a link `#token=...`, once: it leaves the address bar before it is used. */
export function takeToken(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token === null) return null;
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, "", pathname + search);
  return token;
}

/** The token of a link as a person pastes it; null where there is none. */
export function tokenOf(link: string): string | null {
  const found = /(?:^|#token=)([\w.~-]{16,200})$/.exec(link.trim());
  return found?.[1] ?? null;
}

/** A session by the link's token or by the cookie; null where there is neither. */
export async function openSession(token = takeToken()): Promise<Session | null> {
  try {
    if (token) return await redeem(token);
    return await answered(api.GET("/api/v1/auth/me"));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return token ? orCookie() : null;
    throw error;
  }
}

/** A spent link in a window that already has a session changes nothing. */
async function orCookie(): Promise<Session | null> {
  try {
    return await answered(api.GET("/api/v1/auth/me"));
  } catch {
    return null;
  }
}

function redeem(token: string): Promise<Session> {
  const key = crypto.randomUUID();
  return answered(
    api.POST("/api/v1/auth/session", { body: { token }, params: { header: { "Idempotency-Key": key } } }),
  );
}
