"""Themes are data: sizes, gaps and colours of one Typst template, in `themes/NAME.json`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jobbot.kernel.errors import NotFound

_FOLDER = Path(__file__).parent / "themes"
PAPERS = {"a4": 841.89, "us-letter": 792.0}
"""Height of the papers in points."""

_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "CR", "DO", "GT", "PA", "PR", "SV", "VE"})


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme at one density; `settings` is what the template reads."""

    name: str
    density: str
    font: str
    settings: dict[str, Any] = field(repr=False)

    def gap(self, kind: str) -> float:
        """Points above a unit of that kind."""
        return float(self.settings["gaps"].get(kind, 0.0))

    def stretch(self, kind: str) -> float:
        """How many units of air a gap takes."""
        return float(self.settings["stretch"].get(kind, 0.0))

    @property
    def line(self) -> float:
        """Points from one text line to the next, nearly."""
        return float(self.settings["size"]) * (0.66 + float(self.settings["leading"]))

    def room(self, paper: str) -> float:
        """Points of height between the margins."""
        return PAPERS[paper] - float(self.settings["margin_top"]) - float(self.settings["margin_bottom"])


def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


def load(name: str, density: str = "regular") -> Theme:
    """A theme by name. Raises NotFound naming those there are."""
    if name not in names():
        raise NotFound(f"no template {name!r}; there are: {', '.join(names())}")
    table = _read(name)
    chosen = next(step for step in table["densities"] if step["name"] == density)
    return Theme(name, density, str(table["font"]), {**table, **chosen})


def letter(name: str) -> Theme:
    """The same theme set for a letter: fewer words, more room."""
    base = load(name)
    table = _read(name)["letter"]
    gaps = {**base.settings["gaps"], **table["gaps"]}
    return Theme(name, "letter", base.font, {**base.settings, **table, "gaps": gaps})


@cache
def _read(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return table


def paper_for(country: str, locations: tuple[str, ...]) -> str:
    """US Letter where the posting (or else the candidate's ISO country code) is in a country that uses it, else A4.

    >>> paper_for("SE", ("Austin, TX",)), paper_for("US", ()), paper_for("SE", ("Malmö",))
    ('us-letter', 'us-letter', 'a4')
    """
    if any(_american(place) for place in locations):
        return "us-letter"
    if locations and not all(_vague(place) for place in locations):
        return "a4"
    return "us-letter" if country.upper() in _LETTER_COUNTRIES else "a4"


def _vague(place: str) -> bool:
    return place.strip().casefold() in ("", "remote", "hybrid", "distributed", "anywhere", "worldwide")


def _american(place: str) -> bool:
    words = [part.strip() for part in place.replace(";", ",").replace("-", ",").split(",")]
    return any(_STATES.fullmatch(word) or word.casefold() in _NORTH for word in words)


_NORTH = frozenset(
    {"united states", "usa", "us", "u.s.", "canada", "united states of america", "new york", "san francisco"}
)
_STATES = re.compile(
    r"AL|AK|AZ|AR|CA|CO|CT|FL|GA|HI|ID|IL|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|"
    r"NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|ON|QC|BC|AB"
)
