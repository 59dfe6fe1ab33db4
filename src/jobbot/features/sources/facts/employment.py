"""The kind of employment, from the vendor's word for it or else the title. Pure, and None rather than a guess.

The words are in `employments.txt`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobbot.features.sources.facts.model import EMPLOYMENTS
from jobbot.features.sources.facts.words import lists

_WORDS = lists("employments.txt")
_PATTERNS = tuple(
    (kind, re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])", re.IGNORECASE))
    for kind, words in _WORDS.items()
    if kind in EMPLOYMENTS
)
_ANOTHER_TRADE = re.compile(rf"\b(?:{'|'.join(_WORDS['another trade'])})\b", re.IGNORECASE)
_HOURS = frozenset({"full_time", "part_time"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_IN_TITLE = frozenset({"volunteer", "apprenticeship", "internship", "freelance", "part_time", "temporary"})
_PLAIN_IN_TITLE = re.compile(
    r"\b(?:full|part)[- ]time\b|\bvollzeit\b|\bteilzeit\b|\btemps plein\b|\bcontract(?:or)?\b|\bbefristet\b|\bcdd\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def employment_of(stated: str | None, title: str = "") -> str | None:
    """One of `EMPLOYMENTS`. The vendor's own word decides; where it names full and part time alike, nothing does.

    >>> employment_of("FullTime"), employment_of("Vollzeit"), employment_of(None, "Praktikum Marketing (m/w/d)")
    ('full_time', 'full_time', 'internship')
    """
    named = _kinds(_CAMEL.sub(" ", (stated or "")[:100]))
    if named:
        return _one(named)
    plain = _ANOTHER_TRADE.sub(" ", title[:300])
    found = [kind for kind in _kinds(plain) if kind in _IN_TITLE]
    found += _kinds(" ".join(_PLAIN_IN_TITLE.findall(plain)))
    return _one(list(dict.fromkeys(found)))


def _kinds(words: str) -> list[str]:
    return [kind for kind, pattern in _PATTERNS if pattern.search(words)] if words.strip() else []


def _one(named: list[str]) -> str | None:
    """What is said of the contract before what is said of the hours; None where two are said alike."""
    contract = [kind for kind in named if kind not in _HOURS]
    if contract:
        return contract[0]
    return named[0] if len(named) == 1 else None
