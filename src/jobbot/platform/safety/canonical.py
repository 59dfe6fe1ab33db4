"""One canonical form for every text that comes from outside.

Normal form C, without what cannot be seen: format characters, tags, variation selectors, bidi controls, zero-width,
private-use, unassigned, surrogates, controls. Joiners stay where writing needs them: a single one between two emoji,
or two letters of an Indic or Arabic script. Blanks are collapsed per line, blank lines to one, and the length is
capped. What was taken out is counted by kind, so that a reader can be told.

>>> canonical_text("pay\\u200b  now\\u202e!").text
'pay now!'
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

LIMIT = 200_000
"""Most code points of one text; far above any honest advert."""

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ODD_NEWLINES = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]{1,3}")
_C1 = re.compile("[\u0080-\u0084\u0086-\u009f]")
_ODD = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANKS = re.compile(f"[{_ODD}][ {_ODD}]*| [ {_ODD}]+")
_LINES = re.compile("\n+")
_EDGES = re.compile(" \n ?|\n ")
_EMPTY_LINES = re.compile("\n{3,}")

_JOINERS = "\u200c\u200d"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = frozenset("\u200b\u2060\ufeff\u180e\u2061\u2062\u2063\u2064")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
"""Letters and marks that draw nothing at all."""

_PLAIN = bytes([10, *range(32, 127)])
"""What of ASCII can be seen, and the end of a line: most of a text, which is left out before the rest is looked at."""
_UNSEEN = re.compile(f"[{''.join(sorted(_BLANK_LETTERS))}\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What counts as printable and draws nothing: blank letters and variation selectors."""

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_ARABIC = "\u0620-\u065f\u066e-\u06d5\u06fa-\u06ff\u0750-\u077f\u0870-\u0887\u08a0-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff"
_INDIC = "\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u17d3"
_JOINED = re.compile(
    "|".join(f"([{script}])[{_JOINERS}]+(?=[{script}])" for script in (_EMOJI, _ARABIC, _INDIC)) + f"|[{_JOINERS}]+"
)


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """The text, and how many characters of which kind were taken out (`cut`: beyond the cap)."""

    text: str
    stripped: Mapping[str, int] = field(default_factory=dict)


def canonical_text(text: str, limit: int = LIMIT) -> CanonicalText:
    """Canonical form of `text`, at most `limit` code points. Idempotent and linear."""
    if _is_canonical(text):
        text = text.strip(" \n")
        return CanonicalText(text) if len(text) <= limit else _cut(text, limit, Counter())
    stripped: Counter[str] = Counter()
    text = _strip(repaired(text), stripped)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _joiners(text, stripped))
    if "  " in text or not text.replace("\n", "").isprintable():
        text = _BLANKS.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = _EDGES.sub("\n", text)
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    text = text.strip(" \n")
    return _cut(text, limit, stripped)


def _cut(text: str, limit: int, stripped: Counter[str]) -> CanonicalText:
    if len(text) > limit:
        stripped["cut"] = len(text) - limit
        text = text[:limit].rstrip(" \n" + _JOINERS)
    return CanonicalText(text, dict(stripped))


def _is_canonical(text: str) -> bool:
    """Whether only its ends may need a trim: true of most texts of western Europe, and much quicker to ask.

    What can be printed holds no control, format character or odd blank; what Windows-1252 can write besides has no
    variation selectors, blank letters or combining marks, and other texts are asked for these.
    """
    if "  " in text or " \n" in text or "\n " in text or "\n\n\n" in text:
        return False
    try:
        odd = text.encode().translate(None, _PLAIN).decode()
    except UnicodeEncodeError:  # half a character
        return False
    if not odd.isprintable():
        return False
    try:
        odd.encode("cp1252")
        return True
    except UnicodeEncodeError:
        return not _UNSEEN.search(text) and unicodedata.is_normalized("NFC", text)


def canonical_line(text: str, limit: int = 2_000) -> str:
    """Canonical form of a title, a name or a place: one line."""
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= limit:
        return text.strip()
    return canonical_text(_LINES.sub(" ", canonical_text(text).text), limit).text


def _strip(text: str, stripped: Counter[str]) -> str:
    """Take out what cannot be seen, but for joiners; make every kind of line end a newline."""
    chars = set(text)
    if not chars.isdisjoint(_ODD_NEWLINES):
        text = _NEWLINES.sub("\n", text)
        chars -= _ODD_NEWLINES
    removed = {char: kind for char in chars if (kind := _kind(char))}
    if not removed:
        return text
    if len(removed) < 64:
        for char, kind in removed.items():
            stripped[kind] += text.count(char)
    else:  # counting each would cost a pass per character
        stripped.update(removed[char] for char in text if char in removed)
    return text.translate(dict.fromkeys(map(ord, removed)))


def repaired(text: str) -> str:
    """Text whose UTF-8 somebody took for Latin-1, read rightly. Its C1 controls give it away: no honest text has them.

    >>> repaired("we\\u00e2\\u0080\\u0099re")
    'we’re'
    """
    for _ in range(3):
        if text.isascii() or not _C1.search(text):
            return text
        text = _MISREAD.sub(_reread, text)
    return text


def _reread(match: re.Match[str]) -> str:
    if not _C1.search(match[0]):
        return match[0]
    for end in range(len(match[0]), 1, -1):
        try:
            return match[0][:end].encode("latin-1").decode("utf-8") + match[0][end:]
        except UnicodeDecodeError:
            continue
    return match[0]


def invisible(text: str) -> dict[int, None]:
    """The code points of `text` that may not stay, as a table for `str.translate`."""
    return {ord(char): None for char in set(text) if char not in _ODD_NEWLINES and _kind(char)}


def _joiners(text: str, stripped: Counter[str]) -> str:
    """Keep one joiner between two letters that may be joined, drop the others."""
    if "\u200c" not in text and "\u200d" not in text:
        return text
    kept = _JOINED.sub(_join, text)
    if len(kept) != len(text):
        stripped["zero_width"] += len(text) - len(kept)
    return kept


def _join(match: re.Match[str]) -> str:
    return match[0][:2] if match.lastindex else ""


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    """Why a character may not stay; "" where it may."""
    code = ord(char)
    if char in _JOINERS or char in "\n\t":
        return ""
    if char in _BIDI:
        return "bidi"
    if 0xE0000 <= code <= 0xE007F:
        return "tag"
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F:
        return "variation_selector"
    if char in _ZERO_WIDTH:
        return "zero_width"
    if char in _BLANK_LETTERS:
        return "blank_letter"
    return _CATEGORIES.get(unicodedata.category(char), "")


_CATEGORIES = {
    "Cc": "control",
    "Cf": "format",
    "Cn": "unassigned",
    "Co": "private_use",
    "Cs": "surrogate",
}
