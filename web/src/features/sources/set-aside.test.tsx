import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { Source } from "@/lib/api/client";
import { SetAside } from "./set-aside";

const board: Source = {
  source: "lever",
  board: "acme",
  region: null,
  company: "Acme",
  verdict: "allowed",
  reason: "a documented public API",
  attribution: null,
  kind: "board",
  verification: "recorded",
  last_run: null,
  health: "ok",
  problem: null,
  retry_at: null,
  postings: 3,
} as Source;
const broken: Source = { ...board, source: "acme", board: null, health: "broken", reason: "acme-jobs 1.2: ImportError: <no>" };

it("names what was set aside, with the package and the reason", () => {
  const shown = renderToStaticMarkup(<SetAside sources={[board, broken]} />);
  expect(shown).toContain("1 plugin");
  expect(shown).toContain("acme-jobs 1.2: ImportError: &lt;no&gt;");
  expect(shown).not.toContain("lever");
});

it("is silent where nothing was", () => {
  expect(renderToStaticMarkup(<SetAside sources={[board]} />)).toBe("");
});
