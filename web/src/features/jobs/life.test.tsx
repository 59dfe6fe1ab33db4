import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Match, PostingWithText } from "@/lib/api/client";
import { JobLine } from "./job-line";
import { Life } from "./life";
import { Rest } from "./rest";
import { fromMatch, fromPosting } from "./rows";

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
  const row = { id: "a", title: "Nurse", company: "Linden", where: "Leeds", score: 71, provisional: false, must: null, failed: [] };
  const rest = { postedAt: null, attribution: "Remote OK", copies: 2 };
  it("says that there are copies, who lent it and, as a mark, what was seen", () => {
    render(<JobLine row={{ ...row, ...rest, seen: ["posted again", "date moved"] }} here={false} onChoose={() => {}} />);
    expect(screen.getByRole("link")).toHaveTextContent("Linden · Remote OK");
    expect(screen.getByRole("link")).toHaveTextContent("2 copiesSeen of this advert: posted again +1, date moved");
  });
  it("has no mark where nothing was seen", () => {
    render(<JobLine row={{ ...row, ...rest, seen: [] }} here={false} onChoose={() => {}} />);
    expect(screen.getByRole("link")).not.toHaveTextContent("Seen");
  });
  it("is marked alike in both lists", () => {
    const match = { requirements: [], filters: [], signals: POSTING.signals } as unknown as Match;
    expect(fromMatch(match).seen).toEqual(["posted again"]);
    expect(fromPosting({ ...POSTING, locations: [] }).seen).toEqual(["posted again"]);
  });
});

describe("notes of a match", () => {
  it("leave out what stands with its evidence elsewhere", () => {
    const notes = ["seen of this advert: Posted 3 times in 120 days.", "no pay is told"];
    const match = { filters: [], counterfactuals: [], skills_gap: [], notes } as unknown as Match;
    render(<Rest match={match} signs={POSTING.signals} />);
    expect(screen.getAllByRole("listitem").map((one) => one.textContent)).toEqual(["no pay is told"]);
  });
});
