"use client";

import { Button } from "@/components/ui/button";

/** The report of an erasure, whatever it counts: each part with its figure or word. */
export function Erased({ report }: { report: Readonly<Record<string, unknown>> }) {
  return (
    <div className="flex flex-col gap-4">
      <dl className="text-sm">
        {Object.entries(report).map(([name, value]) => (
          <div key={name} className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 border-b py-1.5">
            <dt className="text-soft first-letter:uppercase">{name.replaceAll("_", " ")}</dt>
            <dd className="wrap-anywhere">{said(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-soft">jobbot is as on the first day.</p>
      <Button className="self-start" onClick={() => window.location.assign("/")}>
        Begin anew
      </Button>
    </div>
  );
}

function said(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length > 0 ? value.map(said).join("; ") : "none";
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).map(([name, one]) => `${name.replaceAll("_", " ")} ${said(one)}`).join(", ");
  }
  return String(value);
}
