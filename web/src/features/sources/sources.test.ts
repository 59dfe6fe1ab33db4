import { expect, it } from "vitest";
import { isAddress } from "./use-sources";

it.each([
  ["https://boards.greenhouse.io/acme", true],
  ["boards.greenhouse.io/acme", true],
  ["jobs.lever.co/Acme/0a1b ", true],
  ["acme", false],
  ["acme.io", false],
  ["Acme & Sons / London", false],
  ["", false],
])("%j is an address: %s", (typed, is) => {
  expect(isAddress(typed)).toBe(is);
});
