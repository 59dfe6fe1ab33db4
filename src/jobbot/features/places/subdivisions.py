"""First divisions of countries: what GeoNames calls them, their ISO 3166-2 code and their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jobbot.features.places.fold import fold
from jobbot.features.places.regions import PROVINCES, STATES


class Subdivision(NamedTuple):
    """`key` is the country's code and GeoNames' admin1 (`DE-02`), `code` that of ISO 3166-2 (`DE-BY`)."""

    key: str
    code: str
    name: str
    names: tuple[str, ...]


Admin = Callable[[str, str], str | None]
"""GeoNames' admin1 of the largest town of that folded name in that country."""


@cache
def north_american() -> tuple[Subdivision, ...]:
    """The United States and Canada, whose postal codes are in ISO 3166-2 too."""
    found = [_spelled(f"US-{code}", f"US-{code}", name) for code, name in (row.split(":") for row in STATES.split())]
    provinces = (row.split(":") for row in PROVINCES.split())
    return (*found, *(_spelled(f"CA-{number}", f"CA-{code}", name) for code, name, number in provinces))


def _spelled(key: str, code: str, name: str) -> Subdivision:
    plain = name.replace("_", " ")
    title = " ".join(word if word in ("of", "and") else word.capitalize() for word in plain.split())
    return Subdivision(key, code, title, (plain,))


@cache
def rows() -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    """Rows of `subdivisions.txt`: code, name, other names, a town in it."""
    lines = (Path(__file__).parent / "subdivisions.txt").read_text("utf-8").splitlines()
    parts = (line.split("|") for line in lines if not line.startswith("#"))
    return tuple((code, name, tuple(filter(None, more.split(";"))), town) for code, name, more, town in parts)


def elsewhere(admin: Admin) -> list[Subdivision]:
    """Those of `subdivisions.txt` whose town is known."""
    found = []
    for code, name, more, town in rows():
        number = admin(fold(town), code[:2])
        if number is not None:
            names = tuple(dict.fromkeys(fold(word) for word in (name, *more)))
            found.append(Subdivision(f"{code[:2]}-{number}", code, name, names))
    return found
