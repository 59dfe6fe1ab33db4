"""Level of a posting against the candidate's. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobbot.features.matching.curve import along
from jobbot.features.matching.titles import LEVEL_NAMES, MID, Title
from jobbot.kernel.fact import Fact

_BY_YEARS = ((1.0, 0.8), (2.0, 1.2), (4.0, 2.0), (7.0, 2.6), (10.0, 3.0))
_ASKED = ((8.0, 3.4), (5.0, 3.0), (3.0, 2.0), (1.0, 1.5))
_FALL = ((0.5, 1.0), (1.0, 0.75), (2.0, 0.35), (3.0, 0.0))
"""x at a distance of so many levels, linear between; 1 up to half a level."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The candidate's levels from `low` to `high`, and years of work (overlaps counted once)."""

    low: float
    high: float
    years: float


def years_worked(roles: Iterable[Fact], today: date) -> float:
    """Years covered by the roles, each month once; a role without a start counts nothing."""
    months: set[int] = set()
    for role in roles:
        if role.start:
            end = _month(role.end, last=True) if role.end else today.year * 12 + today.month - 1
            months.update(range(_month(role.start, last=False), min(end, today.year * 12 + today.month - 1) + 1))
    return len(months) / 12


def _month(partial: str, *, last: bool) -> int:
    year, _, rest = partial.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else (12 if last else 1)
    return int(year) * 12 + month - 1


def standing(held: Iterable[Title], wished: Iterable[Title], years: float) -> Standing:
    """From the newest position, the years, and the levels that the wished roles name."""
    newest = next(iter(held), None)
    by_years = next((level for bound, level in _BY_YEARS if years < bound), 3.3)
    named = newest.level if newest and newest.level_word else 0.0
    anchor = max(named, by_years)
    wishes = [title.level for title in wished if title.level_word]
    return Standing(min([anchor, *wishes]), max([anchor, *wishes]), years)


def level_of(title: Title, asked_years: float | None) -> tuple[float, str]:
    """Level of a posting and what says so: its title, else the years it asks for."""
    if title.level_word:
        return title.level, f'"{title.level_word}" in the title'
    if asked_years is not None:
        return next((level for bound, level in _ASKED if asked_years >= bound), 1.0), f"{asked_years:g} years asked"
    return MID, "no level named"


def closeness(level: float, own: Standing) -> float:
    """1 inside the candidate's levels, falling with the distance to them on either side."""
    gap = max(own.low - level, level - own.high, 0.0)
    return along(gap, _FALL)


def name(level: float) -> str:
    return LEVEL_NAMES[min(len(LEVEL_NAMES) - 1, round(level))]
