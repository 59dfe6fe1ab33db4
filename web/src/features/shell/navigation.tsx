"use client";

import { CircleHelp, Ellipsis, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/class-names";
import { AirplaneState } from "./airplane-state";
import { isAt, type Place, PLACES } from "./places";
import { ThemeChoice } from "./theme-choice";

interface Props {
  onCommands: () => void;
  onHelp: () => void;
  onMore: () => void;
}

export function Navigation({ onCommands, onHelp, onMore }: Props) {
  return (
    <header className="contents md:sticky md:top-0 md:flex md:h-dvh md:flex-col md:overflow-y-auto md:border-r md:px-3 md:py-5">
      <div className="hidden px-3 pb-6 md:block">
        <Link href="/" prefetch={false} className="font-serif text-[1.375rem] font-semibold tracking-tight no-underline">
          jobbot
        </Link>
      </div>
      <Places onMore={onMore} />
      <div className="mt-auto hidden flex-col gap-1 pt-4 md:flex">
        <AirplaneState />
        <FootButton onClick={onCommands} icon={<Search size={17} aria-hidden />} keys="Ctrl K">
          Commands
        </FootButton>
        <FootButton onClick={onHelp} icon={<CircleHelp size={17} aria-hidden />} keys="?">
          Keys
        </FootButton>
        <ThemeChoice />
      </div>
    </header>
  );
}

function Places({ onMore }: Pick<Props, "onMore">) {
  const path = usePathname();
  const rareHere = PLACES.some((place) => place.rare && isAt(path, place));
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-10 border-t bg-paper pb-[env(safe-area-inset-bottom)] md:static md:border-0 md:pb-0"
    >
      <ul className="grid grid-cols-5 md:flex md:flex-col md:gap-0.5">
        {PLACES.map((place) => (
          <li key={place.href} className={place.rare ? "hidden md:block" : ""}>
            <PlaceLink place={place} here={isAt(path, place)} />
          </li>
        ))}
        <li className="md:hidden">
          <button
            type="button"
            onClick={onMore}
            className={cn(
              "flex min-h-14 w-full flex-col items-center justify-center gap-0.5 text-xs",
              rareHere ? "font-semibold text-ink" : "text-soft",
            )}
          >
            <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
            More
          </button>
        </li>
      </ul>
    </nav>
  );
}

/** Fetched when it is chosen: the server is near, and a phone has better things to do while the page starts. */
export function PlaceLink({ place, here, onClick }: { place: Place; here: boolean; onClick?: () => void }) {
  return (
    <Link
      href={place.href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      onClick={onClick}
      className={cn(
        "flex min-h-14 flex-col items-center justify-center gap-0.5 text-xs no-underline",
        "md:min-h-11 md:flex-row md:justify-start md:gap-3 md:rounded-[3px] md:px-3 md:text-[0.9375rem]",
        here ? "font-semibold text-ink md:bg-wash" : "text-soft hover:text-ink",
      )}
    >
      <place.icon size={18} strokeWidth={here ? 2.25 : 1.75} aria-hidden />
      {place.name}
    </Link>
  );
}

interface FootProps {
  onClick: () => void;
  icon: React.ReactNode;
  keys: string;
  children: string;
}

function FootButton({ onClick, icon, keys, children }: FootProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-11 items-center gap-3 rounded-[3px] px-3 text-sm text-soft hover:bg-wash hover:text-ink"
    >
      {icon}
      {children}
      <kbd className="ml-auto font-sans text-xs">{keys}</kbd>
    </button>
  );
}
