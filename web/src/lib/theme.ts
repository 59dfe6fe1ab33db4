"use client";

import { useSyncExternalStore } from "react";

// `public/first.js` does the same before the first paint.
export type Wish = "light" | "dark" | "system";
const KEY = "jobbot-theme";
const listeners = new Set<() => void>();

function read(): Wish {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

function apply(): void {
  const wish = read();
  const dark = wish === "dark" || (wish === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  for (const tell of listeners) tell();
}

export function setTheme(wish: Wish): void {
  try {
    if (wish === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, wish);
  } catch {
    // storage may be closed: the choice then lasts for nothing, and the system's theme stays
  }
  apply();
}

function subscribe(tell: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  listeners.add(tell);
  system.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  return () => {
    listeners.delete(tell);
    system.removeEventListener("change", apply);
    window.removeEventListener("storage", apply);
  };
}

export function useTheme(): Wish {
  return useSyncExternalStore(subscribe, read, () => "system" as const);
}
