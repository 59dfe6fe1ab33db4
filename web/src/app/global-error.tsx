"use client";

import "./globals.css";

export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body className="p-8">
        <h1 className="mb-2 text-xl font-semibold">jobbot stumbled</h1>
        <p className="mb-4">Nothing of yours is lost.</p>
        <button type="button" className="min-h-11 rounded border border-edge px-4" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
