"""Where each printed line stands on the true pages, read back from the PDF itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pypdfium2

from jobbot.features.tailoring.made.picture import ONE

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as parts of the page, from its upper left corner."""
_DIGITS = 4


class Letter(NamedTuple):
    """One letter or figure of a page, as it compares."""

    sign: str
    page: int
    box: Box


def places(pdf: bytes, lines: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    """Boxes of numbered lines, in the order of the lines: one box for each row of print that a line takes.

    Lines are looked for in their order, by their letters and figures alone; one that is not found has no box.
    """
    letters = _letters(pdf)
    text = "".join(letter.sign for letter in letters)
    found: list[dict[str, Any]] = []
    after = 0
    for number, words in lines:
        wanted = _signs(words)
        at = text.find(wanted, after) if wanted else -1
        if at < 0:
            at = text.find(wanted) if wanted else -1
        if at >= 0:
            after = at + len(wanted)
            found += [_row(number, page, box) for page, box in _rows(letters[at:after])]
    return found


def _letters(pdf: bytes) -> list[Letter]:
    with ONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [letter for page in range(len(document)) for letter in _of_page(document[page], page + 1)]
        finally:
            document.close()


def _of_page(sheet: Any, page: int) -> Iterator[Letter]:
    width, height = sheet.get_size()
    text = sheet.get_textpage()
    for index in range(text.count_chars()):
        signs = _signs(text.get_text_range(index, 1))
        if signs:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            box = (left / width, 1 - top / height, right / width, 1 - bottom / height)
            yield from (Letter(sign, page, box) for sign in signs)


def _signs(text: str) -> str:
    """Letters and figures, folded: a ligature is its letters, capitals and accents do not count."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _rows(letters: Sequence[Letter]) -> Iterator[tuple[int, Box]]:
    """One box for each row of print: a letter that stands below the one before, or on another page, begins the next."""
    page, box = letters[0].page, letters[0].box
    for letter in letters[1:]:
        middle = (letter.box[1] + letter.box[3]) / 2
        if letter.page == page and box[1] <= middle <= box[3]:
            low, high = tuple(map(min, box[:2], letter.box[:2])), tuple(map(max, box[2:], letter.box[2:]))
            box = (low[0], low[1], high[0], high[1])
        else:
            yield page, box
            page, box = letter.page, letter.box
    yield page, box


def _row(number: int, page: int, box: Box) -> dict[str, Any]:
    left, top, right, bottom = (round(min(max(edge, 0.0), 1.0), _DIGITS) for edge in box)
    size: Mapping[str, float] = {"width": round(right - left, _DIGITS), "height": round(bottom - top, _DIGITS)}
    return {"line": number, "page": page, "left": left, "top": top, **size}
