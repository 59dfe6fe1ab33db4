"use client";

import Link from "next/link";
import { type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/segments";
import type { Documents } from "@/lib/api/client";
import { useKeys } from "@/lib/keys";
import { Downloads } from "./downloads";
import { LeftOut } from "./left-out";
import { Pages } from "./pages";
import { type At, type NumberedLine, ProvenLines } from "./proven-lines";
import { usePlaces } from "./use-documents";

type Part = "cv" | "letter";

interface Props {
  set: Documents;
  onAgain: () => void;
}

/** Lines beside the true page: what is printed, and what each line rests on. */
export function DocumentSet({ set, onAgain }: Props) {
  const [part, setPart] = useState<Part>("cv");
  const [at, setAt] = useState<At | null>(null);
  const places = usePlaces(set.id);
  const button = useRef<HTMLAnchorElement>(null);
  useKeys({ p: () => button.current?.click() });
  const parts = set.letter_pictures.length > 0 ? PARTS : PARTS.slice(0, 1);
  const pictures = part === "cv" ? set.pictures : set.letter_pictures;
  return (
    <div className="flex flex-col lg:h-[calc(100dvh-var(--bars,0px))]">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3 border-b px-5 pb-0 pt-5 md:px-8">
        <div className="min-w-0">
          <h1 className="font-serif text-2xl font-semibold leading-tight wrap-anywhere">{set.title}</h1>
          <p className="mt-1">
            {set.company} ·{" "}
            <Link href={`/?posting=${set.posting_id}`} className="underline underline-offset-4">
              the posting
            </Link>
          </p>
          <Segments
            label="Document"
            value={part}
            options={parts}
            onChange={(next) => {
              setPart(next);
              setAt(null);
            }}
            className="mt-2 flex gap-5"
            itemClassName="min-h-11 border-b-2 border-transparent text-soft hover:text-ink aria-pressed:border-ink aria-pressed:font-semibold aria-pressed:text-ink"
          />
        </div>
        <div className="flex gap-3 pb-3">
          <Button onClick={onAgain}>Write again</Button>
          <Download set={set} part={part} button={button} />
        </div>
      </header>
      <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
        <div className="flex min-h-0 flex-col lg:overflow-y-auto">
          <ProvenLines key={part} lines={linesOf(set, part)} at={at} onAt={setAt} />
          <div className="flex flex-col gap-8 px-5 py-8 md:px-8">
            {part === "cv" ? <LeftOut items={set.left_out} /> : null}
            <Downloads set={set} />
          </div>
        </div>
        <Pages
          pictures={pictures}
          places={places.filter(({ line }) => set.lines[line]?.document === part)}
          name={part === "cv" ? "CV" : "letter"}
          fill={part === "cv" ? set.fill : null}
          at={at?.line ?? null}
          onAt={(line) => setAt({ line, from: "page" })}
        />
      </div>
    </div>
  );
}

const PARTS = [
  { value: "cv", name: "CV" },
  { value: "letter", name: "Letter" },
] as const;

function linesOf(set: Documents, part: Part): NumberedLine[] {
  return set.lines.map((line, number) => ({ line, number })).filter(({ line }) => line.document === part);
}

function Download({ set, part, button }: { set: Documents; part: Part; button: RefObject<HTMLAnchorElement | null> }) {
  const file = part === "cv" ? set.files.pdf : set.files.letter_pdf;
  if (!file) return null;
  return (
    <Button asChild look="primary">
      <a href={file} download ref={button}>
        Download the PDF
      </a>
    </Button>
  );
}
