import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";

interface Props {
  title: string;
  /** One sentence on what the page is for. */
  lead?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A page that is read from the top down. */
export function Page({ title, lead, children, className }: Props) {
  return (
    <div className={cn("mx-auto flex max-w-3xl flex-col gap-9 px-5 py-6 md:px-8 md:py-8", className)}>
      <header>
        <h1 className="font-serif text-2xl font-semibold leading-tight wrap-anywhere">{title}</h1>
        {lead ? <p className="mt-2 max-w-[62ch] text-soft">{lead}</p> : null}
      </header>
      {children}
    </div>
  );
}
