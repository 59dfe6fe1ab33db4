import { type ReactNode, useId } from "react";
import { cn } from "@/lib/class-names";

/** A part of a page under a small heading and a rule. */
export function Section({ title, note, children, className }: { title: string; note?: string; children: ReactNode; className?: string }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("flex flex-col", className)}>
      <div className="mb-2 flex items-baseline justify-between gap-4 border-b border-ink pb-1.5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {note ? <p className="text-sm text-soft">{note}</p> : null}
      </div>
      {children}
    </section>
  );
}
