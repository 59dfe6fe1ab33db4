import type { ReactNode } from "react";

/** What a page says when it has nothing to show: why, and what to do next. */
export function Notice({ title, level = 2, children }: { title: string; level?: 1 | 2; children?: ReactNode }) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-start gap-3 px-6 py-16">
      <Heading className="font-serif text-2xl leading-tight">{title}</Heading>
      <div className="flex flex-col items-start gap-3 text-soft">{children}</div>
    </div>
  );
}
