"use client";

import { type ReactNode, useDeferredValue } from "react";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { Editor } from "./editor";
import { useProfile } from "./use-profile";

/** The CV as jobbot keeps it; `empty` stands where there is none yet. */
export function ProfileView({ empty }: { empty: ReactNode }) {
  const asked = useProfile();
  // A long CV is drawn in slices, so that a slow phone answers to a finger meanwhile.
  const ready = useDeferredValue(asked.data !== undefined, false);
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data === undefined || !ready) return <Skeleton label="Loading your CV" rows={10} className="mx-auto max-w-3xl px-8 py-10" />;
  return asked.data ? <Editor profile={asked.data} /> : empty;
}
