import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { Client, played } from "@/lib/played-preferences";
import { allPoints, pointsOf } from "./points";
import { PreferencesView } from "./preferences-view";

afterEach(() => vi.unstubAllGlobals());

function shown() {
  return render(
    <Client>
      <PreferencesView />
    </Client>,
  );
}

it.each([["12", 12], ["2,5", 2.5], [" 0 ", 0], ["1000", 1000], ["1001", null], ["-1", null], ["1e3", null], ["many", null], ["", null]])(
  "points %j are %s",
  (typed, value) => expect(pointsOf(typed)).toBe(value),
);

it("an empty field is the shipped one, and one wrong field is none at all", () => {
  expect(allPoints({ title: " ", place: "3" })).toEqual({ place: 3 });
  expect(allPoints({ title: "x", place: "3" })).toBeNull();
});

it("keeps weights together, says what counts then, and goes back to shipped", async () => {
  const server = played();
  shown();
  const field = await screen.findByLabelText("Points for place");
  expect(field).toHaveAttribute("placeholder", "40");
  expect(screen.getByRole("button", { name: "Keep these weights" })).toBeDisabled();
  await userEvent.type(field, "much");
  expect(screen.getByText("Points are a number from 0 to 1000.")).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, "60{Enter}");
  await screen.findByText("Kept.");
  expect(server.puts).toEqual([{ key: expect.stringMatching(/^[0-9a-f-]{36}$/), body: { points: { place: 60 }, employers: [], avoid: [] } }]);
  expect(screen.getByRole("row", { name: /^Place/i })).toHaveTextContent("50.0shipped 40");
  await userEvent.click(screen.getByRole("button", { name: "Back to shipped" }));
  await waitFor(() => expect(server.held.points).toEqual({}));
  await waitFor(() => expect(screen.getByLabelText("Points for place")).toHaveValue(""));
});

it("blocks, numbers and forgets employers, beside what another window kept meanwhile", async () => {
  const server = played();
  shown();
  await userEvent.type(await screen.findByLabelText("Block an employer"), "Halvard Clinical");
  server.held = { ...server.held, avoid: ["night shifts"] };
  await userEvent.click(screen.getByRole("button", { name: "Block" }));
  const blocked = await screen.findByRole("checkbox", { name: "Halvard Clinical is blocked" });
  expect(blocked).toBeChecked();
  expect(screen.getByLabelText("Block an employer")).toHaveValue("");
  expect(server.held).toMatchObject({ avoid: ["night shifts"], employers: [{ name: "Halvard Clinical", blocked: true, prestige: null }] });
  fireEvent.change(screen.getByRole("combobox", { name: "Your number for Halvard Clinical" }), { target: { value: "8" } });
  await waitFor(() => expect(server.held.employers[0]).toMatchObject({ blocked: true, prestige: 8 }));
  await userEvent.click(screen.getByRole("button", { name: "Forget Halvard Clinical" }));
  await screen.findByText("Nothing is said of any employer.");
  expect(screen.getByLabelText("Block an employer")).toHaveFocus();
});

it("avoids words and tells in the server's words why it does not", async () => {
  const server = played({ avoid: ["weapons"] });
  shown();
  const section = within(await screen.findByRole("region", { name: "Words to avoid" }));
  await userEvent.click(section.getByRole("button", { name: "Avoid weapons no longer" }));
  await section.findByText("No words are avoided.");
  server.refuse = "what to avoid is a word or a phrase";
  await userEvent.type(section.getByLabelText("A word or a phrase"), "!!{Enter}");
  expect(await section.findByRole("alert")).toHaveTextContent("what to avoid is a word or a phrase");
  expect(section.getByLabelText("A word or a phrase")).toHaveValue("!!");
  expect(server.held.avoid).toEqual([]);
});
