import { describe, expect, it } from "vitest";
import { bookmarklet, MOST_BLOCKS, MOST_DATA, MOST_TEXT } from "./bookmarklet";
import { readBrought } from "./brought";

const PAGE = { page_title: "Baker", url: "https://x.example/jobs/1", heading: "Baker", site: "", text: "Wir suchen Bäcker 🥐", data: ["{}"] };

function fragment(text: string | Uint8Array): string {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `#page=${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

describe("what the bookmarklet brings", () => {
  it("arrives as it was", () => {
    expect(readBrought(fragment(JSON.stringify(PAGE)))).toEqual({ page: PAGE });
  });

  it("is nothing where the fragment is another", () => {
    expect(readBrought("")).toBeNull();
    expect(readBrought("#token=abc")).toBeNull();
  });

  it.each(["#page=", "#page=!!!", "#page=AAAA", fragment("null"), fragment("[]"), fragment('"x"'), fragment("{"), fragment(new Uint8Array([0x7b, 0xff, 0xfe]))])(
    "is refused in words where it is broken: %s",
    (hash) => {
      expect(readBrought(hash)).toHaveProperty("refused");
    },
  );

  it("is refused where it is five megabytes", () => {
    expect(readBrought(fragment(JSON.stringify({ ...PAGE, text: "x".repeat(5_000_000) })))).toHaveProperty("refused");
  });

  it("is cut to strings that the server takes, whatever it holds", () => {
    const odd = { page_title: 7, url: { toString: "x" }, heading: "a\0b\ud800c", text: "x".repeat(300_000), data: [1, "y".repeat(200_000), "", "", "", "", ""], owner: "x" };
    const taken = readBrought(fragment(JSON.stringify(odd)));
    expect(taken).toEqual({
      page: { page_title: "", url: "", heading: "abc", site: "", text: "x".repeat(200_000), data: ["", "y".repeat(100_000), "", "", ""] },
    });
  });
});

describe("the bookmarklet", () => {
  const code = bookmarklet("http://127.0.0.1:8765");

  it("is one address of a program without a bare sign that browsers would change", () => {
    expect(code).toMatch(/^javascript:[\w%.!~*'()-]+$/);
    expect(decodeURIComponent(code)).toContain("http://127.0.0.1:8765/save/#page=");
    expect(code.length).toBeLessThan(4_000);
  });

  it("brings at most what fits into an address, also where every letter takes three bytes", () => {
    const letters = MOST_TEXT + MOST_BLOCKS * MOST_DATA + 5_000;
    expect((letters * 3 * 4) / 3).toBeLessThan(1_000_000);
  });
});
