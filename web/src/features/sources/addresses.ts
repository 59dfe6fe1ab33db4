import type { Wanted } from "./use-sources";

const BOARDS: readonly [RegExp, string][] = [
  [/^(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io$/, "greenhouse"],
  [/^jobs(?:\.eu)?\.lever\.co$/, "lever"],
  [/^jobs\.ashbyhq\.com$/, "ashby"],
];

/** The board whose careers page or posting was pasted; null for anything that is no such address. */
export function boardAt(typed: string): Wanted | null {
  const text = typed.trim();
  if (!text.includes("/")) return null;
  let url: URL;
  try {
    url = new URL(/^https?:/i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
  const source = BOARDS.find(([host]) => host.test(url.hostname))?.[1];
  const company = decoded(url.searchParams.get("for") ?? url.pathname.split("/")[1] ?? "");
  return source && company ? { source, company } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
