"""What every reader gives: lines in reading order with what the layout tells about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

MAX_LINE = 2000
MARKS = "•●◦○‣▪■□▸►➢➤✓✔❖◆⁃∙·\uf0b7\uf0a7\uf0d8"
_MARK = re.compile(rf"\s*(?:([{MARKS}]|[-–—*+o](?=\s)|[-–—](?=[^\W\d_]))\s*)(?=\S)")
_NUMBERED = re.compile(r"\s*\(?\d{1,2}[.)]\s+(?=[^\W\d])")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_DROP = dict.fromkeys((173, 8203, 8204, 8205, 8288, 65279, 8206, 8207))
_DROP |= dict.fromkeys((*range(9), *range(11, 32), *range(8234, 8239), *range(8294, 8298)))
_DROP |= dict.fromkeys(range(917504, 917632))
_BLANKS = {0x00A0: " ", 0x2007: " ", 0x2009: " ", 0x202F: " ", 0x3000: " ", 0x2028: "\n", 0x2029: "\n"}
_TABLE: dict[int, Any] = {**_LIGATURES, **_DROP, **_BLANKS, 0x2010: "-", 0x2011: "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CV.

    `text` is without its list mark; a wide gap inside a line is a tab. `indent` is the distance of the text from the
    left edge of its column in points (characters in plain text); `full`: it reaches the right edge, so that the next
    line may go on; `gap`: blank space before it, in line heights; `level`: a heading by style (1-6), else 0.
    `start` is its code-point offset in the text of its page.
    """

    text: str
    page: int = 1
    start: int = 0
    size: float = 0.0
    bold: bool = False
    indent: float = 0.0
    full: bool = False
    gap: float = 0.0
    mark: str = ""
    level: int = 0
    flow: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Pages:
    """Lines in reading order; `wrapped` when a line may go on in the next one; notes for the person. `layout` is
    "linkedin" for LinkedIn's own PDF: flow 0 is its main column, flow 1 its sidebar."""

    lines: tuple[Line, ...] = field(repr=False)
    wrapped: bool = True
    notes: tuple[str, ...] = ()
    layout: str = ""

    def as_dict(self) -> dict[str, Any]:
        rows = [[getattr(line, name) for name in Line.__slots__] for line in self.lines]
        return {"lines": rows, "wrapped": self.wrapped, "notes": list(self.notes), "layout": self.layout}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Pages:
        return cls(tuple(Line(*row) for row in data["lines"]), data["wrapped"], tuple(data["notes"]), data["layout"])


def plain(text: str) -> str:
    """Ligatures opened, invisible characters dropped, odd blanks made blanks, composed (NFC)."""
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def marked(text: str) -> tuple[str, str]:
    """The list mark of a line and the rest; ("", text) when there is none.

    >>> marked("• Led a team"), marked("Led - not alone")
    (('•', 'Led a team'), ('', 'Led - not alone'))
    """
    match = _MARK.match(text) or _NUMBERED.match(text)
    if match is None:
        return "", text.strip()
    return match.group().strip(), text[match.end() :].strip()


def placed(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with their offsets: a page's text is its lines joined by newlines, in reading order."""
    ends: dict[int, int] = {}
    result = []
    for line in lines:
        for part in _cut(line.text):
            start = ends.get(line.page, 0)
            ends[line.page] = start + len(part) + 1
            result.append(replace(line, text=part, start=start, mark=line.mark if part is line.text else ""))
    return tuple(result)


def _cut(text: str) -> list[str]:
    """No line is longer than `MAX_LINE`: what follows looks at lines again and again."""
    if len(text) <= MAX_LINE:
        return [text]
    return [text[at : at + MAX_LINE] for at in range(0, len(text), MAX_LINE)]
