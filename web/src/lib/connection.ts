"use client";

import { useSyncExternalStore } from "react";

// Whether jobbot answers. The browser's own word on being online says nothing about a server on the same machine, so
// it only makes us look.

type Look = () => Promise<boolean>;
const PAUSES_MS = [1_000, 2_000, 4_000];
const listeners = new Set<() => void>();
let there = true;
let looking = false;

export function reached(): void {
  set(true);
}

/** A request had no answer: say so, and look until one comes. */
export function unreached(look: Look = healthy): void {
  set(false);
  if (!looking) void lookUntilThere(look);
}

/** Ask once, now. */
export async function lookNow(look: Look = healthy): Promise<void> {
  if (await look()) reached();
  else unreached(look);
}

async function lookUntilThere(look: Look): Promise<void> {
  looking = true;
  for (let round = 0; !there; round++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)]));
    if (await look()) set(true);
  }
  looking = false;
}

async function healthy(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function set(next: boolean): void {
  if (there === next) return;
  there = next;
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useReachable(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => there,
    () => true,
  );
}
