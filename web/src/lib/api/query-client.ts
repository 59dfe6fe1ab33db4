import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./client";

export const SESSION_KEY = ["session"] as const;
/** Whether this window ever had a session. */
export const WAS_OPEN_KEY = ["session", "was-open"] as const;

/** Any 401 means that the session ended: the gate then says how to come back in. */
export function makeQueryClient(): QueryClient {
  const ended = (error: Error) => {
    if (error instanceof ApiProblem && error.status === 401) client.setQueryData(SESSION_KEY, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: ended }),
    mutationCache: new MutationCache({ onError: ended }),
    defaultOptions: {
      queries: { staleTime: 30_000, networkMode: "always", retry: retryable, refetchOnWindowFocus: false },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
}

function retryable(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502);
}
