"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { useSteps } from "@/lib/steps";

/** After the CV: the postings, or where to get some. */
export function NextStep() {
  const { data } = useSteps();
  if (!data) return null;
  return (
    <Button asChild look="primary">
      {data.postings ? <Link href="/">See your jobs</Link> : <Link href="/sources/">Now connect a board</Link>}
    </Button>
  );
}
