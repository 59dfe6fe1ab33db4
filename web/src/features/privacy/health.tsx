"use client";

import { Check, X } from "lucide-react";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/class-names";
import { useDoctor } from "./use-privacy";

/** Where the key and the data are, and whether all is well: the answer of `jobbot doctor`. */
export function Health() {
  const asked = useDoctor();
  if (asked.error && !asked.data) return <ProblemLine error={asked.error} />;
  if (!asked.data) return <Skeleton label="Checking" rows={6} />;
  const wrong = asked.data.checks.filter((one) => !one.ok).length;
  return (
    <Section title="Your key and your data" note={wrong > 0 ? `${wrong} to look at` : "all is well"}>
      <ul className="text-sm">
        {asked.data.checks.map((check) => (
          <li key={check.name} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 border-b py-2 sm:grid-cols-[1.25rem_9rem_minmax(0,1fr)]">
            <span className={cn("pt-0.5", check.ok ? "text-strong" : "text-alarm")}>
              {check.ok ? <Check size={15} aria-hidden /> : <X size={15} aria-hidden />}
              <span className="sr-only">{check.ok ? "well" : "to look at"}</span>
            </span>
            <span className="font-medium">{check.name}</span>
            <span className="col-start-2 text-soft wrap-anywhere sm:col-start-3">{check.detail}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
