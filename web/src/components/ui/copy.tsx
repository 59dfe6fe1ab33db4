"use client";

import { useState } from "react";

/** Puts a text on the clipboard and says so. */
export function Copy({ text, name }: { text: string; name: string }) {
  const [done, setDone] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setDone(true), () => setDone(false));
  return (
    <button type="button" onClick={copy} className="min-h-11 underline decoration-edge underline-offset-4 hover:decoration-ink md:min-h-8">
      {done ? "copied" : `copy ${name}`}
    </button>
  );
}
