"""The plain rule that jobbot's reading of adverts is measured against: lines under headings, and a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.must_haves_labels import Said, Span

_PARTS = re.compile(r"(?:\n|[•●▪]|(?<=[.!?;])\s)+")
_TITLE = 60
_MUSTS = re.compile(r"require|qualification|must have|what you('ll| will)? (need|bring)|who you are", re.IGNORECASE)
_WISHES = re.compile(r"preferred|nice.to.have|bonus|desirable|plus", re.IGNORECASE)
_MUST = re.compile(r"\b(must|required|years?)\b", re.IGNORECASE)
_WISH = re.compile(r"\b(preferred|preferably|ideally|a plus|nice to have|bonus)\b", re.IGNORECASE)


def read(text: str) -> Said:
    """Lines and sentences under a heading that says so, and those that say it themselves."""
    musts: list[Span] = []
    wishes: list[Span] = []
    under: list[Span] | None = None
    for start, end in _lines(text):
        line = text[start:end].strip()
        if _is_heading(line):
            under = wishes if _WISHES.search(line) else musts if _MUSTS.search(line) else None
        elif _WISH.search(line):
            wishes.append((start, end))
        elif _MUST.search(line) and under is None:
            musts.append((start, end))
        elif under is not None:
            under.append((start, end))
    return musts, wishes


def _is_heading(line: str) -> bool:
    if len(line) > _TITLE or line[:1] in "-*":
        return False
    says = bool(_MUSTS.search(line) or _WISHES.search(line)) and len(line.split()) <= 5 and line[-1:].isalpha()
    return says or line.endswith(":") or line.istitle() or line.isupper()


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for match in _PARTS.finditer(text):
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if text[at:].strip():
        yield at, len(text)
