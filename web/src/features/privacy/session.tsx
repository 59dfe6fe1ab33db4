"use client";

import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { useEndSession } from "./use-privacy";

/** The way out, for a machine that others use too. */
export function Session() {
  const end = useEndSession();
  return (
    <Section title="This browser">
      <p className="max-w-[62ch] py-2 text-soft">
        It is let in until you say otherwise. Ending the session makes it forget everything of jobbot; your data stays.
      </p>
      <Button className="self-start" disabled={end.isPending} onClick={() => end.mutate()}>
        End this session
      </Button>
      {end.error ? <ProblemLine error={end.error} /> : null}
    </Section>
  );
}
