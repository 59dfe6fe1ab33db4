"use client";

import { usePathname } from "next/navigation";
import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";
import { leadAt } from "@/lib/leads";

/** What a page shows from the first paint until its session is open: what it is, in words that stay. */
export function Opening() {
  const { title, lead } = leadAt(usePathname());
  return (
    <Page title={title} lead={lead}>
      <Skeleton label="Opening" rows={6} />
    </Page>
  );
}
