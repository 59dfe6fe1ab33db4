"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useEffect, useRef } from "react";
import { lookNow, useReachable } from "@/lib/connection";

const BEAT_MS = 20_000;

/** Says that nothing answers, for as long as nothing does; then asks anew for what could not be had. */
export function ConnectionBanner() {
  const reachable = useReachable();
  useLooking();
  useCatchingUp(reachable);
  return (
    <div role="status">
      {reachable ? null : (
        <p className="flex items-start gap-3 border-b border-possible bg-partly px-5 py-3 md:px-8">
          <CloudOff size={18} aria-hidden className="mt-0.5 shrink-0" />
          <span>
            <strong className="font-semibold">jobbot does not answer.</strong> What you typed stays here, and the page goes
            on by itself once it is back. If it was stopped, start it again: <code>jobbot serve</code>
          </span>
        </p>
      )}
    </div>
  );
}

/** A server that went away is noticed without a click. */
function useLooking(): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void lookNow();
    };
    const beat = setInterval(look, BEAT_MS);
    const moments = ["online", "offline", "focus"] as const;
    for (const moment of moments) window.addEventListener(moment, look);
    return () => {
      clearInterval(beat);
      for (const moment of moments) window.removeEventListener(moment, look);
    };
  }, []);
}

function useCatchingUp(reachable: boolean): void {
  const client = useQueryClient();
  const before = useRef(reachable);
  useEffect(() => {
    if (reachable && !before.current) {
      void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" || state.error !== null });
    }
    before.current = reachable;
  }, [client, reachable]);
}
