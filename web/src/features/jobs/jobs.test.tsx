import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useKeys } from "@/lib/keys";
import { PostingText } from "./posting-text";
import { type JobRow, neighbour, withWords } from "./rows";
import { ScoreLedger } from "./score-ledger";
import { readWishes, salaryOf, wishQuery, writeWishes } from "./wishes";

const row = (id: string, title: string, where = ""): JobRow => ({
  id,
  title,
  company: "Halvard",
  where,
  score: 50,
  provisional: false,
  must: null,
  failed: [],
  postedAt: null,
  attribution: null,
  copies: 0,
  seen: [],
});

describe("rows", () => {
  const rows = [row("a", "Data Manager", "Malmö"), row("b", "Pharmacist", "Kalmar"), row("c", "Data Engineer", "Leeds")];
  it("are narrowed by every word, without case or accents", () => {
    expect(withWords(rows, "DATA malmo").map((one) => one.id)).toEqual(["a"]);
    expect(withWords(rows, "  ")).toHaveLength(3);
    expect(withWords(rows, "data halvard").map((one) => one.id)).toEqual(["a", "c"]);
  });
  it("have neighbours, held at both ends", () => {
    expect(neighbour(rows, null, 1)).toBe("a");
    expect(neighbour(rows, "a", 1)).toBe("b");
    expect(neighbour(rows, "c", 1)).toBe("c");
    expect(neighbour(rows, "a", -1)).toBe("a");
    expect(neighbour([], "a", 1)).toBeNull();
  });
});

describe("wishes", () => {
  it("survive the address", () => {
    const wishes = { role: "Data manager", location: "Malmö; Lund", remote: true, salary: "55k", currency: "eur", strict: true };
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(writeWishes(wishes))) if (value) params.set(name, value);
    expect(readWishes(params)).toEqual({ ...wishes, currency: "EUR" });
  });
  it("become the query of the server", () => {
    const wishes = { role: "", location: "Malmö; Lund ;", remote: false, salary: "55 000", currency: "EUR", strict: false };
    expect(wishQuery(wishes)).toEqual({ location: ["Malmö", "Lund"], min_salary: 55000, currency: "EUR" });
  });
  it.each([["55,000", 55000], ["55k", 55000], ["1.5k", 1500], ["0", null], ["much", null], ["", null], ["-5", null]])(
    "read %s as %s",
    (typed, value) => expect(salaryOf(typed)).toBe(value),
  );
});

describe("posting text", () => {
  const hostile = '<img src=x onerror=alert(1)>\n- SQL 🧪 & SAS\nABOUT US';
  it("shows markup as text and marks the quote", () => {
    const start = [...hostile].indexOf("S");
    const { container } = render(
      <PostingText text={hostile} marks={[{ id: "m", start, end: start + 5, tone: "met", rank: 1 }]} lit={null} onLit={vi.fn()} />,
    );
    expect(container.querySelector("img")).toBeNull();
    expect(container).toHaveTextContent("<img src=x onerror=alert(1)>");
    expect(container.querySelector("mark")).toHaveTextContent("SQL 🧪");
    expect(screen.getByRole("heading")).toHaveTextContent("ABOUT US");
  });
});

describe("score ledger", () => {
  it("ends with the sum", () => {
    render(<ScoreLedger rows={[{ signal: "title", points: 24, reason: "a" }, { signal: "clamp", points: -4, reason: "b" }]} />);
    expect(screen.getByRole("row", { name: /Score/ })).toHaveTextContent("20");
    expect(screen.getByRole("row", { name: /clamp/ })).toHaveTextContent("−4");
  });
});

describe("keys", () => {
  function Page({ act }: { act: () => void }) {
    useKeys({ j: act });
    return <input aria-label="words" />;
  }
  it("act on the page, not while typing and not with Ctrl", () => {
    const act = vi.fn();
    render(<Page act={act} />);
    fireEvent.keyDown(document.body, { key: "j" });
    fireEvent.keyDown(screen.getByLabelText("words"), { key: "j" });
    fireEvent.keyDown(document.body, { key: "j", ctrlKey: true });
    expect(act).toHaveBeenCalledTimes(1);
  });
});
