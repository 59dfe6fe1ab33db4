"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { DropZone } from "./drop-zone";
import { Review } from "./review";
import { NextStep } from "./next-step";
import { type Chosen, type Imported, useReading, useSaving } from "./use-import";

type Corrections = ReadonlyMap<string, string>;
const NONE: Corrections = new Map();

/** Those whose place is still there, after a file was read again over a newer profile. */
function placed(corrections: Corrections, found: Imported): Corrections {
  const places = new Set([...found.read, ...found.conflicts].map((one) => one.pointer));
  return new Map([...corrections].filter(([pointer]) => places.has(pointer)));
}

/** Choose a file, look at what was read and from where, correct it, keep it. */
export function ImportView() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const reading = useReading();
  const saving = useSaving();
  const [corrections, setCorrections] = useState<Corrections>(NONE);
  const read = (next: Chosen) => {
    if (next.file !== chosen?.file) setCorrections(NONE);
    setChosen(next);
    saving.reset();
    reading.mutate(next);
  };
  if (saving.isSuccess) return <Saved version={saving.data} />;
  if (chosen && reading.isPending) {
    return <Skeleton label={`Reading ${chosen.file.name}`} rows={9} className="mx-auto max-w-3xl px-8 py-10" />;
  }
  if (chosen && reading.data) {
    return (
      <Review
        found={reading.data.found}
        file={chosen.file.name}
        saving={saving.isPending}
        error={saving.error}
        corrections={corrections}
        onCorrections={setCorrections}
        onSave={() => saving.mutate({ ...chosen, corrections: placed(corrections, reading.data.found), over: reading.data.over })}
        onAgain={() => read(chosen)}
        onOther={() => reading.reset()}
      />
    );
  }
  return (
    <>
      <DropZone onFile={(file) => read({ file, replace: false })} />
      {reading.error ? <Problem error={reading.error} /> : null}
      {reading.error && chosen && !chosen.replace ? <StartOver onYes={() => read({ ...chosen, replace: true })} /> : null}
    </>
  );
}

function StartOver({ onYes }: { onYes: () => void }) {
  return (
    <div className="mx-auto -mt-10 flex max-w-md flex-col items-start gap-3 px-6 pb-16">
      <p className="text-soft">If this file should take the place of the CV that is here, start over from it.</p>
      <Button onClick={onYes}>Start over from this file</Button>
    </div>
  );
}

function Saved({ version }: { version: number | null }) {
  return (
    <Notice title="Your CV is kept" level={1}>
      <p role="status">It is version {version}. Earlier versions stay. Your postings are ranked by it from now on.</p>
      <NextStep />
    </Notice>
  );
}
