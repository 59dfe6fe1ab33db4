"""Rows of a page and its columns.

A column is a stretch of rows with an empty gutter where both sides tell stories of their own. Dates set to the left or
right of what they date, and labels beside their values, look alike at first: there a row belongs together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jobbot.features.profile.understanding.contacts import looks_like_contact
from jobbot.features.profile.understanding.dateranges import has_date
from jobbot.features.profile.understanding.headings import section_of

GUTTER = 11.0
"""Points that stay empty between two columns; a blank is some 3, a tab stop more but not over many rows."""

MIN_ROWS = 4
_SPACED = re.compile(r"(?:\S(?: |  +)){3,}\S")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False


@dataclass(slots=True)
class Row:
    """Words on one baseline, left to right. `y` grows upwards as in PDF."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def y(self) -> float:
        return max(self.words, key=lambda word: word.size).y

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return 2 * sum(len(word.text) for word in self.words if word.bold) > sum(len(word.text) for word in self.words)

    def text(self) -> str:
        parts = [self.words[0].text]
        for before, word in zip(self.words, self.words[1:], strict=False):
            gap, size = word.x0 - before.x1, max(word.size, before.size)
            parts.append(("\t" if gap > 1.8 * size else "  " if gap > 0.8 * size else " ") + word.text)
        text = "".join(parts)
        if _SPACED.fullmatch(text.replace("\t", "  ")):
            return re.sub(r"(?<=\S) (?=\S)", "", text.replace("\t", "  ")).replace("  ", " ")
        return text.replace("  ", " ")


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows that are read one after the other; `beside` for a sidebar."""

    rows: list[Row] = field(repr=False)
    beside: bool = False


def rows_of(words: list[Word]) -> list[Row]:
    """Rows from top to bottom: words whose baselines differ by less than 0.4 of their size."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (-word.y, word.x0)):
        if rows and abs(rows[-1].words[0].y - word.y) <= 0.4 * min(word.size, rows[-1].words[0].size):
            rows[-1].words.append(word)
        else:
            rows.append(Row([word]))
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
    return rows


def flows(rows: list[Row], width: float, depth: int = 0) -> list[Flow]:
    """The flows of a page in reading order: above, main column, below; then what stands beside."""
    found = _gutter(rows, width) if depth < 3 else None
    if found is None:
        return [Flow(rows)] if rows else []
    top, bottom, x = found
    left, right = _split(rows[top:bottom], x)
    main, side = (left, right) if _extent(left) >= _extent(right) else (right, left)
    parts = flows(rows[:top], width, depth + 1) + [Flow(row, False) for row in (main,)]
    parts += flows(rows[bottom:], width, depth + 1)
    return [part for part in parts if not part.beside] + [Flow(side, True)] + [part for part in parts if part.beside]


def _gutter(rows: list[Row], width: float) -> tuple[int, int, float] | None:
    """The best gutter: first row, row after the last, x; None when the rows belong together."""
    candidates = []
    for step in range(int(0.14 * width), int(0.86 * width), 3):
        x = float(step)
        for top, bottom in _runs(rows, x):
            left, right = _split(rows[top:bottom], x)
            if min(len(left), len(right)) >= MIN_ROWS:
                candidates.append((min(len(left), len(right)), bottom - top, top, bottom, x))
    tried: set[tuple[int, int]] = set()
    for _, _, top, bottom, x in sorted(candidates, reverse=True)[:60]:
        if len(tried) > 12:
            break
        left, right = _split(rows[top:bottom], x)
        mark = (sum(len(row.words) for row in left), top)
        if mark not in tried and _apart(left, right):
            return top, bottom, x
        tried.add(mark)
    return None


def _runs(rows: list[Row], x: float) -> list[tuple[int, int]]:
    """Stretches of rows that leave the gutter at x empty."""
    runs, start = [], 0
    for index, row in enumerate([*rows, None]):
        if row is None or any(word.x0 < x + GUTTER / 2 and word.x1 > x - GUTTER / 2 for word in row.words):
            if index - start >= MIN_ROWS:
                runs.append((start, index))
            start = index + 1
    return runs


def _split(rows: list[Row], x: float) -> tuple[list[Row], list[Row]]:
    left = [Row(words) for row in rows if (words := [word for word in row.words if word.x1 <= x])]
    right = [Row(words) for row in rows if (words := [word for word in row.words if word.x1 > x])]
    return left, right


def _apart(left: list[Row], right: list[Row]) -> bool:
    """Whether two sides of a gutter are columns of their own and not rows of one table."""
    side, main = (left, right) if _extent(left) <= _extent(right) else (right, left)
    texts = [row.text() for row in side]
    if sum(has_date(text) for text in texts) > 0.34 * len(texts):
        return False
    told = [row for row, text in zip(side, texts, strict=True) if not section_of(text)]
    levels = [row.y for row in main]
    aligned = sum(any(abs(row.y - y) < 1.5 for y in levels) for row in told)
    if not any(section_of(row.text()) for row in main) and aligned >= 0.85 * len(told):
        return False
    if len(told) < len(texts):
        return True
    if sum(looks_like_contact(text) for text in texts) >= 2 and len(texts) >= 6:
        return True
    return aligned < 0.7 * len(told) and len(side) >= 6


def _extent(rows: list[Row]) -> float:
    """How much text a side holds; the main column holds more."""
    return sum(len(word.text) for row in rows for word in row.words)
