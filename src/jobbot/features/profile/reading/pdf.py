"""Lines of a PDF: characters with their boxes -> words -> rows -> columns. Runs in the limited process only."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jobbot.features.profile.linkedin import page as page_of_linkedin
from jobbot.features.profile.reading.columns import Row, Word, flows, rows_of
from jobbot.features.profile.reading.lines import Line, Pages, marked, placed, plain

MAX_PAGES = 40
MAX_CHARACTERS = 400_000
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:page|seite|sida|página)\s+\d{1,3}(?:\s*(?:of|von|av|de|sur|/)\s*\d{1,3})?\W*$", re.IGNORECASE
)
_FOOTER = re.compile(r"(?:page|seite|sida|página)?\s*\d{1,3}\s*(?:(?:of|von|de|av|sur|/)\s*\d{1,3})?", re.IGNORECASE)


class Unreadable(Exception):
    """Why a file cannot be read: `code` is a key of `sandbox.REASONS`, `detail` what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def read(data: bytes) -> Pages:
    """Raises Unreadable."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "broken") from None
    pages, notes, pictures, left = [], [], False, MAX_CHARACTERS
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        words = list(_words(page, left))
        left -= sum(len(word.text) for word in words)
        pictures = pictures or any(True for _ in page.get_objects(filter=[3], max_depth=2))
        pages.append((page.get_width(), words))
        if left <= 0:
            notes.append(f"only the first {MAX_CHARACTERS:,} characters were read")
            break
    if len(document) > MAX_PAGES:
        notes.append(f"only the first {MAX_PAGES} of {len(document)} pages were read")
    if sum(len(word.text) for _, words in pages for word in words) < 40:
        raise Unreadable("scanned" if pictures else "empty")
    x = page_of_linkedin.edge(pages)
    if x is not None:
        return Pages(placed(_cut_at(pages, x)), True, tuple(notes), "linkedin")
    return Pages(placed(_lines(pages)), True, tuple(notes))


def _cut_at(pages: list[tuple[float, list[Word]]], x: float) -> Iterator[Line]:
    """Main columns of all pages, then the sidebars: the edge is known."""
    beside: list[Line] = []
    for number, (_, words) in enumerate(pages, 1):
        side, main = page_of_linkedin.sides(words, x)
        yield from _flow_lines(main, number, 0)
        beside.extend(_flow_lines(side, number, 1))
    yield from beside


def _lines(pages: list[tuple[float, list[Word]]]) -> Iterator[Line]:
    """Main columns of all pages first, then what stands beside them: a role may go on over a page break."""
    main: list[Line] = []
    beside: list[Line] = []
    for number, (width, words) in enumerate(pages, 1):
        for index, flow in enumerate(flows(rows_of(words), width)):
            (beside if flow.beside else main).extend(_flow_lines(flow.rows, number, index))
    yield from main
    yield from beside


def _flow_lines(rows: list[Row], page: int, flow: int) -> Iterator[Line]:
    left = min((row.x0 for row in rows), default=0.0)
    right = max((row.x1 for row in rows), default=0.0)
    above: Row | None = None
    for row in rows:
        mark, text = marked(row.text())
        if not text or (above is None and _FOOTER.fullmatch(text)) or _is_footer(text):
            continue
        gap = max(0.0, (above.y - row.y) / row.size - 1.0) if above else 2.0
        first = row.words[1] if mark and len(row.words) > 1 else row.words[0]
        full = row.x1 >= right - 0.13 * (right - left)
        yield Line(
            text, page, 0, round(row.size, 1), row.bold, round(first.x0 - left, 1), full, round(gap, 2), mark, 0, flow
        )
        above = row


def _is_footer(text: str) -> bool:
    """`Page 2 of 3`, alone or after a running title."""
    return len(text) < 90 and bool(_NUMBERED.search(text))


@dataclass(slots=True)
class _Open:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: int


def _words(page: Any, limit: int) -> Iterator[Word]:
    """Words of a page in the order of the file; a word ends at a blank, a gap, or another baseline."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    current: _Open | None = None
    box = [ctypes.c_double() for _ in range(6)]
    for i in range(min(text.count_chars(), limit)):
        character = _character(raw.FPDFText_GetUnicode(text, i))
        if not character.strip():
            if current:
                yield _closed(current, text, raw)
            current = None
            continue
        raw.FPDFText_GetCharBox(text, i, *box[:4])
        raw.FPDFText_GetCharOrigin(text, i, *box[4:])
        x0, x1, x, y = box[0].value, box[1].value, box[4].value, box[5].value
        size = raw.FPDFText_GetFontSize(text, i) * _scale(raw, text, i)
        if current and (abs(y - current.y) > 0.35 * size or not -size < min(x, x0) - current.x1 < 0.22 * size):
            yield _closed(current, text, raw)
            current = None
        if current is None:
            current = _Open(character, x0, x1, y, size, i)
        else:
            current.text += character
            current.x1 = max(current.x1, x1)
    if current:
        yield _closed(current, text, raw)


def _scale(raw: Any, text: Any, index: int) -> float:
    """The text matrix may scale the font size of the file."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, matrix):
        return 1.0
    return float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0


def _closed(word: _Open, text: Any, raw: Any) -> Word:
    flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, word.first, buffer, 128, flags)
    bold = bool(_BOLD.search(buffer.value.decode("latin-1"))) or raw.FPDFText_GetFontWeight(text, word.first) >= 600
    return Word(plain(word.text), word.x0, word.x1, word.y, max(word.size, 1.0), bold)


def _character(code: int) -> str:
    if code in (0x02, 0xFFFE):  # how the library reports a hyphen at the end of a line
        return "-"
    return "" if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
