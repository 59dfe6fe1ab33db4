"use client";

import { Check as Tick, X } from "lucide-react";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Told } from "@/components/ui/told";
import type { Schemas } from "@/lib/api/client";
import { cn } from "@/lib/class-names";
import { count } from "@/lib/words";
import { useDoctor } from "./use-privacy";

type Check = Schemas["jobbot__delivery__api__operations__CheckShape"];
/** What a person asks first. */
const FIRST = new Set(["data directory", "key", "file modes", "backup", "network"]);

/** Where the key and the data are, and whether all is well: the answer of `jobbot doctor`. */
export function Health() {
  const asked = useDoctor();
  if (asked.error && !asked.data) return <ProblemLine error={asked.error} />;
  if (!asked.data) return <Skeleton label="Checking" rows={6} className="min-h-96" />;
  const wrong = asked.data.checks.filter((one) => !one.ok);
  const first = asked.data.checks.filter((one) => !one.ok || FIRST.has(one.name));
  const rest = asked.data.checks.filter((one) => !first.includes(one));
  return (
    <Section title="Your key and your data" note={wrong.length > 0 ? `${wrong.length} to look at` : "all is well"}>
      <Checks checks={first} />
      {rest.length > 0 ? (
        <details className="text-sm">
          <summary className="flex min-h-11 items-center text-soft underline decoration-edge underline-offset-4 hover:text-ink">
            {count(rest.length, "other check")}, all well
          </summary>
          <Checks checks={rest} />
        </details>
      ) : null}
    </Section>
  );
}

function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="text-sm">
      {checks.map((check) => (
        <li key={check.name} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 border-b py-2 sm:grid-cols-[1.25rem_9rem_minmax(0,1fr)]">
          <span className={cn("pt-0.5", check.ok ? "text-strong" : "text-alarm")}>
            {check.ok ? <Tick size={15} aria-hidden /> : <X size={15} aria-hidden />}
            <span className="sr-only">{check.ok ? "well" : "to look at"}</span>
          </span>
          <span className="font-medium first-letter:uppercase">{check.name}</span>
          <span className="col-start-2 text-soft wrap-anywhere sm:col-start-3">
            <Told words={check.detail} />
          </span>
        </li>
      ))}
    </ul>
  );
}
