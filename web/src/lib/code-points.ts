// The server counts in code points, JavaScript strings in UTF-16 units: an emoji is one there and two here.

export interface Span {
  start: number;
  end: number;
}

/** Turns offsets in code points into offsets in UTF-16 units of `text`. Offsets beyond the end become the end. */
export function unitOffsets(text: string): (codePoint: number) => number {
  const wide: number[] = []; // code point numbers of the characters that take two units, ascending
  let point = 0;
  for (let unit = 0; unit < text.length; unit++, point++) {
    const code = text.codePointAt(unit);
    if (code !== undefined && code > 0xffff) {
      wide.push(point);
      unit++;
    }
  }
  const points = point;
  return (offset) => {
    const clamped = Math.max(0, Math.min(offset, points));
    return clamped + countBelow(wide, clamped);
  };
}

/** `text[start:end]` counted in code points. */
export function sliceByCodePoints(text: string, span: Span): string {
  const at = unitOffsets(text);
  return text.slice(at(span.start), at(span.end));
}

function countBelow(sorted: readonly number[], bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
