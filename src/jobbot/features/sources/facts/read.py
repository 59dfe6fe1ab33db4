"""Facts out of a posting's words. Pure: the same words give the same facts."""

from __future__ import annotations

from collections.abc import Sequence

from jobbot.features.places.facts import NONE, country_named, facts_of
from jobbot.features.places.model import PlaceFact
from jobbot.features.places.parse import way_of_working
from jobbot.features.places.scope import scope_of
from jobbot.features.sources.facts.employment import employment_of
from jobbot.features.sources.facts.model import Facts
from jobbot.features.sources.facts.seniority import seniority_of

VERSION = 2
"""Raised when the same words would give other facts; stored postings then get theirs anew."""


def read(
    title: str,
    locations: Sequence[str] = (),
    *,
    remote: str | None = None,
    country: str | None = None,
    employment_type: str | None = None,
    text: str = "",
) -> Facts:
    """`country` is what the board says beside the lines, by code or name. Never raises."""
    level, words = seniority_of(title)
    return Facts(
        places_of(tuple(locations), country),
        scope_of(locations, title, text) if _is_remote(remote, locations) else None,
        level,
        words,
        employment_of(employment_type, title),
    )


def _is_remote(remote: str | None, locations: Sequence[str]) -> bool:
    return remote == "remote" or (remote is None and any(way_of_working(line) == "remote" for line in locations))


def places_of(locations: tuple[str, ...], country: str | None) -> tuple[PlaceFact, ...]:
    """A country that the board states decides for one line; of several it may be the country of any."""
    stated = country_named(country) if country else None
    known = frozenset({stated}) if stated and len(locations) == 1 else NONE
    alone = [facts_of(line, known) for line in locations]
    named = {fact.country for facts in alone for fact in facts if fact.country} | ({stated} if stated else set())
    if not named or all(fact.confidence != "unsure" for facts in alone for fact in facts):
        return tuple(fact for facts in alone for fact in facts)
    beside = frozenset(named)
    return tuple(fact for line in locations for fact in facts_of(line, known, beside))


def only_country(places: Sequence[PlaceFact]) -> str | None:
    """The country of all places, None where one of them has none or another one."""
    found = {place.country for place in places}
    return next(iter(found)) if len(found) == 1 else None
