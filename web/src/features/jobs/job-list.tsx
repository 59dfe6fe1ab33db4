"use client";

import { useEffect } from "react";
import { useWindow } from "@/lib/window";
import { JobLine } from "./job-line";
import type { JobRow } from "./rows";

const ROW = 104;
const SIGHT = { width: 400, height: 800 };

interface Props {
  rows: readonly JobRow[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onEnd: (() => void) | null;
}

/** Only the rows in sight exist in the page, so fifty thousand scroll like fifty. */
export function JobList({ rows, chosen, onChoose, onEnd }: Props) {
  const { frame, virtual } = useWindow({ count: rows.length, height: ROW, sight: SIGHT, onEnd });
  const items = virtual.getVirtualItems();
  const at = chosen === null ? -1 : rows.findIndex((row) => row.id === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);
  return (
    <div ref={frame} className="min-h-0 flex-1 overflow-y-auto" role="region" aria-label="Postings" tabIndex={0}>
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <li
              key={row.id}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <JobLine row={row} here={row.id === chosen} onChoose={onChoose} />
            </li>
          ) : null;
        })}
      </ol>
    </div>
  );
}
