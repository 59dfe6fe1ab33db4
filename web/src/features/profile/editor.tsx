"use client";

import { FileInput } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { ProblemLine } from "@/components/ui/problem-line";
import { ApiProblem } from "@/lib/api/client";
import { PROFILE } from "@/lib/leads";
import { count, day } from "@/lib/words";
import { Advice } from "./advice";
import { Conflict } from "./conflict";
import { partsOf } from "./entries";
import { PartSection } from "./part-section";
import { CHANGED_MEANWHILE, type Profile, useNewer, useSave } from "./use-profile";

type Changes = ReadonlyMap<string, string>;
const NONE: Changes = new Map();

/** Every value of the CV with a box to correct it. Changes are kept together, as one version. */
export function Editor({ profile }: { profile: Profile }) {
  // What the page shows is what was read when the editing began, however often the server is asked meanwhile.
  const [base, setBase] = useState(profile);
  const [changes, setChanges] = useState<Changes>(NONE);
  const save = useSave();
  const newer = useNewer();
  const shown = changes.size > 0 || newer.data ? base : profile;
  useWarning(changes.size > 0);
  const change = (pointer: string, words: string | null) => {
    if (changes.size === 0) setBase(shown);
    const next = new Map(changes);
    if (words === null) next.delete(pointer);
    else next.set(pointer, words);
    setChanges(next);
  };
  const keep = (on: Profile, wanted: Changes) =>
    save.mutate(
      { base: on, changes: wanted },
      {
        onSuccess: () => {
          setChanges(NONE);
          newer.reset();
        },
        onError: (error) => {
          if (isOutdated(error)) newer.mutate();
        },
      },
    );
  if (newer.data) {
    const theirs = newer.data;
    return (
      <Conflict
        base={base}
        newer={theirs}
        changes={changes}
        saving={save.isPending}
        onKeep={(wanted) => keep(theirs, wanted)}
        onBack={() => {
          setChanges(NONE);
          setBase(theirs);
          newer.reset();
          save.reset();
        }}
      />
    );
  }
  return (
    <Page {...PROFILE}>
      <Ways profile={shown} />
      <Advice />
      {partsOf(shown.resume).map((part) => (
        <PartSection key={part.name} part={part} changes={changes} onChange={change} />
      ))}
      <p role="status" className="sr-only">
        {save.isSuccess && changes.size === 0 ? `Kept as version ${save.data.version}` : ""}
      </p>
      {save.error && !isOutdated(save.error) ? <ProblemLine error={save.error} /> : null}
      {newer.error ? <ProblemLine error={newer.error} /> : null}
      {changes.size > 0 ? (
        <footer className="sticky bottom-14 -mx-5 flex flex-wrap items-center gap-3 border-t border-ink bg-paper px-5 py-3 md:bottom-0 md:-mx-8 md:px-8">
          <Button look="primary" disabled={save.isPending || newer.isPending} onClick={() => keep(base, changes)}>
            {save.isPending ? "Saving …" : `Save ${count(changes.size, "correction")}`}
          </Button>
          <Button look="quiet" onClick={() => setChanges(NONE)}>
            Drop them
          </Button>
        </footer>
      ) : null}
    </Page>
  );
}

function Ways({ profile }: { profile: Profile }) {
  return (
    <div className="-mt-3 flex flex-wrap items-center gap-3">
      <Button asChild>
        <Link href="/import/">
          <FileInput size={16} aria-hidden />
          Read another file
        </Link>
      </Button>
      <Button asChild look="quiet">
        <a href="/api/v1/profile/export?format=json" download>
          Export as JSON
        </a>
      </Button>
      <Button asChild look="quiet">
        <a href="/api/v1/profile/export?format=md" download>
          Export as Markdown
        </a>
      </Button>
      <p className="text-sm text-soft md:ml-auto">
        Version {profile.version}, {kept(profile)}
      </p>
    </div>
  );
}

function kept(profile: Profile): string {
  const now = profile.history.find((one) => one.version === profile.version);
  return now?.created_at ? `kept on ${day(now.created_at)}` : "as it is kept";
}

function isOutdated(error: Error): boolean {
  return error instanceof ApiProblem && error.status === CHANGED_MEANWHILE;
}

/** The browser asks before a page with unsaved words is left for good. */
function useWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [on]);
}
