"""A location line as facts: town, metropolitan area, region, country, time zone. Remembered by the line. Pure."""

from __future__ import annotations

from functools import lru_cache

from jobbot.features.places.fold import fold
from jobbot.features.places.gazetteer import area_of, cities, readings, subdivisions, zone_of
from jobbot.features.places.model import PlaceFact
from jobbot.features.places.parse import parse
from jobbot.features.places.place import Place, Scale
from jobbot.features.places.regions import NICKNAMES

NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def facts_of(line: str, stated: frozenset[str] = NONE, beside: frozenset[str] = NONE) -> tuple[PlaceFact, ...]:
    """What a line names, one entry for each place, and one that is unsure where it names none. Never raises.

    `stated` are the countries (ISO 3166-1) that the board gives for the posting: they decide between namesakes.
    `beside` are those of the posting's other lines, which only help where the line alone leaves it open.
    """
    return tuple(_fact(line, place, stated, beside) for place in parse(line).places) or (PlaceFact(line),)


def country_named(words: str) -> str | None:
    """ISO 3166-1 code of a country by its code or its name in one of several languages; None for anything else."""
    return next((next(iter(p.countries)) for p in readings(words[:100]) if p.scale is Scale.COUNTRY), None)


def _fact(line: str, place: Place, stated: frozenset[str], beside: frozenset[str]) -> PlaceFact:
    agreed = _agreed(place, stated) if stated else None
    if agreed is None and place.rivals and beside:
        agreed = _agreed(place, beside)
    if agreed is not None:
        return _filled(line, agreed, "sure" if stated else "likely")
    if place.rivals:
        return _shared(line, place)
    lonely = place.scale is Scale.CITY and "," not in line and len(readings(place.name)) > 1
    return _filled(line, place, "likely" if lonely else "sure")


def _agreed(place: Place, known: frozenset[str]) -> Place | None:
    """The reading that lies in one of these countries, as far as there is one."""
    if not place.countries or place.scale is Scale.REGION:
        return None
    return next((one for one in (place, *place.rivals, *_others(place)) if one.countries <= known), None)


def _others(place: Place) -> tuple[Place, ...]:
    alike = readings(place.name) if place.rivals or place.scale is Scale.CITY else ()
    return tuple(one for one in alike if one.scale is place.scale)


def _filled(line: str, place: Place, confidence: str) -> PlaceFact:
    country = next(iter(place.countries)) if len(place.countries) == 1 else None
    division = subdivisions().get(place.state)
    town = place.proper if place.scale is Scale.CITY else _nicknamed(place)
    metro = place.proper if place.scale is Scale.METRO else area_of(place) if town else None
    wide = place.name if place.scale in (Scale.REGION, Scale.ANYWHERE) else None
    return PlaceFact(
        line,
        town,
        metro,
        division.name if division else wide,
        division.code if division else None,
        country,
        _zone(place, country),
        confidence,
    )


def _nicknamed(place: Place) -> str | None:
    """The town that a metropolitan area's short name stands for: `NYC`."""
    named = NICKNAMES.get(fold(place.name)) if place.scale is Scale.METRO else None
    return next((city.proper for city in cities(named) if city.countries <= place.countries), None) if named else None


def _zone(place: Place, country: str | None) -> str | None:
    if place.is_point:
        return place.zone or None
    return (zone_of(place.state) if place.state else None) or (zone_of(country) if country else None)


def _shared(line: str, place: Place) -> PlaceFact:
    """Only what every place of that name has in common."""
    all_ = [_filled(line, one, "unsure") for one in (place, *place.rivals)]

    def same(name: str) -> str | None:
        found = {getattr(one, name) for one in all_}
        return next(iter(found)) if len(found) == 1 else None

    town = (same("city") or place.name) if place.scale is Scale.CITY else None
    return PlaceFact(
        line, town, same("metro"), same("region"), same("region_code"), same("country"), same("time_zone"), "unsure"
    )
