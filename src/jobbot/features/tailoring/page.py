"""The page a document is set on, what was measured on it, and a document before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jobbot.features.tailoring.model import Unit
from jobbot.features.tailoring.press import Printed
from jobbot.features.tailoring.theme import Theme


@dataclass(frozen=True, slots=True)
class Page:
    """What the template needs beside the units."""

    paper: str
    title: str
    author: str
    keywords: tuple[str, ...] = ()
    language: str = "en"

    def data(self, units: Sequence[Unit], theme: Theme, air: float = 0.0) -> dict[str, Any]:
        return {
            "units": [unit.as_data() for unit in units],
            "theme": theme.settings,
            "air": air,
            "paper": self.paper,
            "title": self.title,
            "author": self.author,
            "keywords": list(self.keywords),
            "lang": self.language,
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """Units that may stand on the page with their heights, gap included, at one density."""

    units: tuple[Unit, ...]
    costs: tuple[float, ...]
    theme: Theme
    room: float
    fixed: float


@dataclass(frozen=True, slots=True)
class Made:
    """A document before it is written: its units, its PDF and the page it was set on."""

    units: tuple[Unit, ...]
    printed: Printed
    page: Page
    settings: Theme
    air: float = 0.0
