import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { Match } from "@/lib/api/client";
import { Client, played } from "@/lib/played-preferences";
import { BlockEmployer, blockedAs } from "./block-employer";

afterEach(() => vi.unstubAllGlobals());

it("blocks with the keyboard and takes it back; the employer's number stays", async () => {
  const server = played({ points: { title: 5 }, employers: [{ name: "Linden", blocked: false, prestige: 7 }] });
  render(
    <Client>
      <BlockEmployer company="LINDEN" match={null} />
    </Client>,
  );
  (await screen.findByRole("button", { name: "Block this employer" })).focus();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText("You blocked Linden: none of its postings is ranked.")).toBeVisible();
  expect(server.held).toEqual({ points: { title: 5 }, employers: [{ name: "Linden", blocked: true, prestige: 7 }], avoid: [] });
  await waitFor(() => expect(screen.getByRole("button", { name: "Undo" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  await screen.findByRole("button", { name: "Block this employer" });
  expect(server.held.employers).toEqual([{ name: "Linden", blocked: false, prestige: 7 }]);
});

it("says why it could not", async () => {
  const server = played();
  server.refuse = "at most 500 employers";
  render(
    <Client>
      <BlockEmployer company="Linden" match={null} />
    </Client>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Block this employer" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("at most 500 employers");
});

it("knows a blocked employer under another spelling by the match's own words", () => {
  const match = { filters: [{ name: "employer", passed: false, reason: "you blocked Linden GmbH", evidence: null }] } as unknown as Match;
  const employers = [{ name: "Linden GmbH", blocked: true, prestige: null }];
  expect(blockedAs("Linden", employers, match)).toBe("Linden GmbH");
  expect(blockedAs("Linden", employers, null)).toBeNull();
  expect(blockedAs("Linden", [], match)).toBeNull();
});
