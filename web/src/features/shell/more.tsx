"use client";

import Link from "next/link";
import { CloseRow, Sheet } from "@/components/ui/sheet";
import { AirplaneState } from "./airplane-state";
import { PLACES } from "./places";
import { ThemeChoice } from "./theme-choice";

interface Props {
  open: boolean;
  onClose: () => void;
  onCommands: () => void;
}

/** What has no room in the bar of a phone. */
export function More({ open, onClose, onCommands }: Props) {
  const line = "flex min-h-11 w-full items-center gap-3 border-b py-2 text-left no-underline";
  return (
    <Sheet open={open} onClose={onClose} title="More">
      <ul className="mb-5 border-t">
        {PLACES.filter((place) => place.rare).map((place) => (
          <li key={place.href}>
            <Link href={place.href} onClick={onClose} className={line}>
              <place.icon size={18} aria-hidden />
              {place.name}
            </Link>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={line}
            onClick={() => {
              onClose();
              onCommands();
            }}
          >
            Search and commands
          </button>
        </li>
      </ul>
      <AirplaneState />
      <p className="mb-1 mt-4 text-sm text-soft">Theme</p>
      <ThemeChoice />
      <CloseRow />
    </Sheet>
  );
}
