"""The table of metropolitan areas, `metros.tsv`. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple


class Metro(NamedTuple):
    """`centres` as `town,COUNTRY` or `town,US,STATE`; `radius` in km around each; a `part` is never a town's area."""

    name: str
    names: tuple[str, ...]
    centres: tuple[str, ...]
    radius: int
    part: bool
    definition: str


@cache
def metros() -> tuple[Metro, ...]:
    """Every row of the table."""
    lines = (Path(__file__).parent / "metros.tsv").read_text("utf-8").splitlines()
    return tuple(_metro(line) for line in lines if not line.startswith("#"))


def _metro(line: str) -> Metro:
    name, names, centres, radius, kind, definition = line.split("\t")
    return Metro(name, tuple(names.split("|")), tuple(centres.split("+")), int(radius), kind == "part", definition)


@cache
def centres() -> frozenset[str]:
    """Every centre, as the table writes it."""
    return frozenset(centre for metro in metros() for centre in metro.centres)
