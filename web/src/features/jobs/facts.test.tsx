import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { PostingWithText } from "@/lib/api/client";
import { FilterForm } from "./filter-form";
import { filterCount, filterQuery, NO_FILTERS, readFilters, writeFilters } from "./filters";
import { Facts } from "./facts";

const NOWHERE = { raw: "The moon", city: null, metro: null, region: null, region_code: null, country: null, time_zone: null, confidence: "unsure" };
const MALMO = { ...NOWHERE, raw: "Malmö", city: "Malmö", metro: "Øresund", region: "Skåne", country: "SE", time_zone: "Europe/Stockholm", confidence: "sure" };
const NONE = { places: [], remote_scope: null, seniority: null, seniority_words: null, employment: null, employment_type: null };
const posting = (more: object) => ({ ...NONE, ...more }) as unknown as PostingWithText;

describe("facts of a posting", () => {
  it("are places in order, remote scope, level and kind, with what they rest on", () => {
    const quote = { quote: "EU only, UTC-3 to UTC+5:30", start: null, end: null };
    render(
      <Facts
        posting={posting({
          places: [MALMO, NOWHERE, { ...NOWHERE, raw: "Springfield", country: "US" }],
          remote_scope: { kind: "countries", countries: ["DE", "XK"], regions: [], utc: { least: -3, most: 5.5, quote: "" }, ...quote },
          seniority: "senior",
          seniority_words: "Sr.",
          employment: "full_time",
          employment_type: "FULL-TIME",
        })}
      />,
    );
    expect(screen.getAllByRole("definition").map((one) => one.textContent)).toEqual([
      "Malmö, Øresund, Skåne, Sweden · Central European Time",
      "United States · several places are called so",
      "Germany, Kosovo; UTC−3 to UTC+5:30 · “EU only, UTC-3 to UTC+5:30”",
      "Senior · “Sr.” in the title",
      "Full time",
    ]);
  });
  it("are nothing where nothing is known, and survive names that nobody knows", () => {
    const { container, rerender } = render(<Facts posting={posting({ places: [NOWHERE] })} />);
    expect(container).toBeEmptyDOMElement();
    rerender(<Facts posting={posting({ places: [{ ...NOWHERE, city: "X", country: "??", time_zone: "Moon/Base", confidence: "likely" }] })} />);
    expect(screen.getByRole("definition")).toHaveTextContent("X, ?? · Moon/Base; likely: others are called so");
  });
});

describe("filters", () => {
  it("survive the address, and are the server's query", () => {
    const filters = { country: " Deutschland ", seniority: "senior", employment: "full_time" };
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(writeFilters(filters))) if (value) params.set(name, value);
    expect(readFilters(params)).toEqual({ ...filters, country: "Deutschland" });
    expect(filterQuery(filters)).toEqual({ ...filters, country: "Deutschland" });
    expect(filterCount(filters)).toBe(3);
    expect(filterQuery(NO_FILTERS)).toEqual({});
  });
  it("that do not exist are none", () => {
    expect(readFilters(new URLSearchParams("seniority=king&employment=toString"))).toEqual(NO_FILTERS);
  });
  it("are chosen with the keyboard and cleared at once", async () => {
    const onApply = vi.fn();
    render(<FilterForm filters={NO_FILTERS} onApply={onApply} />);
    await userEvent.selectOptions(screen.getByLabelText("Level"), "Lead");
    await userEvent.selectOptions(screen.getByLabelText("Kind of employment"), "Part time");
    await userEvent.type(screen.getByLabelText("Country"), "Norge{Enter}");
    expect(onApply).toHaveBeenLastCalledWith({ country: "Norge", seniority: "lead", employment: "part_time" });
    await userEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(onApply).toHaveBeenLastCalledWith(NO_FILTERS);
  });
});
