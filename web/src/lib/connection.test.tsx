import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lookNow, reached, unreached, useReachable } from "./connection";

function Told() {
  return <p>{useReachable() ? "there" : "gone"}</p>;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  act(reached);
});

it("says that nothing answers until something does", async () => {
  const answers = [false, false, true];
  const look = vi.fn(() => Promise.resolve(answers.shift() ?? true));
  render(<Told />);
  act(() => unreached(look));
  act(() => unreached(look)); // one search at a time
  expect(screen.getByText("gone")).toBeVisible();
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  expect(screen.getByText("gone")).toBeVisible();
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(screen.getByText("there")).toBeVisible();
  expect(look).toHaveBeenCalledTimes(3);
});

it("looks when told to", async () => {
  render(<Told />);
  await act(() => lookNow(() => Promise.resolve(false)));
  expect(screen.getByText("gone")).toBeVisible();
  await act(() => lookNow(() => Promise.resolve(true)));
  expect(screen.getByText("there")).toBeVisible();
});
