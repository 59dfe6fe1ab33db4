import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";
import { Editable } from "./editable";

interface Props {
  field: string;
  words: string;
  change: string | null;
  onChange: (next: string | null) => void;
  /** Stands beside the words. */
  note: ReactNode;
  marked?: boolean;
}

/** One value that was read: what it is, its words to be corrected, and what is to be said of them. */
export function EditRow({ field, note, marked = false, ...value }: Props) {
  return (
    <li className={cn("grid gap-x-4 border-b py-1 md:grid-cols-[10rem_minmax(0,1fr)_12rem]", marked && "bg-partly/40")}>
      <p className="px-2 pt-1.5 text-sm text-soft md:px-0">{field}</p>
      <Editable field={field} {...value} />
      <p className="flex flex-wrap items-baseline gap-x-4 px-2 pb-1 text-sm text-soft md:justify-end md:px-0 md:pt-1.5">{note}</p>
    </li>
  );
}
