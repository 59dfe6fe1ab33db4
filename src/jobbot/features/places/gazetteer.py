"""Finds places by name: cities of 15,000 people or more (GeoNames, CC BY 4.0), countries, states, regions, metros.

Loaded once, when first asked. `keep_in` names the folder where the table of towns may be kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from jobbot.features.places.compile import table
from jobbot.features.places.fold import fold
from jobbot.features.places.languages import names_of_countries
from jobbot.features.places.metros import Metro, centres, metros
from jobbot.features.places.place import COMMUTE_KM, Place, Scale, distance
from jobbot.features.places.regions import ANYWHERE, REGIONS
from jobbot.features.places.subdivisions import Subdivision, elsewhere, north_american

_HERE = Path(__file__).parent
_PREFER = {"US": 4.0, "GB": 2.0, "CA": 1.5, "DE": 1.5, "IN": 1.5, "IE": 2.0, "AU": 1.5}
"""Which of two namesakes an advert means when it says no more: weight on population."""


class Country(NamedTuple):
    code: str
    iso3: str
    continent: str
    currency: str
    names: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """ISO 3166 code -> country."""
    rows = (_HERE / "countries.txt").read_text("utf-8").splitlines()
    parts = (row.split(" ", 4) for row in rows)
    return {p[0]: Country(p[0], p[1], p[2], "" if p[3] == "-" else p[3], tuple(p[4].split("|"))) for p in parts}


_kept: list[Path] = []


def keep_in(folder: Path) -> None:
    """Where the table of towns is kept between runs; without it the table is made in each process."""
    _kept[:] = [folder]


@cache
def _cities() -> dict[str, str]:
    return table(_kept[0] if _kept else None)


_RIVAL = 2.0
"""A namesake of at least half the weight may be meant as well."""
_CENTRE = 3.0
"""The centre of a metropolitan area is meant so much more often than its size alone would say."""


@lru_cache(maxsize=4096)
def cities(name: str) -> tuple[Place, ...]:
    """Cities of that folded name, the likeliest first, each with those that may be meant as well."""
    found = [_city(name, row) for row in _cities().get(name, "").split("|") if row]
    ranked = sorted(found, key=lambda pair: -pair[0])
    return tuple(replace(place, rivals=_rivals(name, place, weight, ranked)) for weight, place in ranked)


def _rivals(name: str, place: Place, weight: float, ranked: list[tuple[float, Place]]) -> tuple[Place, ...]:
    own = weight * _central(name, place)
    return tuple(
        other
        for rank, other in ranked
        if (other.countries, other.state) != (place.countries, place.state)
        and rank * _central(name, other) * _RIVAL > own
    )


def _central(name: str, place: Place) -> float:
    code = next(iter(place.countries))
    written = f"{name},{code},{place.state[3:]}" if code == "US" else f"{name},{code}"
    return _CENTRE if written in centres() else 1.0


def _city(name: str, row: str) -> tuple[float, Place]:
    code, admin, lat, lon, thousands, zone, proper = row.split(",", 6)
    weight = float(thousands) * _PREFER.get(code, 1.0)
    centre = ((float(lat), float(lon)),)
    place = Place(_title(name), Scale.CITY, frozenset({code}), f"{code}-{admin}", centre, COMMUTE_KM, zone, proper)
    return weight, place


def admin_of(name: str, country: str) -> str | None:
    """GeoNames' admin1 of the largest town of that folded name in that country."""
    return next((place.state[3:] for place in cities(name) if country in place.countries), None)


@cache
def subdivisions() -> dict[str, Subdivision]:
    """Country and admin1 of GeoNames (`DE-02`) -> what it is."""
    return {found.key: found for found in (*north_american(), *elsewhere(admin_of))}


@lru_cache(maxsize=4096)
def zone_of(area: str) -> str | None:
    """The time zone of a country (`DE`) or a first division (`US-CA`, GeoNames' code) that has only one."""
    return _cities().get(f"={area}")


def _spelt(city: Place, name: str) -> Place:
    """The city by its name as written, where that has accents: the table has none."""
    written = " ".join(name.split()).strip(".,;:-")
    return city if written.isascii() else replace(city, name=_title(written))


def _title(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split())


@cache
def _codes() -> dict[str, tuple[Place, ...]]:
    """Two-letter codes of states, provinces and countries, which collide (CA, DE, IN)."""
    table: dict[str, list[Place]] = {}
    for division in north_american():
        table.setdefault(division.code[3:].lower(), []).append(_state(division))
    for country in countries().values():
        for key in (country.code, country.iso3):
            table.setdefault(key.lower(), []).append(_country(country))
    table.setdefault("uk", []).append(_country(countries()["GB"]))
    return {code: tuple(dict.fromkeys(found)) for code, found in table.items()}


def _state(division: Subdivision) -> Place:
    return Place(division.name, Scale.STATE, frozenset({division.key[:2]}), division.key)


@cache
def _states() -> dict[str, Place]:
    return {name: _state(division) for division in north_american() for name in division.names}


@cache
def _regions() -> dict[str, Place]:
    """First divisions elsewhere; one that is called like a town of its own country is the town."""
    found = [(name, division) for division in subdivisions().values() for name in division.names]
    table = {name: _state(division) for name, division in found if division.key[:2] not in ("US", "CA")}
    return {name: place for name, place in table.items() if not _has_town(name, place)}


def _has_town(name: str, place: Place) -> bool:
    return any(city.countries == place.countries for city in cities(name))


def _country(country: Country) -> Place:
    return Place(_title(country.names[0]), Scale.COUNTRY, frozenset({country.code}))


@cache
def _country_names() -> dict[str, Place]:
    own = {name: _country(country) for country in countries().values() for name in country.names}
    taken = own.keys() | _states().keys() | _wide().keys() | _cities().keys()
    foreign = ((fold(name), code) for name, code in names_of_countries())
    more = {name: _country(countries()[code]) for name, code in foreign if name not in taken and code in countries()}
    return {**more, **own}


_WORDS = ("asia", "gulf")
"""Short names of regions that are no abbreviations."""


@cache
def _wide() -> dict[str, Place]:
    """Regions and metropolitan areas by folded name."""
    table = {
        name: Place(
            name.upper() if len(name) < 6 and name not in _WORDS else _title(name), Scale.REGION, _members(codes)
        )
        for names, codes in REGIONS.items()
        for name in names.split("|")
    }
    for metro in metros():
        place = _metro(metro)
        for name in metro.names:
            table[name] = replace(place, name=name.upper() if len(name) < 5 else _title(name))
    return table


_MANY = 12
"""A region of more countries has a name of its own where places are looked for; of fewer each country is."""


@cache
def wide_regions() -> dict[frozenset[str], str]:
    """Countries of a wide region -> its first name (`emea`)."""
    found = {_members(codes): names.split("|")[0] for names, codes in REGIONS.items()}
    return {members: name for members, name in found.items() if len(members) > _MANY}


@lru_cache(maxsize=512)
def regions_of(country: str) -> tuple[str, ...]:
    """Names of the wide regions that a country lies in."""
    return tuple(name for members, name in wide_regions().items() if country in members)


def _metro(metro: Metro) -> Place:
    members = [_centre(centre) for centre in metro.centres]
    points = tuple(point for member in members for point in member.centres)
    where = frozenset(code for member in members for code in member.countries)
    one = {(member.state, member.zone) for member in members}
    state, zone = (
        next(iter(one)) if len(one) == 1 else ("", members[0].zone if len({m.zone for m in members}) == 1 else "")
    )
    return Place(metro.name, Scale.METRO, where, state, points, metro.radius, zone, metro.name)


@cache
def areas() -> tuple[Place, ...]:
    """Metropolitan areas that a town may be said to lie in, by their proper names."""
    return tuple(_metro(metro) for metro in metros() if not metro.part)


@lru_cache(maxsize=4096)
def area_of(town: Place) -> str | None:
    """The metropolitan area that a town lies in: the one whose centre is nearest, for its size."""
    near = [(distance(town, area) / area.radius, area.proper) for area in areas() if town.countries <= area.countries]
    found = min(near, default=(2.0, ""))
    return found[1] if found[0] <= 1.0 else None


def _members(codes: str) -> frozenset[str]:
    found: set[str] = set()
    for code in codes.split():
        known = countries().values()
        found |= {c.code for c in known if c.continent == code[:2]} if code.endswith("*") else {code}
    return frozenset(found)


def _centre(text: str) -> Place:
    name, country, *state = text.split(",")
    fits = [p for p in cities(name) if country in p.countries and (not state or p.state == f"US-{state[0]}")]
    if not fits:
        raise LookupError(f"metropolitan area names an unknown city: {text}")
    return fits[0]


@lru_cache(maxsize=512)
def country_of(code: str) -> Place | None:
    """The country of an ISO 3166 code."""
    found = countries().get(code.upper())
    return _country(found) if found else None


def _is_its_state(folded: str, city: Place) -> bool:
    """`Oklahoma` is another name of Oklahoma City too, but says the state; New York and Washington say the city."""
    state = _states().get(folded)
    also = folded in ("new york", "washington") or fold(city.proper) == folded
    return state is not None and state.state == city.state and not also


@lru_cache(maxsize=4096)
def readings(name: str) -> tuple[Place, ...]:
    """Everything a name may mean, likeliest kind first: area, country, state, city, code."""
    folded = fold(name).removeprefix("the ")
    if not folded:
        return ()
    if folded in ANYWHERE:
        return (Place("anywhere", Scale.ANYWHERE),)
    found = [table[folded] for table in (_wide(), _country_names(), _states()) if folded in table]
    if len(folded) <= 3:
        found += _codes().get(folded, ())
    if len(folded) > 2:
        found += [_spelt(place, name) for place in cities(folded) if not _is_its_state(folded, place)]
        found += [_regions()[folded]] if folded in _regions() else []
    return tuple(dict.fromkeys(found))
