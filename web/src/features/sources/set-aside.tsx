import { CircleAlert } from "lucide-react";
import { Section } from "@/components/ui/section";
import type { Source } from "@/lib/api/client";
import { count } from "@/lib/words";

/** Plugins that could not be used, each with the package it came with and the reason; the others work without them. */
export function SetAside({ sources }: { sources: readonly Source[] }) {
  const broken = sources.filter((one) => one.health === "broken");
  if (broken.length === 0) return null;
  return (
    <Section title="Set aside" note={count(broken.length, "plugin")}>
      <ul>
        {broken.map((plugin) => (
          <li key={`${plugin.source} ${plugin.reason}`} className="border-b py-3">
            <p className="inline-flex items-center gap-1.5 font-semibold text-alarm">
              <CircleAlert size={15} aria-hidden />
              {plugin.source}
            </p>
            <p className="text-sm text-soft wrap-anywhere">{plugin.reason}</p>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm text-soft">Nothing else stops for them. Mend or uninstall the package, then start jobbot again.</p>
    </Section>
  );
}
