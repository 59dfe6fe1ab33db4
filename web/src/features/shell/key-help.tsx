"use client";

import { CloseRow, Sheet } from "@/components/ui/sheet";
import { PLACES } from "./places";

const KEYS: readonly [string, string][] = [
  ["j  k", "next and previous posting"],
  ["Enter", "read the chosen posting"],
  ["o", "open the posting where it was published"],
  ["d", "documents for the chosen posting"],
  ["p", "download the PDF of the document on the screen"],
  ["Esc", "back to the list"],
  ["/", "search"],
  ["Ctrl K", "commands"],
  ["?", "this list"],
];

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Sheet open={open} onClose={onClose} title="Keys">
      <dl className="grid grid-cols-[6rem_1fr] gap-y-2">
        {[...KEYS, ...PLACES.map((place) => [place.key, place.name] as const)].map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-[3px] border bg-paper px-2 py-0.5 font-sans text-sm">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <CloseRow />
    </Sheet>
  );
}
