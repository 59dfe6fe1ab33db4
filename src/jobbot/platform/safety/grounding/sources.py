"""What of a fact may be said, and where it may be cut.

A fact offers its wording, its organisation, position and attributes, each whole, and its dates in the usual forms.
Only the free wording of bullets and summaries may be shortened, and only where a clause ends; only lists may be picked
from. Where a cut is allowed is decided here once; the parser only follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jobbot.kernel.fact import Fact, FactKind
from jobbot.platform.safety.grounding.tokens import Tokens, tokenise
from jobbot.platform.safety.grounding.words import CONNECTIVES, MONTHS, NOT_MEANS, PRESENT, qualifiers_at

FREE = frozenset({FactKind.BULLET, FactKind.SUMMARY, FactKind.REFERENCE})
PICKED = frozenset({FactKind.SKILL, FactKind.INTEREST})
LISTED = PICKED | {
    FactKind.LANGUAGE,
    FactKind.CERTIFICATE,
    FactKind.AWARD,
    FactKind.PUBLICATION,
    FactKind.CONTACT,
    FactKind.PROJECT,
}
"""Kinds of which several may stand in one sentence, each complete in itself."""
SINGLE_DATE = frozenset(
    {FactKind.EDUCATION, FactKind.CERTIFICATE, FactKind.AWARD, FactKind.PUBLICATION, FactKind.PROJECT}
)
_SAYABLE_NAMES = (
    "location city region countryCode address postalCode network username url studyType area institution "
    "score course group level language fluency issuer awarder publisher keyword role description name "
    "entity"
)
_SAYABLE = frozenset(_SAYABLE_NAMES.split())
"""Attributes that are words of the profile (others are offsets and the like)."""
LEADS = frozenset({"language", "keyword", "course", "group"})
"""Attributes that may open a list item as a wording does."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text of one fact. A piece may begin at `starts` and end before `ends` (word indices)."""

    fact: int
    anchor: str
    kind: str
    tokens: Tokens
    starts: frozenset[int]
    ends: frozenset[int]
    leads: bool
    label: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """All sources of the cited facts, found by the words they may begin with."""

    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]

    def openings(self) -> dict[str, list[tuple[Source, int]]]:
        found: dict[str, list[tuple[Source, int]]] = {}
        for source in self.sources:
            for start in source.starts:
                found.setdefault(source.tokens.words[start], []).append((source, start))
        return found


def material(facts: tuple[Fact, ...]) -> Material:
    return Material(facts, tuple(source for number, fact in enumerate(facts) for source in _of(number, fact)))


def anchor(fact: Fact) -> str:
    """What binds organisation, position and dates to what was done: the group, else the fact itself."""
    return fact.group or fact.pointer or fact.id


def _of(number: int, fact: Fact) -> Iterator[Source]:
    yield from _wording(number, fact)
    for text in dict.fromkeys((fact.organisation, fact.position)):
        yield from _whole(number, fact, text, "field")
    for key, value in fact.attributes:
        if key in _SAYABLE:
            yield from _whole(number, fact, value, "field", leads=key in LEADS, label=key == "group")
    if fact.kind not in FREE:  # when a role ran says nothing of when a deed was done
        for text in _date_forms(fact):
            yield from _whole(number, fact, text, "date")


def _wording(number: int, fact: Fact) -> Iterator[Source]:
    tokens = _tokens(fact.wording)
    if not len(tokens):
        return
    if fact.kind in FREE:
        yield Source(number, anchor(fact), "free", tokens, _free_starts(tokens), _free_ends(tokens), leads=True)
    elif fact.kind in PICKED:
        cuts = frozenset(index for index in range(1, len(tokens)) if tokens.items[index])
        yield Source(number, anchor(fact), "list", tokens, cuts | {0}, cuts | {len(tokens)}, leads=True)
    else:
        yield from _whole(number, fact, fact.wording, "list" if fact.kind in LISTED else "title", leads=True)


def _whole(
    number: int, fact: Fact, text: str, kind: str, *, leads: bool = False, label: bool = False
) -> Iterator[Source]:
    tokens = _tokens(text)
    if len(tokens):
        ends = frozenset({len(tokens)})
        yield Source(number, anchor(fact), kind, tokens, frozenset({0}), ends, leads=leads, label=label)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> Tokens:
    return tokenise(text)


def _free_starts(tokens: Tokens) -> frozenset[int]:
    return frozenset(index for index, gap in enumerate(tokens.gaps) if gap == 2)


def _free_ends(tokens: Tokens) -> frozenset[int]:
    ends = {len(tokens)}
    for index in range(1, len(tokens)):
        if tokens.gaps[index] == 2 or _elaborates(tokens, index):
            ends.add(index)
    return frozenset(ends)


def _elaborates(tokens: Tokens, index: int) -> bool:
    """Whether the clause that begins here tells means, effect or a figure of what went before, so that it may go.

    Only openings known to do so count: a clause of another kind may limit what it follows in ways no list foresees.
    """
    word = tokens.words[index]
    after = tokens.words[index + 1] if index + 1 < len(tokens) else ""
    if word in CONNECTIVES or (word == "by" and after.endswith("ing")):
        return True
    if not tokens.gaps[index]:
        return False
    means = len(word) > 4 and word.endswith("ing") and word not in NOT_MEANS
    figure = word[0].isdigit() and after not in ("of", "in", "out")
    return means or figure or word in ("which", "worth") or (word == "and" and after.endswith("ed"))


def scopes(fact: Fact, tokens: Tokens) -> list[tuple[int, int]]:
    """Ranges of words that stand or fall together when qualifiers are counted: sentences, or items of a list."""
    if not len(tokens):
        return []
    if fact.kind in FREE:
        cuts = [index for index, gap in enumerate(tokens.gaps) if gap == 2]
    elif fact.kind in PICKED:
        cuts = [index for index in range(len(tokens)) if index == 0 or tokens.items[index]]
    else:
        cuts = [0]
    return list(zip(cuts, [*cuts[1:], len(tokens)], strict=True))


def needed(fact: Fact, used: set[int]) -> list[tuple[int, int]]:
    """Qualifiers of the wording, as word ranges, that must be kept when the words `used` are."""
    tokens = _tokens(fact.wording)
    found = []
    for start, end in scopes(fact, tokens):
        marks = list(_qualifiers(tokens, start, end))
        alone = bool(marks) and sum(stop - begin for begin, stop in marks) == end - start
        if alone or any(start <= index < end for index in used) or fact.kind not in FREE | PICKED:
            found += marks
    return found


def _qualifiers(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    index = start
    while index < end:
        length = qualifiers_at(tokens.words, index)
        if length:
            yield index, min(index + length, end)
        index += max(length, 1)


def _date_forms(fact: Fact) -> Iterator[str]:
    """The fact's dates as a person would write them."""
    starts, ends = _forms(fact.start), _forms(fact.end)
    for first in starts:
        for last in ends or (PRESENT if fact.start and not fact.end else ()):
            yield f"{first} – {last}"
            yield f"{first} to {last}"
            if first.isdigit() and last.isdigit():
                yield f"{first}-{last}"
        if not fact.end:
            yield f"since {first}"
    single = fact.kind in SINGLE_DATE or fact.start == fact.end
    for last in ends:
        if single:
            yield last
        yield f"until {last}"


@lru_cache(maxsize=1024)
def _forms(date: str) -> tuple[str, ...]:
    """Forms of a partial ISO date, least exact first."""
    parts = date.split("-")
    if not date or not all(part.isdigit() for part in parts):
        return ()
    year = parts[0]
    forms = [year]
    if len(parts) > 1 and 1 <= int(parts[1]) <= 12:
        names = dict.fromkeys(MONTHS[int(parts[1]) - 1])
        forms += [f"{name} {year}" for name in names] + [f"{year}-{parts[1]}", f"{parts[1]}/{year}"]
        if len(parts) > 2:
            day = str(int(parts[2]))
            forms += [date, *(f"{day} {name} {year}" for name in names), *(f"{name} {day}, {year}" for name in names)]
    return tuple(forms)
