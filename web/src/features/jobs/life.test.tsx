import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { PostingWithText } from "@/lib/api/client";
import { JobLine } from "./job-line";
import { Life } from "./life";

const POSTING = {
  signals: [
    {
      name: "reposted",
      says: "Posted 3 times in 120 days.",
      evidence: [
        { what: "back on the board under another id", at: "2026-09-01T00:00:00+00:00", posting: "a" },
        { what: "back on the board under another id", at: "2026-10-01T00:00:00+00:00", posting: "b" },
      ],
    },
  ],
  also_on: [
    {
      id: "abc",
      source: "remoteok",
      board: "remoteok",
      title: "Night nurse",
      company: "Linden",
      locations: ["Leeds"],
      url: null,
      attribution: "Remote OK",
      first_seen: null,
      closed_at: "2026-10-02T00:00:00+00:00",
      closed_reason: "gone",
      evidence: [{ kind: "same text", says: "the same text, word for word", value: null }],
      through: "x",
    },
  ],
  changes: [
    {
      at: "2026-11-03T09:00:00+00:00",
      fields: [{ field: "salary", before: "€80k–95k/yr", after: null }],
      text: {
        added: 1,
        removed: 2,
        diff: [
          { op: "gap", text: "" },
          { op: "same", text: "You work " },
          { op: "removed", text: "days" },
          { op: "added", text: "<b>nights</b>" },
        ],
      },
    },
  ],
} as unknown as PostingWithText;

describe("the life of an advert", () => {
  it("is told with its evidence", () => {
    const { container } = render(<Life posting={POSTING} />);
    const seen = screen.getByRole("region", { name: "Seen of this advert" });
    expect(within(seen).getAllByRole("listitem")).toHaveLength(2);
    const also = screen.getByRole("region", { name: "Also on" });
    expect(within(also).getByRole("link", { name: "Remote OK · Leeds" })).toHaveAttribute("href", "/?posting=abc");
    expect(also).toHaveTextContent("the same text, word for word, by way of another copy");
    expect(also).toHaveTextContent("closed on");
    const changed = screen.getByRole("region", { name: "What changed" });
    expect(changed).toHaveTextContent("Salary€80k–95k/yr → not told");
    expect(changed).toHaveTextContent("1 line added, 2 lines taken away");
    expect(container.querySelector("ins b")).toBeNull();
    expect([...container.querySelectorAll("del")].map((one) => one.textContent)).toEqual(["€80k–95k/yr", "days"]);
  });
  it("is nothing where nothing is known", () => {
    const { container } = render(<Life posting={{ ...POSTING, signals: [], also_on: [], changes: [] }} />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe("a line of the list", () => {
  it("says that there are copies and what was seen", () => {
    const row = { title: "Nurse", company: "Linden", where: "Leeds", score: null, provisional: false, must: null, failed: [] };
    render(<JobLine row={{ id: "a", ...row, postedAt: null, attribution: null, copies: 2, seen: ["date moved"] }} here={false} onChoose={() => {}} />);
    expect(screen.getByRole("link")).toHaveTextContent("2 copies · date moved");
  });
});
