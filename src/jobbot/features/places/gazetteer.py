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
from jobbot.features.places.place import COMMUTE_KM, Place, Scale
from jobbot.features.places.regions import ANYWHERE, METROS, PROVINCES, REGIONS, STATES

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


@lru_cache(maxsize=4096)
def cities(name: str) -> tuple[Place, ...]:
    """Cities of that folded name, the likeliest first."""
    found = [_city(name, row) for row in _cities().get(name, "").split("|") if row]
    return tuple(place for _, place in sorted(found, key=lambda pair: -pair[0]))


def _city(name: str, row: str) -> tuple[float, Place]:
    code, admin, lat, lon, thousands = row.split(",")
    state = f"{code}-{admin}" if code in ("US", "CA") else ""
    weight = float(thousands) * _PREFER.get(code, 1.0)
    centre = ((float(lat), float(lon)),)
    return weight, Place(_title(name), Scale.CITY, frozenset({code}), state, centre, COMMUTE_KM)


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
    for place, code in [*((p, p.state[3:]) for p in _states().values())]:
        table.setdefault(code.lower(), []).append(place)
    for code, province in (item.split(":")[:2] for item in PROVINCES.split()):
        table.setdefault(code.lower(), []).extend(p for n, p in _states().items() if n == province.replace("_", " "))
    for country in countries().values():
        for key in (country.code, country.iso3):
            table.setdefault(key.lower(), []).append(_country(country))
    table.setdefault("uk", []).append(_country(countries()["GB"]))
    return {code: tuple(dict.fromkeys(found)) for code, found in table.items()}


@cache
def _states() -> dict[str, Place]:
    us = (item.split(":") for item in STATES.split())
    states = {n.replace("_", " "): ("US", f"US-{code}") for code, n in us}
    for _, name, number in (item.split(":") for item in PROVINCES.split()):
        states[name.replace("_", " ")] = ("CA", f"CA-{number}")
    return {n: Place(_title(n), Scale.STATE, frozenset({c}), state) for n, (c, state) in states.items()}


def _country(country: Country) -> Place:
    return Place(_title(country.names[0]), Scale.COUNTRY, frozenset({country.code}))


@cache
def _country_names() -> dict[str, Place]:
    return {name: _country(country) for country in countries().values() for name in country.names}


@cache
def _wide() -> dict[str, Place]:
    """Regions and metropolitan areas by folded name."""
    table = {
        name: Place(name.upper() if len(name) < 6 else _title(name), Scale.REGION, _members(codes))
        for names, codes in REGIONS.items()
        for name in names.split("|")
    }
    for names, centres, radius in METROS:
        members = [_centre(centre) for centre in centres.split("+")]
        points = tuple(point for member in members for point in member.centres)
        where = frozenset(code for member in members for code in member.countries)
        state = members[0].state if len({member.state for member in members}) == 1 else ""
        for name in names.split("|"):
            title = name.upper() if len(name) < 5 else _title(name)
            table[name] = Place(title, Scale.METRO, where, state, points, radius)
    return table


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
        found += [_spelt(place, name) for place in cities(folded)]
    return tuple(dict.fromkeys(found))
