"use client";

import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";
import { PRIVACY } from "@/lib/leads";
import { useSettings } from "@/lib/settings";
import { Airplane } from "./airplane";
import { Erase } from "./erase";
import { Health } from "./health";
import { Ledger } from "./ledger";
import { Session } from "./session";
import { Tokens } from "./tokens";
import { useLedger } from "./use-privacy";

/** What left this machine, what may leave it, and how to take everything away. */
export function PrivacyView() {
  // Together, so that nothing moves under the finger.
  const waiting = [useSettings().isPending, useLedger("all").isPending].some(Boolean);
  if (waiting) {
    return (
      <Page {...PRIVACY}>
        <Skeleton label="Loading the switch and the ledger" rows={9} />
      </Page>
    );
  }
  return (
    <Page {...PRIVACY}>
      <Airplane />
      <Ledger />
      <Health />
      <Tokens />
      <Session />
      <Erase />
    </Page>
  );
}
