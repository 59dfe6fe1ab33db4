"""Reads the location line of a posting, or a wish: `San Francisco, CA`, `Remote - US`, `Berlin or Munich`, `EMEA`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from jobbot.features.places.fold import fold
from jobbot.features.places.gazetteer import readings
from jobbot.features.places.place import Inside, Place, Scale, distance, inside

_ALTERNATIVES = re.compile(
    r"\s*(?:[;|/•·()\[\]\n+:]|\sl(?=\s)|\s?[-–—]\s|[-–—](?=[A-Z])|\bor\b|\band/or\b|&)\s*", re.IGNORECASE
)
_AND = re.compile(r"\s+\band\b\s+")
_REMOTE = re.compile(
    r"\b(?:remote|remotely|work from home|wfh|telework|telecommute|home[ -]?office|distributed|t[ée]l[ée]travail|"
    r"teletrabajo|remoto|remota|teletrabalho|remot|[àa] distance|smart working|thuiswerk\w*|zdaln\w+|"
    r"fjernarbejde|distans)\b",
    re.IGNORECASE,
)
_HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)
_ONSITE = re.compile(r"\b(?:on-?\s?site|in-?\s?(?:office|person))\b", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:remote(?:ly)?|hybrid|on-?\s?site|in-?\s?(?:office|person)|offices?|hq\d*|headquarters?|only|based|preferred|"
    r"within|in|from|anywhere in|work from home|wfh|telework|telecommute|home ?office|flexible|full[- ]?time|campus|"
    r"m|w|f|mon|tue|wed|thu|fri|locations?|various|multiple|city of|region|citizens?|residents?|eligible|first|"
    r"downtown|friendly|t[ée]l[ée]travail|teletrabajo|remoto|remota|teletrabalho|[àa] distance|"
    r"gro[sß]s?raum|raum|umgebung)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\w-])\d{5}(?:-\d{4})?(?!\w)")
_PART_OF = re.compile(
    r"^(?:central|upper|lower|(?:north|south|east|west|mid)(?:ern)?|northeast(?:ern)?|southwest(?:ern)?|"
    r"northwest(?:ern)?|southeast(?:ern)?)\s+"
)
_AREA = re.compile(r"^(?:greater|metro|metropolitan)\s+|\s+(?:metro(?:politan)?|area|metro area|metropolitan area)$")
_AREA_KM = 60.0


@dataclass(frozen=True, slots=True)
class Location:
    """Places named in a line, the way of working it states (remote, hybrid, onsite or None), and what was not read."""

    raw: str
    places: tuple[Place, ...] = ()
    remote: str | None = None
    unread: tuple[str, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(code for place in self.places for code in place.countries)


@lru_cache(maxsize=20_000)
def parse(line: str) -> Location:
    """Read one line; the same line gives the same answer. Never raises."""
    line = line[:300]
    places: list[Place] = []
    unread: list[str] = []
    for segment in _segments(line):
        found, rest = _read(segment)
        places += found
        unread += rest
    return Location(line, _narrow(places), way_of_working(line), tuple(unread))


def way_of_working(line: str) -> str | None:
    """>>> way_of_working("London, UK / Hybrid"), way_of_working("Remote - US"), way_of_working("Oslo")
    ('hybrid', 'remote', None)
    """
    for pattern, answer in ((_HYBRID, "hybrid"), (_REMOTE, "remote"), (_ONSITE, "onsite")):
        if pattern.search(line):
            return answer
    return None


def _segments(line: str) -> list[str]:
    plain = _NOISE.sub(" ", line).strip()
    whole = fold(plain)
    if whole and readings(whole):
        return [whole if "," in plain else plain]
    segments: list[str] = []
    for part in _ALTERNATIVES.split(line):
        clean = ",".join(piece.strip() for piece in _NOISE.sub(" ", part).split(","))
        if fold(clean):
            known = readings(clean) or not _AND.search(clean)
            segments += [clean] if known else _AND.split(clean)
    return segments


def _read(segment: str) -> tuple[list[Place], list[str]]:
    """Places of one segment: its comma parts are a hierarchy (either way round) where they fit together."""
    parts = [part for part in _POSTCODE.sub(" ", segment).split(",") if fold(part)]
    options = _fenced([_options(part) for part in parts])
    unread = [part.strip() for part, found in zip(parts, options, strict=True) if not found]
    chosen: list[Place] = []
    for number, found in enumerate(options):
        others = [place for other, row in enumerate(options) if other != number for place in row]
        if found:
            after_town = number > 0 and not options[number - 1] and not others
            state = _as_state(parts[number], found) if after_town else None
            chosen.append(state or _best(found, others, alone=len(parts) == 1))
    return chosen, unread


def _fenced(options: list[tuple[Place, ...]]) -> list[tuple[Place, ...]]:
    """Without towns that lie outside of the state or country named beside them: a small town of an unknown name is not
    its large namesake elsewhere (`Dundee, Michigan`)."""
    fences = [row for row in options if row and not any(place.is_point for place in row)]
    named = [row[0] for row in fences if all(place.scale is Scale.STATE for place in row)]
    walls = [wall for row in fences for wall in row if not any(_holds(wall, state) for state in named if wall != state)]
    if not walls or len(options) == 1:
        return options
    return [
        row if row in fences else tuple(p for p in row if not p.is_point or any(_holds(wall, p) for wall in walls))
        for row in options
    ]


_OFTEN_A_COUNTRY = frozenset({"DE", "IN"})
"""Germany and India, whose codes stand after their towns as often as those of Delaware and Indiana."""


def _as_state(code: str, found: tuple[Place, ...]) -> Place | None:
    """`Bridgeville, PA`: behind a town that is not known a code is that of a state, as addresses there are written."""
    plain = code.strip()
    if len(plain) != 2 or not plain.isupper() or plain in _OFTEN_A_COUNTRY:
        return None
    return next((place for place in found if place.scale is Scale.STATE), None)


def _options(part: str) -> tuple[Place, ...]:
    found = readings(part)
    if found:
        return found
    area = _AREA.sub("", fold(part))
    if area != fold(part):
        near = readings(area)
        metro = tuple(place for place in near if place.scale is Scale.METRO)
        return metro or tuple(
            Place(fold(part).title(), Scale.METRO, p.countries, p.state, p.centres, _AREA_KM)
            for p in near
            if p.scale is Scale.CITY
        )
    return _wider(fold(part))


def _wider(words: str) -> tuple[Place, ...]:
    """The state that a part is of (`central texas`), or the country that stands at the end (`acme canada`)."""
    whole = _PART_OF.sub("", words)
    if whole != words:
        return tuple(place for place in readings(whole) if place.scale is Scale.STATE)
    end = words.rpartition(" ")[2]
    named = readings(end) if end != words and len(end) > 3 else ()
    return tuple(place for place in named if place.scale is Scale.COUNTRY)


def _best(found: tuple[Place, ...], others: Iterable[Place], *, alone: bool) -> Place:
    """The reading that fits its neighbours; a city that lies in a named state or country beats everything else.

    Where no neighbour decides, the place has what else it may be as its rivals.
    """
    decided = _by_neighbours(found, list(others))
    if decided is not None:
        return replace(decided, rivals=())
    chosen = next((p for p in found if p.is_point and _well_known(p, found)), found[0]) if alone else found[0]
    return replace(chosen, rivals=_rivals(chosen, found))


def _by_neighbours(found: tuple[Place, ...], neighbours: list[Place]) -> Place | None:
    points = [(sum(_holds(wide, place) for wide in neighbours), place) for place in found if place.is_point]
    held = max(points, key=lambda pair: pair[0], default=(0, None))
    if held[0] and held[1] is not None:
        return held[1]
    for place in found:
        if not place.is_point and any(_holds(place, narrow) for narrow in neighbours if narrow.is_point):
            return place
    for place in found:
        if place.scale is Scale.STATE and any(_holds(wide, place) for wide in neighbours):
            return place
    return None


_NAMED_ALIKE = (Scale.COUNTRY, Scale.STATE)


def _rivals(chosen: Place, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """Namesakes of about the same weight; a state and a country of one name (Georgia) or one code (CA) are too."""
    if chosen.scale is Scale.CITY:
        alike = [place for place in found if place.scale in _NAMED_ALIKE and not _holds(place, chosen)]
        return (*chosen.rivals, *alike)
    if chosen.scale in _NAMED_ALIKE:
        return tuple(place for place in found if place.scale in _NAMED_ALIKE and place != chosen)
    return ()


def _holds(wide: Place, narrow: Place) -> bool:
    return not wide.is_point and wide.scale is not Scale.ANYWHERE and inside(narrow, wide) is Inside.YES


def _well_known(city: Place, found: tuple[Place, ...]) -> bool:
    """`New York` and `Washington` alone are cities; `Georgia` alone is not."""
    states = {place.state for place in found if place.scale is Scale.STATE}
    return bool(states) and fold(city.name) in ("new york", "washington") and found[0].scale is not Scale.COUNTRY


def _narrow(places: list[Place]) -> tuple[Place, ...]:
    """Without areas that only say where a named town lies, and without the same town twice."""
    kept: list[Place] = []
    for place in dict.fromkeys(places):
        contains = any(other is not place and _holds(place, other) and other.scale != place.scale for other in places)
        twin = any(place.is_point and other.is_point and distance(place, other) < 1 for other in kept)
        if not contains and not twin:
            kept.append(place)
    return tuple(kept)
