"""What a posting carries about where the work is. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CONFIDENCES = ("sure", "likely", "unsure")
KINDS = ("anywhere", "countries", "regions", "time zones")


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place that a line of a posting names; `raw` is the line. None where the line does not say it.

    `region` is the first division (state, province, Land) or, of a line that names none, the wider region (EMEA), and
    `region_code` is ISO 3166-2. `country` is ISO 3166-1 alpha-2, `time_zone` IANA. `confidence` is sure (said by the
    line or by the board), likely (a town named alone whose namesakes are much smaller), or unsure: several places are
    called so, or none is known; then only what all of them share is filled in.
    """

    raw: str
    city: str | None = None
    metro: str | None = None
    region: str | None = None
    region_code: str | None = None
    country: str | None = None
    time_zone: str | None = None
    confidence: str = "unsure"

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Offsets:
    """Hours from UTC, both ends counted; between -12 and 14, `least` <= `most`."""

    least: float
    most: float
    quote: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"least": self.least, "most": self.most, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class RemoteScope:
    """From where remote work may be done, with the words that say so.

    `countries` are ISO 3166-1; `regions` are ISO 3166-2 codes or names of wider regions, whose countries are listed.
    `start` and `end` are offsets into the posting's text, None where a line of places or the title says it.
    """

    kind: str
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    utc: Offsets | None = None
    quote: str = ""
    start: int | None = field(default=None)
    end: int | None = field(default=None)

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "countries": list(self.countries),
            "regions": list(self.regions),
            "utc": self.utc.as_dict() if self.utc else None,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
        }


def scope_from(stored: dict[str, Any] | None) -> RemoteScope | None:
    """What `as_dict` gave."""
    if stored is None:
        return None
    utc = stored["utc"]
    return RemoteScope(
        stored["kind"],
        tuple(stored["countries"]),
        tuple(stored["regions"]),
        Offsets(utc["least"], utc["most"], utc["quote"]) if utc else None,
        stored["quote"],
        stored["start"],
        stored["end"],
    )
