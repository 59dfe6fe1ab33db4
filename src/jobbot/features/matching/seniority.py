"""Level of a posting against the candidate's. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobbot.features.matching import titles
from jobbot.features.matching.curve import along
from jobbot.features.matching.titles import LEVEL_NAMES, MID, Title
from jobbot.kernel.fact import Fact

_BY_YEARS = ((1.0, 0.8), (2.0, 1.2), (4.0, 2.0), (7.0, 2.6), (10.0, 3.0))
_ASKED = ((8.0, 3.4), (5.0, 3.0), (3.0, 2.0), (1.0, 1.5))
_FALL = ((0.5, 1.0), (1.0, 0.75), (2.0, 0.35), (3.0, 0.0))
"""x at a distance of so many levels, linear between; 1 up to half a level."""


LEADING = 3.7
"""From this level on a title means leading others."""
OPEN = 1.3
"""How far above its least a posting that names no level is open."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The candidate's levels from `low` to `high`, and years of work (overlaps counted once)."""

    low: float
    high: float
    years: float


def years_worked(roles: Iterable[Fact], today: date) -> float:
    """Years covered by the roles, each month once, those as intern or student half; without a start nothing."""
    full: set[int] = set()
    half: set[int] = set()
    now = today.year * 12 + today.month - 1
    for role in roles:
        if role.start:
            end = min(_month(role.end, last=True), now) if role.end else now
            learning = titles.read(role.position).level == 0.0
            (half if learning else full).update(range(_month(role.start, last=False), end + 1))
    return (len(full) + 0.5 * len(half - full)) / 12


def _month(partial: str, *, last: bool) -> int:
    year, _, rest = partial.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else (12 if last else 1)
    return int(year) * 12 + month - 1


def standing(held: Iterable[Title], wished: Iterable[Title], years: float) -> Standing:
    """From the newest position, the years, and the levels that the wished roles name.

    Who leads stays a leader whatever the years; below that, years and title each name an end of the range.
    """
    newest = next(iter(held), None)
    by_years = next((level for bound, level in _BY_YEARS if years < bound), 3.3)
    named = newest.level if newest and newest.level_word else by_years
    ends = [named - 0.5, named] if named >= LEADING else [named, by_years]
    ends = [max(end, 0.8) for end in ends] + [title.level for title in wished if title.level_word]
    return Standing(min(ends), max(ends), years)


def level_of(title: Title, asked_years: float | None) -> tuple[tuple[float, float], str]:
    """Levels a posting is open to, lowest and highest, and what says so: its title, else the years it asks for."""
    if title.level_word:
        return (title.level, title.level), f'"{title.level_word}" in the title'
    if asked_years is not None:
        low = next((level for bound, level in _ASKED if asked_years >= bound), 1.0)
        return (low, low + OPEN), f"{asked_years:g} years asked"
    return (MID - 0.5, MID + OPEN - 0.5), "no level named"


def closeness(asked: tuple[float, float], own: Standing) -> float:
    """1 where the levels meet, falling with the distance between them on either side."""
    return along(max(own.low - asked[1], asked[0] - own.high, 0.0), _FALL)


def name(level: float) -> str:
    return LEVEL_NAMES[min(len(LEVEL_NAMES) - 1, round(level))]
