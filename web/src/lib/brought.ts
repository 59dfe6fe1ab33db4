// What the bookmarklet put behind the "#" of this page's address. Any page may open this one with anything there: it is
// data, measured and checked, shown for correction, and nothing of it is kept before the person says so.

export interface Brought {
  page_title: string;
  url: string;
  heading: string;
  site: string;
  text: string;
  data: string[];
}

const START = "#page=";
const LONGEST = 2_000_000;
const MOST = { page_title: 500, url: 8_000, heading: 500, site: 500, text: 200_000 } as const;
const MOST_BLOCKS = 5;
const MOST_DATA = 100_000;

export type Taken = { page: Brought } | { refused: string } | null;

/** What the address brings, once: it leaves the address bar before it is used. */
export function takeBrought(): Taken {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith(START)) return null;
  window.history.replaceState(window.history.state, "", pathname + search);
  return readBrought(hash);
}

/** The page in a fragment `#page=…`: JSON in UTF-8 in base64url. Null where the fragment is another. */
export function readBrought(hash: string): Taken {
  if (!hash.startsWith(START)) return null;
  if (hash.length > LONGEST) return { refused: "It is too long for an address. Choose the posting's text on the page and try again, or paste it." };
  const told = parsed(hash.slice(START.length));
  if (typeof told !== "object" || told === null || Array.isArray(told)) {
    return { refused: "It did not arrive whole. Try again, or paste the posting's text." };
  }
  return { page: checked(told as Record<string, unknown>) };
}

function parsed(code: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function checked(told: Record<string, unknown>): Brought {
  const words = (name: keyof typeof MOST) => clean(told[name], MOST[name]);
  const blocks = Array.isArray(told.data) ? told.data : [];
  return {
    page_title: words("page_title"),
    url: words("url"),
    heading: words("heading"),
    site: words("site"),
    text: words("text"),
    data: blocks.slice(0, MOST_BLOCKS).map((block) => clean(block, MOST_DATA)),
  };
}

/** Text without NUL and halves of characters, which no posting has and the server refuses. */
function clean(value: unknown, most: number): string {
  return typeof value === "string" ? value.slice(0, most).replaceAll("\0", "").replace(/\p{Cs}/gu, "") : "";
}
