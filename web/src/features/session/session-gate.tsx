"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/api/client";
import { SESSION_KEY } from "@/lib/api/query-client";
import { openSession } from "./open-session";

/** Shows the app to whoever holds a session, and to others how to get one. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: openSession,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (session.isPending) return <Skeleton label="Opening" rows={4} className="mx-auto max-w-md px-6 py-16" />;
  if (session.error) {
    return <Unreachable error={session.error} onRetry={() => void client.resetQueries({ queryKey: SESSION_KEY })} />;
  }
  if (session.data === null) return <SignedOut />;
  return children;
}

function SignedOut() {
  return (
    <Notice title="This window has no session" level={1}>
      <p>
        A session opens with a link that works once. It may have been used already, or the session has ended. Your data
        is where it was.
      </p>
      <p>
        Start jobbot again and open the link that it prints:
        <code className="mt-2 block rounded-[3px] bg-wash px-3 py-2 text-ink">jobbot serve</code>
      </p>
    </Notice>
  );
}

function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const silent = error instanceof ApiProblem && error.status === 0;
  return (
    <Notice title={silent ? "jobbot is not running" : "The session could not be opened"} level={1}>
      <p role="alert">{silent ? "Nothing answers at this address. Start it in a terminal:" : error.message}</p>
      {silent ? <code className="block rounded-[3px] bg-wash px-3 py-2 text-ink">jobbot serve</code> : null}
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  );
}
