"use client";

import Link from "next/link";
import { useState } from "react";
import { Page } from "@/components/ui/page";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { SOURCES } from "@/lib/leads";
import { Boards } from "./boards";
import { ConnectForm } from "./connect-form";
import { RecentTasks } from "./recent-tasks";
import { SetAside } from "./set-aside";
import { useKinds, useSources } from "./use-sources";

/** Where postings come from: connect a board, watch it being read, see how each is. */
export function SourcesView() {
  const asked = useSources();
  const kinds = useKinds();
  const [watched, setWatched] = useState<string | null>(null);
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <Page {...SOURCES}>
      {asked.data && kinds.data ? (
        <>
          <ConnectForm kinds={kinds.data.items} watched={watched} onWatch={setWatched} />
          <Boards sources={asked.data.items} onWatch={setWatched} />
          <SetAside sources={asked.data.items} />
          <RecentTasks watched={watched} />
          <Section title="By hand">
            <p>
              LinkedIn, Indeed and others let no program read them. What you find there yourself you can{" "}
              <Link href="/save/" className="underline underline-offset-4">
                save: paste it, bring alert mails and pages as files, or use a bookmark
              </Link>
              .
            </p>
          </Section>
        </>
      ) : (
        <Skeleton label="Loading the sources" rows={8} />
      )}
    </Page>
  );
}
