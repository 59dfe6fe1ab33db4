import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Editable } from "@/components/ui/editable";
import { partsOf } from "./entries";
import { leaves } from "./leaves";
import { rebase } from "./rebase";

const RESUME = {
  $schema: "x",
  meta: { version: "1" },
  basics: { name: "Ada", label: "Analyst", summary: " " },
  work: [{ name: "Kibo", position: "Analyst", highlights: ["Built", "Cleaned"] }],
  skills: [{ name: "Data", keywords: ["SQL", "R"] }],
};

describe("leaves", () => {
  it("are all texts with their place, without what is no CV", () => {
    expect(leaves(RESUME).map((leaf) => leaf.pointer)).toEqual([
      ...["/basics/name", "/basics/label", "/work/0/name", "/work/0/position", "/work/0/highlights/0", "/work/0/highlights/1"],
      ...["/skills/0/name", "/skills/0/keywords/0", "/skills/0/keywords/1"],
    ]);
    expect(leaves({ "a/b": { "c~d": "x" } })).toEqual([{ pointer: "/a~1b/c~0d", words: "x" }]);
  });
});

describe("parts", () => {
  it("are entries with fields, lists in one field", () => {
    const [about, work] = partsOf(RESUME);
    expect(about).toMatchObject({ name: "About you", entries: [{ heading: null, fields: [{ name: "Name" }, { name: "Headline" }] }] });
    expect(work?.entries[0]?.heading?.words).toBe("Kibo");
    expect(work?.entries[0]?.fields.map((field) => [field.name, field.leaves.length])).toEqual([
      ["Position", 1],
      ["Highlights", 2],
    ]);
  });
});

describe("two who edit", () => {
  const mine = new Map([
    ["/basics/name", "Ada N."],
    ["/basics/label", "Data analyst"],
    ["/work/0/highlights/1", "Cleaned data"],
    ["/skills/0/name", "Figures"],
  ]);
  it("keep what does not clash and choose where it does", () => {
    const newer = {
      ...RESUME,
      basics: { name: "Ada N.", label: "Senior analyst" },
      work: [{ ...RESUME.work[0], highlights: ["Built"] }],
    };
    const { clear, clashes } = rebase(RESUME, newer, mine);
    expect([...clear]).toEqual([["/skills/0/name", "Figures"]]);
    expect(clashes).toEqual([
      { pointer: "/basics/label", before: "Analyst", theirs: "Senior analyst", mine: "Data analyst" },
      { pointer: "/work/0/highlights/1", before: "Cleaned", theirs: null, mine: "Cleaned data" },
    ]);
  });
  it("never clash over what only one of them changed", () => {
    expect(rebase(RESUME, RESUME, mine)).toEqual({ clear: mine, clashes: [] });
  });
});

describe("Editable", () => {
  const open = (change: string | null, onChange: (next: string | null) => void) => {
    render(<Editable field="Headline" words="Analyst" change={change} onChange={onChange} />);
    fireEvent.click(screen.getByRole("button", { name: /^Correct Headline: / }));
    return screen.getByRole("textbox", { name: "Headline" });
  };
  it.each([
    ["Senior analyst", "Enter", "Senior analyst"],
    ["  Analyst ", "Enter", null],
    ["", "Enter", null],
  ])("keeps %j on %s as %j", (typed, key, kept) => {
    const onChange = vi.fn();
    const box = open(null, onChange);
    fireEvent.change(box, { target: { value: typed } });
    fireEvent.keyDown(box, { key });
    fireEvent.blur(box);
    expect(onChange).toHaveBeenCalledWith(kept);
  });
  it("leaves all as it was on Escape", () => {
    const onChange = vi.fn();
    const box = open("Data analyst", onChange);
    fireEvent.change(box, { target: { value: "x" } });
    fireEvent.keyDown(box, { key: "Escape" });
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByRole("button", { name: /Data analyst/ })).toBeVisible();
  });
});
