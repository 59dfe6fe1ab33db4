"use client";

import { ProblemLine } from "@/components/ui/problem-line";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { useAirplane, useSettings } from "@/lib/settings";

/** The one switch that keeps everything in. */
export function Airplane() {
  const settings = useSettings();
  const set = useAirplane();
  if (settings.error && !settings.data) return <ProblemLine error={settings.error} />;
  if (!settings.data) return <Skeleton label="Loading the switch" rows={2} />;
  const { offline, offline_fixed: fixed } = settings.data;
  return (
    <Section title="Airplane mode">
      <Switch label="Nothing leaves this machine" checked={offline} disabled={fixed || set.isPending} onChange={(on) => set.mutate(on)} />
      <p className="mt-1 max-w-[62ch] text-soft">
        {offline
          ? "On: every request to the outside is refused, from here and from the command line. Ranking and writing go on."
          : "Off: the boards that you connect are read when you ask for it. Nothing else goes out."}
      </p>
      {fixed ? (
        <p className="mt-2 max-w-[62ch] text-sm">
          The configuration holds it on: <code>JOBBOT_OFFLINE</code> is set, or <code>network.offline</code> in the settings
          file. Change it there and start jobbot again.
        </p>
      ) : null}
      {set.error ? <ProblemLine error={set.error} /> : null}
    </Section>
  );
}
