"""The level that a title names, with the words that name it. Pure, and None where a title names none.

A word counts where it stands for a level and not for a trade: a Product Manager manages no one, a Staff Nurse is a
nurse, Lead Generation leads nobody. The words are in `levels.txt`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobbot.features.sources.facts.model import SENIORITIES
from jobbot.features.sources.facts.words import lists

_WORDS = lists("levels.txt")
_PATTERNS = {
    level: re.compile(rf"(?<![\w-])(?:{'|'.join(_WORDS[level])})(?!\w)", re.IGNORECASE)
    for level in reversed(SENIORITIES)
}
_NOT_A_LEVEL = re.compile(rf"\b(?:{'|'.join(_WORDS['not a level'])})\b", re.IGNORECASE)
_MANAGER = re.compile(r"(?:(?P<of>[\w&/]+)[ -])?(?P<word>managers?\b|mgr\b)", re.IGNORECASE)
_NO_ONE = frozenset(_WORDS["manages no one"])
_NUMERAL = re.compile(r"(?<=[a-z]) (?P<number>III|II|I)(?=$|[\s,)(–-])")
_BY_NUMERAL = {"I": "junior", "II": "mid", "III": "senior"}
_HIGH = frozenset({"executive", "director"})


@lru_cache(maxsize=20_000)
def seniority_of(title: str) -> tuple[str | None, str | None]:
    """The level and its words, (None, None) where no word of the title names one.

    >>> seniority_of("Sr. Software Engineer"), seniority_of("Product Manager"), seniority_of("Werkstudent (m/w/d)")
    (('senior', 'Sr.'), (None, None), ('intern', 'Werkstudent'))
    """
    plain = _NOT_A_LEVEL.sub(lambda match: "_" * len(match[0]), title[:300])
    found = {level: match[0].strip() for level, pattern in _PATTERNS.items() if (match := pattern.search(plain))}
    if "manager" not in found and (word := _manager(plain)):
        found["manager"] = word
    if "junior" in found and not found.keys() & _HIGH and "intern" not in found:
        return "junior", found["junior"]
    level = "intern" if "intern" in found else next((level for level in _PATTERNS if level in found), None)
    return (level, found[level]) if level else _numbered(title)


def _manager(title: str) -> str | None:
    """Who manages people; the manager of a product, an account or a project is a trade of its own."""
    for match in _MANAGER.finditer(title):
        if (match["of"] or "").lower() not in _NO_ONE:
            return match["word"]
    return None


def _numbered(title: str) -> tuple[str | None, str | None]:
    """`Engineer II`, for a title that names no level otherwise."""
    numeral = _NUMERAL.search(title[:300])
    return (_BY_NUMERAL[numeral["number"]], numeral["number"]) if numeral else (None, None)
