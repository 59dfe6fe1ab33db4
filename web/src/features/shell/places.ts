import { BriefcaseBusiness, FileText, type LucideIcon, Rss, ShieldCheck, UserRound } from "lucide-react";

export interface Place {
  href: string;
  name: string;
  key: string;
  icon: LucideIcon;
  /** Other addresses that belong to it. */
  also?: string;
  /** On a phone it stands under "More". */
  rare?: boolean;
}

/** The pages of the app, in the order of a search: find, write, what both rest on, and what left the machine. */
export const PLACES: readonly Place[] = [
  { href: "/", name: "Jobs", key: "1", icon: BriefcaseBusiness, also: "/preferences/" },
  { href: "/documents/", name: "Documents", key: "2", icon: FileText },
  { href: "/sources/", name: "Sources", key: "3", icon: Rss, also: "/save/" },
  { href: "/profile/", name: "Your CV", key: "4", icon: UserRound, also: "/import/" },
  { href: "/privacy/", name: "Privacy", key: "5", icon: ShieldCheck, rare: true },
];

export function isAt(path: string, place: Place): boolean {
  if (path === place.href) return true;
  const addresses = [place.href, place.also].filter((one): one is string => one !== undefined && one !== "/");
  return addresses.some((one) => path.startsWith(one.replace(/\/$/, "")));
}
