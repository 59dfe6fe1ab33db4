"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/segments";
import type { Documents } from "@/lib/api/client";
import { Downloads } from "./downloads";
import { LeftOut } from "./left-out";
import { ProvenLines } from "./proven-lines";

type Part = "cv" | "letter";

interface Props {
  set: Documents;
  onAgain: () => void;
}

/** Lines beside the true page: what is printed, and what each line rests on. */
export function DocumentSet({ set, onAgain }: Props) {
  const [part, setPart] = useState<Part>("cv");
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
            onChange={setPart}
            className="mt-2 flex gap-5"
            itemClassName="min-h-11 border-b-2 border-transparent text-soft hover:text-ink aria-pressed:border-ink aria-pressed:font-semibold aria-pressed:text-ink"
          />
        </div>
        <div className="flex gap-3 pb-3">
          <Button onClick={onAgain}>Write again</Button>
          <Download set={set} part={part} />
        </div>
      </header>
      <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
        <div className="flex min-h-0 flex-col lg:overflow-y-auto">
          <ProvenLines key={part} lines={set.lines.filter((line) => line.document === part)} />
          <div className="flex flex-col gap-8 px-5 py-8 md:px-8">
            {part === "cv" ? <LeftOut items={set.left_out} /> : null}
            <Downloads set={set} />
          </div>
        </div>
        <Pages pictures={pictures} name={part === "cv" ? "CV" : "letter"} fill={part === "cv" ? set.fill : null} />
      </div>
    </div>
  );
}

const PARTS = [
  { value: "cv", name: "CV" },
  { value: "letter", name: "Letter" },
] as const;

function Download({ set, part }: { set: Documents; part: Part }) {
  const file = part === "cv" ? set.files.pdf : set.files.letter_pdf;
  if (!file) return null;
  return (
    <Button asChild look="primary">
      <a href={file} download>
        Download the PDF
      </a>
    </Button>
  );
}

function Pages({ pictures, name, fill }: { pictures: readonly string[]; name: string; fill: number | null }) {
  return (
    <div className="order-first bg-wash px-5 py-6 md:px-8 lg:order-none lg:overflow-y-auto" tabIndex={0} role="region" aria-label="The page as it prints">
      {pictures.map((address, index) => (
        <img
          key={address}
          src={address}
          width={1240}
          height={1754}
          alt={`Page ${index + 1} of the ${name} as it prints`}
          className="mx-auto mb-4 h-auto w-full max-w-[46rem] border bg-white"
        />
      ))}
      {fill === null ? null : (
        <p className="mx-auto max-w-[46rem] text-sm text-soft">
          The page is {Math.round(fill * 100)}% full. This is the PDF itself, not a preview.
        </p>
      )}
    </div>
  );
}
