"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/class-names";

/** What a person sees who has no posting yet: what jobbot does, and the next step of three. */
export function Welcome({ hasCv }: { hasCv: boolean }) {
  return (
    <div className="mx-auto max-w-2xl px-5 py-10 md:px-8 md:py-16">
      <h1 className="font-serif text-[1.75rem] font-semibold leading-tight">
        {hasCv ? "Now the postings" : "From your CV to the first application"}
      </h1>
      <p className="mt-3 max-w-[58ch] text-soft">
        jobbot ranks postings against your CV with a score that you can check row by row, and writes a one-page CV in which
        each line rests on something you wrote. All of it happens on this machine. Nothing is ever sent for you.
      </p>
      <ol className="mt-8 border-t border-ink">
        <Step number={1} name="Your CV" done={hasCv} now={!hasCv} href="/import/" action="Import your CV">
          Drop a file. You see what was read and from where, and correct it, before anything is kept.
        </Step>
        <Step number={2} name="Postings" done={false} now={hasCv} href="/sources/" action="Connect a board">
          Name an employer you like. Its public board is read and ranked for you.
        </Step>
        <Step number={3} name="A CV for one of them" done={false} now={false}>
          Choose a posting and jobbot writes for it, with the proof of every line.
        </Step>
      </ol>
    </div>
  );
}

interface StepProps {
  number: number;
  name: string;
  done: boolean;
  now: boolean;
  href?: string;
  action?: string;
  children: ReactNode;
}

function Step({ number, name, done, now, href, action, children }: StepProps) {
  return (
    <li className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-start gap-x-2 border-b py-5 sm:grid-cols-[2.5rem_minmax(0,1fr)_auto]">
      <span aria-hidden className={cn("font-serif text-2xl font-semibold leading-tight", done ? "text-strong" : now ? "text-accent" : "text-soft")}>
        {done ? <Check size={22} className="mt-1" /> : number}
      </span>
      <div>
        <h2 className="text-lg font-semibold">
          {name}
          {done ? <span className="text-base font-normal text-strong"> is there</span> : null}
        </h2>
        <p className="text-soft">{children}</p>
      </div>
      {href && action && !done ? (
        <Button asChild look={now ? "primary" : "plain"} className="col-start-2 mt-3 justify-self-start sm:col-start-3 sm:mt-0">
          <Link href={href}>{action}</Link>
        </Button>
      ) : null}
    </li>
  );
}
