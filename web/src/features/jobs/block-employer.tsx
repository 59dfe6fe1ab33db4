"use client";

import { Ban } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import type { Match } from "@/lib/api/client";
import { type Employer, same, useChangePreferences, usePreferences, withBlocked } from "@/lib/preferences";

interface Props {
  company: string;
  match: Match | null;
}

/** Rank nothing more of this employer, and take it back as easily. */
export function BlockEmployer({ company, match }: Props) {
  const kept = usePreferences();
  const change = useChangePreferences();
  if (!company.trim() || !kept.data) return null;
  const blocked = blockedAs(company, kept.data.employers, match);
  const set = (name: string, to: boolean) => change.isPending || change.mutate(withBlocked(name, to));
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-1" role="group" aria-label="This employer">
      <p role="status" className={blocked ? "wrap-anywhere" : "sr-only"}>
        {blocked ? `You blocked ${blocked}: none of its postings is ranked.` : ""}
      </p>
      {blocked ? (
        <Button look="quiet" className="-ml-4 underline underline-offset-4" onClick={() => set(blocked, false)}>
          Undo
        </Button>
      ) : (
        <Button look="quiet" className="-ml-4 sm:ml-0" onClick={() => set(company, true)}>
          <Ban size={16} aria-hidden />
          Block this employer
        </Button>
      )}
      {change.error ? <ProblemLine error={change.error} /> : null}
    </div>
  );
}

/** The name under which the employer is blocked, which need not be spelt as here; null where it is not. */
export function blockedAs(company: string, employers: readonly Employer[], match: Match | null): string | null {
  const told = match?.filters.find((one) => one.name === "employer" && !one.passed)?.reason ?? "";
  const found = employers.find((one) => one.blocked && (same(one.name, company) || told === `you blocked ${one.name}`));
  return found?.name ?? null;
}
