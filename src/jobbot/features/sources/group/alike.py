"""Whether two postings are copies of one advert, and what shows it. Pure.

Employer and title alone never do: teams of one employer look for the same role in different words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from jobbot.features.sources.company import folded
from jobbot.features.sources.group.prints import Prints, letters, words

NEAR = 0.85
"""Texts of one employer's role whose shingles have this Jaccard index are one advert (`./run eval duplicates`)."""
TAIL = 3
"""Words at the end of an excerpt that need not stand in the whole: "read more ..."."""
SAME_PAGE = 0.5
"""Two texts on one page may differ by what a feed leaves out or adds."""
SHORTER = 0.7
"""A text with fewer letters than this share of the other's is at most an excerpt of it; its words are not counted."""


class Sort(StrEnum):
    """What kind of thing shows that two postings are one advert."""

    TEXT = "same text"
    NEAR = "nearly the same text"
    PAGE = "same page"
    EXCERPT = "an excerpt"
    ROLE = "same employer, title and place"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows it; `value` is the Jaccard index of texts that are near, 0-1."""

    sort: Sort
    says: str
    value: float | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.sort.value, "says": self.says, "value": self.value}


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a posting is compared. `words` is its text, only needed where prints of the text differ; `board` is its
    source and board, `employer` the normal form of the employer's name, "" where nobody is named."""

    id: str
    prints: Prints
    role: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    words: str = ""
    owner: str | None = None
    board: tuple[str, str] = ("", "")
    employer: str = ""

    @property
    def silent(self) -> bool:
        """It has no text that could be compared."""
        return self.prints.text is None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two are one advert. A `firm` one joins what both belong to; another only says where one may be added,
    when there is just one such place."""

    evidence: tuple[Evidence, ...] = ()
    firm: bool = False

    def __bool__(self) -> bool:
        return bool(self.evidence)


NO = Verdict()


def compare(one: Seen, other: Seen) -> Verdict:
    """Symmetric; rests on nothing but the two."""
    same_role = one.prints.role is not None and one.prints.role == other.prints.role
    page = _page(one, other)
    if one.prints.text and one.prints.text == other.prints.text and (same_role or _related(one, other)):
        return Verdict((Evidence(Sort.TEXT, "the same text, word for word"), *page), True)
    if not same_role and not page:
        return NO
    if one.silent or other.silent:
        return _without_text(one, other, page, same_role=same_role)
    return _by_words(one, other, page, same_role=same_role)


@lru_cache(maxsize=256)
def shingles(text: str) -> frozenset[int]:
    """Hashes of every three words that follow one another; of one process only."""
    said = words(text)
    return frozenset(map(hash, zip(said, said[1:], said[2:], strict=False)))


def overlapping(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a place of one is a place of the other, by its first part: "Berlin" and "Berlin, Germany"."""
    return not {folded(place).partition(",")[0].strip() for place in one}.isdisjoint(
        folded(place).partition(",")[0].strip() for place in other
    )


def _related(one: Seen, other: Seen) -> bool:
    """One employer, one title, or nobody named: agencies put one text under other titles for other employers."""
    return one.role == other.role or one.employer == other.employer or "" in (one.employer, other.employer)


def _page(one: Seen, other: Seen) -> tuple[Evidence, ...]:
    """One address for one role; an address alone may be that of all postings of an employer."""
    if one.prints.url is None or one.prints.url != other.prints.url or one.role != other.role:
        return ()
    return (Evidence(Sort.PAGE, "they lead to the same page"),)


def _by_words(one: Seen, other: Seen, page: tuple[Evidence, ...], *, same_role: bool) -> Verdict:
    alike = _jaccard(one.words, other.words)
    if alike >= NEAR and same_role:
        said = Evidence(Sort.NEAR, f"nearly the same text (Jaccard index of its shingles {alike:.2f})", round(alike, 2))
        return Verdict((said, *page), True)
    if page and alike >= SAME_PAGE:
        return Verdict(page, True)
    if (page or (same_role and overlapping(one.places, other.places))) and _excerpt(one.words, other.words):
        said = Evidence(Sort.EXCERPT, "the shorter text stands in the longer one, word for word")
        return Verdict((said, *(page or _role(one, other))), bool(page))
    return NO


def _jaccard(one: str, other: str) -> float:
    """0 where one is too short to be near."""
    short, long = sorted((len(one), len(other)))
    if short < SHORTER * long:
        return 0.0
    a, b = shingles(one), shingles(other)
    return len(a & b) / max(1, len(a | b))


def _excerpt(one: str, other: str) -> bool:
    """Whether the shorter text is a stretch of the longer. What is in both but not in one piece is no excerpt: teams
    of one employer tell of the same house."""
    short, long = sorted((one, other), key=len)
    return letters(" ".join(short.split()[:-TAIL])) in letters(long)


def _without_text(one: Seen, other: Seen, page: tuple[Evidence, ...], *, same_role: bool) -> Verdict:
    """One of them is a title with hardly a text: a page says it, else employer, title and place together. Two of one
    board are two openings then, for nothing says otherwise."""
    if page:
        return Verdict(page, True)
    if not same_role or one.board == other.board or not overlapping(one.places, other.places):
        return NO
    return Verdict(_role(one, other), firm=one.silent and other.silent)


def _role(one: Seen, other: Seen) -> tuple[Evidence, ...]:
    shared = [place for place in (*one.places, *other.places) if overlapping((place,), one.places)]
    both = min(
        (place for place in shared if overlapping((place,), other.places)), key=lambda place: (len(place), place)
    )
    return (Evidence(Sort.ROLE, f"the same employer, the same title, and {both} in both"),)
