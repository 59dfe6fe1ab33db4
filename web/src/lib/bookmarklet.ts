// The bookmarklet: a bookmark whose address is a program. In the page a person looks at it takes title, address, text and
// the page's own statement of its posting, and opens jobbot's page with them behind the "#", which no server gets to see.
// jobbot's pages cut themselves off from whoever opened them (COOP), so there is no other way to hand something over.

/** Most characters of a page's text, and of each of its blocks of data: the address stays below what browsers take. */
export const MOST_TEXT = 60_000;
export const MOST_DATA = 50_000;
export const MOST_BLOCKS = 2;

const SOURCE = `(() => {
  const cut = (text, most) => String(text || "").slice(0, most).replace(/\\p{Cs}/gu, "");
  const first = (...names) => names.map((name) => document.querySelector(name)).find(Boolean);
  const chosen = String(getSelection() || "").trim();
  const main = first("main article", "article", "main", "[role=main]") || document.body;
  const blocks = [...document.querySelectorAll("script[type='application/ld+json']")].map((one) => one.textContent);
  const page = {
    page_title: cut(document.title, 300),
    url: cut(location.href, 4000),
    heading: cut((first("h1") || {}).innerText, 300),
    site: cut((first("meta[property='og:site_name']") || {}).content, 200),
    text: cut(chosen.length > 80 ? chosen : main.innerText, ${MOST_TEXT}),
    data: blocks.filter((one) => one.includes("JobPosting")).slice(0, ${MOST_BLOCKS}).map((one) => cut(one, ${MOST_DATA})),
  };
  const code = btoa(unescape(encodeURIComponent(JSON.stringify(page))));
  const address = "ORIGIN/save/#page=" + code.replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=/g, "");
  if (!window.open(address, "_blank")) location.href = address;
})()`;

/** The bookmark's address, for the jobbot at this origin. */
export function bookmarklet(origin: string): string {
  const short = SOURCE.replace(/\n\s*/g, " ").replace("ORIGIN", origin);
  return `javascript:${encodeURIComponent(short)}`;
}
