"use client";

import Link from "next/link";
import { Page } from "@/components/ui/page";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { usePreferences } from "@/lib/preferences";
import { Avoid } from "./avoid";
import { Employers } from "./employers";
import { Weights } from "./weights";

/** What the user weighs, blocks and avoids. */
export function PreferencesView() {
  const asked = usePreferences();
  return (
    <Page
      title="What counts"
      lead={
        <>
          Your own weights, employers and words. They change the order of your{" "}
          <Link href="/" className="underline underline-offset-4">
            jobs
          </Link>{" "}
          at once, and stay sealed on this machine.
        </>
      }
    >
      {asked.error && !asked.data ? <Problem error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.isPending ? <Skeleton label="Loading what counts" rows={10} /> : null}
      {asked.data ? (
        <>
          <Weights weights={asked.data.weights} />
          <Employers employers={asked.data.employers} />
          <Avoid words={asked.data.avoid} />
        </>
      ) : null}
    </Page>
  );
}
