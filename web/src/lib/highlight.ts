import { type Span, unitOffsets } from "./code-points";

/** A mark on a text; where marks overlap the one with the higher `rank` shows. Offsets are code points. */
export interface Mark extends Span {
  id: string;
  tone: string;
  rank: number;
}

export interface Segment {
  text: string;
  mark: Mark | null;
}

/** Cuts `text` into pieces with at most one mark each; joined, the pieces are `text` again. */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const at = unitOffsets(text);
  const placed = marks
    .map((mark) => ({ mark, from: at(mark.start), to: at(mark.end) }))
    .filter((one) => one.to > one.from);
  const cuts = new Set([0, text.length]);
  for (const one of placed) cuts.add(one.from).add(one.to);
  const edges = [...cuts].sort((a, b) => a - b);
  const found: Segment[] = [];
  for (let index = 0; index + 1 < edges.length; index++) {
    const from = edges[index] as number;
    const to = edges[index + 1] as number;
    const mark = top(placed.filter((one) => one.from <= from && one.to >= to).map((one) => one.mark));
    const last = found.at(-1);
    if (last && last.mark === mark) last.text += text.slice(from, to);
    else found.push({ text: text.slice(from, to), mark });
  }
  return found;
}

/** The same pieces, line by line. */
export function lines(pieces: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [[]];
  for (const piece of pieces) {
    piece.text.split("\n").forEach((text, index) => {
      if (index > 0) rows.push([]);
      if (text) rows.at(-1)?.push({ text, mark: piece.mark });
    });
  }
  return rows;
}

function top(marks: readonly Mark[]): Mark | null {
  return marks.reduce<Mark | null>((best, mark) => (best && best.rank >= mark.rank ? best : mark), null);
}
