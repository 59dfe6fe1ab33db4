"use client";

import { Page } from "@/components/ui/page";
import { Airplane } from "./airplane";
import { Erase } from "./erase";
import { Health } from "./health";
import { Ledger } from "./ledger";
import { Session } from "./session";
import { Tokens } from "./tokens";

/** What left this machine, what may leave it, and how to take everything away. */
export function PrivacyView() {
  return (
    <Page title="Privacy" lead="Your data is on this machine, sealed with a key that is yours. Here is what left it, what may leave it, and how to take everything away.">
      <Airplane />
      <Ledger />
      <Health />
      <Tokens />
      <Session />
      <Erase />
    </Page>
  );
}
