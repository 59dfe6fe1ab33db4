"use client";

import { cn } from "@/lib/class-names";
import { useWindow } from "@/lib/window";
import { moment, size } from "@/lib/words";
import type { Row } from "./use-privacy";

const HEIGHT = 64;
const SEEN = 6;
const SIGHT = { width: 600, height: HEIGHT * SEEN };

/** The requests one by one; only those in sight exist in the page. */
export function LedgerRows({ rows, onEnd }: { rows: readonly Row[]; onEnd: (() => void) | null }) {
  const { frame, virtual } = useWindow({ count: rows.length, height: HEIGHT, sight: SIGHT, onEnd });
  const items = virtual.getVirtualItems();
  if (rows.length === 0) return <p className="border-y py-4 text-soft">No such request.</p>;
  return (
    <div
      ref={frame}
      role="region"
      aria-label="Requests"
      tabIndex={0}
      className="overflow-y-auto border-y"
      style={{ height: Math.min(rows.length, SEEN) * HEIGHT + 2 }}
    >
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <li
              key={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0 border-b"
              style={{ height: HEIGHT, transform: `translateY(${item.start}px)` }}
            >
              <Line row={row} />
            </li>
          ) : null;
        })}
      </ol>
    </div>
  );
}

function Line({ row }: { row: Row }) {
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)_auto] content-center gap-x-4 px-1 text-sm">
      <span className="truncate font-medium">{row.host}</span>
      <span className="text-right">{row.allowed ? `${size(row.bytes_out)} out, ${size(row.bytes_in)} in` : "nothing sent"}</span>
      <span className="truncate text-soft">
        <span className={cn(!row.allowed && "font-medium text-alarm")}>{row.allowed ? row.purpose : `Refused: ${row.reason ?? "by the guard"}`}</span>
        {row.fields.length > 0 ? `; with ${row.fields.join(", ")}` : ""}
      </span>
      <span className="text-right text-soft">{moment(row.at)}</span>
    </div>
  );
}
