"""Text as tokens that must match exactly, and the gaps between them with their strength.

Words keep their inner signs (C++, Node.js, co-founded, R&D), numbers their points and ranges; %, currencies and signs
are tokens of their own. Punctuation is no token: it makes the gap before the next one 1 (a clause may end here) or
2 (a sentence, a list item or a line ends here).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"[^\s@,;()<>|]+@[^\s@,;()<>|]+\.\w+"  # mail
    r"|(?:https?://|www\.)[^\s,;()<>|]*[\w/]"  # address
    r"|\d+(?:[.,:/–-]\d+)*(?:[^\W\d_]+)?\+?"  # number, with its unit or plus where they are joined
    r"|(?<!\w)\.[^\W\d_]\w*"  # .NET
    r"|\w+(?:['’.&-]\w+)*(?:\+\+|[+#])?"  # word
    r"|[^\w\s.,;:!?()\[\]{}'\"“”‘’„«»‹›…/|·•–—‐‑\\_*-]"  # any other sign
    r"|(?<!\S)[-−+](?=\d)"  # a sign before a number
)
_HARD = re.compile(r"[;!?…·•|\n]")
_SOFT = re.compile(r"[,:()\[\]{}–—/.*]|\s-\s|\s-$")
_STOP = re.compile(r"\.[\"”’')\]]*\s")
_ITEM = re.compile(r"[,;/|·•\n]")
_ABBREVIATIONS_NAMES = (
    "approx ca c cf dr prof mr mrs ms st no nr vs etc e.g i.e e.g. i.e. eg ie incl excl max min est resp "
    "dept inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec fig vol ed eds al m.sc b.sc "
    "ph.d"
)
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_NAMES.split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """`words` in comparable form; `gaps[i]` is the strength before word i; `items[i]` whether a list separator stands
    there; `spans[i]` where word i stands in the text."""

    text: str
    words: tuple[str, ...]
    gaps: tuple[int, ...]
    items: tuple[bool, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, start: int, end: int) -> str:
        """The text from word `start` up to before word `end`."""
        if start >= min(end, len(self)):
            return ""
        return self.text[self.spans[start][0] : self.spans[min(end, len(self)) - 1][1]]


def tokenise(text: str) -> Tokens:
    """Tokens of a wording or a line. Linear, never raises."""
    text = unicodedata.normalize("NFC", text)
    words: list[str] = []
    gaps: list[int] = []
    items: list[bool] = []
    spans: list[tuple[int, int]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        gaps.append(_strength(between, words[-1] if words else "", match[0]) if words else 2)
        items.append(bool(_ITEM.search(between)))
        words.append(_comparable(match[0]))
        spans.append(match.span())
        end = match.end()
    return Tokens(text, tuple(words), tuple(gaps), tuple(items), tuple(spans))


def words_of(phrase: str) -> tuple[str, ...]:
    return tokenise(phrase).words


def _strength(between: str, before: str, after: str) -> int:
    if between in (" ", ""):
        return 0
    if _HARD.search(between):
        return 2
    if _STOP.search(between) and before not in _ABBREVIATIONS and len(before) > 1 and not after[:1].islower():
        return 2
    return 1 if _SOFT.search(between) else 0


def _comparable(raw: str) -> str:
    word = raw.casefold().replace("’", "'").replace("−", "-")
    if word[0].isdigit():
        return word.replace("–", "-")
    if word.startswith(("http://", "https://", "www.")):
        return word.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return "and" if word == "&" else word
