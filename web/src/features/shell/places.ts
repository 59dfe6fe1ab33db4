import { BriefcaseBusiness, FileInput, FileText, type LucideIcon } from "lucide-react";

export interface Place {
  href: string;
  name: string;
  key: string;
  icon: LucideIcon;
}

/** The pages of the app, in the order of a search: find, write, and the profile both rest on. */
export const PLACES: readonly Place[] = [
  { href: "/", name: "Jobs", key: "1", icon: BriefcaseBusiness },
  { href: "/documents/", name: "Documents", key: "2", icon: FileText },
  { href: "/import/", name: "Import", key: "3", icon: FileInput },
];

export function isAt(path: string, place: Place): boolean {
  return place.href === "/" ? path === "/" : path.startsWith(place.href.replace(/\/$/, ""));
}
