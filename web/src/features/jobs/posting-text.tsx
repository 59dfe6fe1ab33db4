"use client";

import { useMemo } from "react";
import { cn } from "@/lib/class-names";
import { lines, type Mark, type Segment, segments } from "@/lib/highlight";

const TONES: Record<string, string> = {
  met: "mark-met",
  partly: "mark-partly",
  missing: "mark-missing",
  skill: "mark-skill",
};
const BULLET = /^\s*[•\-–*]\s+/;
const HEADING_LIMIT = 70;

interface Props {
  text: string;
  marks: readonly Mark[];
  lit: string | null;
  onLit: (id: string | null) => void;
}

/** The posting's plain text with its evidence marked. Its HTML is never used. */
export function PostingText({ text, marks, lit, onLit }: Props) {
  const rows = useMemo(() => lines(segments(text, marks)), [text, marks]);
  return (
    <div className="flex max-w-[68ch] flex-col gap-2 text-[0.9375rem] leading-relaxed wrap-anywhere">
      {rows.map((row, index) => (
        <Line key={index} row={row} lit={lit} onLit={onLit} />
      ))}
    </div>
  );
}

function Line({ row, lit, onLit }: { row: Segment[] } & Pick<Props, "lit" | "onLit">) {
  const whole = row.map((piece) => piece.text).join("");
  if (!whole.trim()) return null;
  const bullet = BULLET.exec(whole)?.[0].length ?? 0;
  const content = withoutFirst(row, bullet).map((piece, index) => (
    <Piece key={index} piece={piece} lit={lit} onLit={onLit} />
  ));
  if (isHeading(whole)) return <h3 className="mt-4 font-semibold first:mt-0">{content}</h3>;
  if (!bullet) return <p>{content}</p>;
  return (
    <p className="relative pl-5 before:absolute before:left-1 before:content-['–']">
      {content}
    </p>
  );
}

function Piece({ piece, lit, onLit }: { piece: Segment } & Pick<Props, "lit" | "onLit">) {
  const { mark, text } = piece;
  if (!mark) return text;
  const on = mark.id === lit;
  return (
    <mark
      data-mark={mark.id}
      onMouseEnter={() => onLit(mark.id)}
      onMouseLeave={() => onLit(null)}
      className={cn("box-decoration-clone", TONES[mark.tone], on && "outline-2 outline-offset-1 outline-ink")}
    >
      {text}
    </mark>
  );
}

function isHeading(line: string): boolean {
  const told = line.trim();
  if (told.length > HEADING_LIMIT || BULLET.test(line)) return false;
  return told.endsWith(":") || (/\p{L}{3}/u.test(told) && told === told.toUpperCase());
}

function withoutFirst(row: readonly Segment[], units: number): Segment[] {
  let left = units;
  return row.flatMap((piece) => {
    const cut = Math.min(left, piece.text.length);
    left -= cut;
    return cut < piece.text.length ? [{ ...piece, text: piece.text.slice(cut) }] : [];
  });
}
