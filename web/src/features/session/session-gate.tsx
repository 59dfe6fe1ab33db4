"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ApiProblem } from "@/lib/api/client";
import { SESSION_KEY, WAS_OPEN_KEY } from "@/lib/api/query-client";
import { useSteps } from "@/lib/steps";
import { openSession } from "./open-session";
import { Opening } from "./opening";
import { SignedOut } from "./signed-out";

/** Shows the app to whoever holds a session, and to others how to get one. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: () => openSession(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const wasOpen = client.getQueryData(WAS_OPEN_KEY) === true;
  // Known before the page stands, so that what is above it does not push it down.
  const steps = useSteps(Boolean(session.data));
  const waiting = session.isPending || (Boolean(session.data) && steps.isPending && !wasOpen);
  const open = Boolean(session.data) && !waiting;
  useEffect(() => {
    if (open) client.setQueryData(WAS_OPEN_KEY, true);
  }, [client, open]);
  const again = () => void client.resetQueries({ queryKey: SESSION_KEY });
  const away = open ? null : whyAway({ isPending: waiting, error: session.error }, again);
  // A page that was open stays as it is behind the notice: what was typed in it is there when the session is.
  return (
    <>
      {away}
      {open || wasOpen ? (
        <div className="contents" hidden={away !== null}>
          {children}
        </div>
      ) : null}
    </>
  );
}

interface Asked {
  isPending: boolean;
  error: Error | null;
}

function whyAway(session: Asked, again: () => void): ReactNode {
  if (session.isPending) return <Opening />;
  if (session.error) return <Unreachable error={session.error} onRetry={again} />;
  return <SignedOut />;
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
