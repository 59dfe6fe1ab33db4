"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { cn } from "@/lib/class-names";
import { useHasSession } from "@/lib/session";
import { type Steps, useSteps } from "@/lib/steps";

const PATH: readonly { part: keyof Steps; name: string; href: string }[] = [
  { part: "cv", name: "Your CV", href: "/import/" },
  { part: "postings", name: "Postings", href: "/sources/" },
  { part: "documents", name: "First document", href: "/" },
];

/** The way to the first document, and where one is on it. Gone once the document is there. */
export function FirstSteps() {
  const session = useHasSession();
  const { data } = useSteps(session);
  if (!session || !data || data.documents) return null;
  const now = PATH.findIndex((step) => !data[step.part]);
  return (
    <nav aria-label="First steps" className="border-b bg-accent-wash">
      <ol className="flex gap-x-2 px-3 md:px-6">
        {PATH.map((step, index) => (
          <li key={step.part} className="flex items-center">
            <Link
              href={step.href}
              aria-current={index === now ? "step" : undefined}
              className={cn(
                "flex min-h-11 min-w-11 items-center justify-center gap-2 px-2 text-sm no-underline hover:underline",
                index === now ? "font-semibold" : "text-soft",
              )}
            >
              <Sign done={data[step.part]} now={index === now} number={index + 1} />
              <span className={index === now ? "" : "max-sm:sr-only"}>{step.name}</span>
              {data[step.part] ? <span className="sr-only">, done</span> : null}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Sign({ done, now, number }: { done: boolean; now: boolean; number: number }) {
  return (
    <span
      aria-hidden
      className={cn(
        "flex size-6 items-center justify-center rounded-full border text-xs",
        now ? "border-accent bg-accent text-on-accent" : "border-edge",
      )}
    >
      {done ? <Check size={14} className="text-strong" /> : number}
    </span>
  );
}
