"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Page } from "@/components/ui/page";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { SOURCES } from "@/lib/leads";
import { Boards } from "./boards";
import { ConnectForm } from "./connect-form";
import { ImportList } from "./import-list";
import { RecentTasks } from "./recent-tasks";
import { Runs } from "./runs";
import { SetAside } from "./set-aside";
import { useKinds, useSources } from "./use-sources";

/** Where postings come from: connect boards, watch them being read, see how each is and what each run gave; `more` stands last. */
export function SourcesView({ more }: { more?: ReactNode }) {
  const asked = useSources();
  const kinds = useKinds();
  const [watched, setWatched] = useState<string | null>(null);
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <Page {...SOURCES}>
      {asked.data && kinds.data ? (
        <>
          <ConnectForm kinds={kinds.data.items} watched={watched} onWatch={setWatched} />
          <ImportList />
          <Boards sources={asked.data.items} onWatch={setWatched} />
          <SetAside sources={asked.data.items} />
          <Runs />
          <RecentTasks watched={watched} />
          <Section title="By hand">
            <p>
              LinkedIn, Indeed and others let no program read them. What you find there yourself you can bring: pasted, as alert mails and saved
              pages, or with a bookmark.{" "}
              <Link href="/save/" className="underline underline-offset-4">
                Save a posting
              </Link>
            </p>
          </Section>
          {more}
        </>
      ) : (
        <Skeleton label="Loading the sources" rows={8} />
      )}
    </Page>
  );
}
