"""Which characters the fonts of a theme can draw. What they cannot is refused or left out, never printed as boxes."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

_COVERAGE = Path(__file__).parent / "themes" / "fonts" / "coverage.json"


@cache
def _ranges(font: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    table = json.loads(_COVERAGE.read_text("ascii"))[font]
    return tuple(start for start, _ in table), tuple(end for _, end in table)


def missing(text: str, font: str) -> str:
    """The characters of `text` (in NFC) that `font` has no glyph for, each once, in order.

    >>> missing("Zoë 🎉", "IBM Plex Sans")
    '🎉'
    """
    if text.isascii() and text.isprintable():
        return ""  # every bundled font has these
    starts, ends = _ranges(font)
    gone: dict[str, None] = {}
    for character in unicodedata.normalize("NFC", text):
        place = bisect_right(starts, ord(character)) - 1
        if place < 0 or ord(character) > ends[place]:
            gone[character] = None
    return "".join(gone)


LONGEST_WORD = 45
"""Characters without a place to break a line: more would run off the page."""

_BREAK = re.compile(r"[\s/-]+")


def obstacle(text: str, font: str) -> str:
    """Why a text cannot be set, "" when it can."""
    if gone := missing(text.replace("\n", ""), font):
        return f"the bundled fonts have no glyph for {name(gone)}; write it in Latin, Greek or Cyrillic letters"
    longest = max((len(word) for word in _BREAK.split(text)), default=0)
    return f"a word of {longest} characters is longer than a line" if longest > LONGEST_WORD else ""


def name(characters: str) -> str:
    """For messages: the characters with their code points.

    >>> name("🎉")
    '🎉 (U+1F389)'
    """
    return ", ".join(f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in characters[:5])
