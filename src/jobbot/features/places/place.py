"""What a place is, and whether one lies in another. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
COMMUTE_KM = 50.0
"""How far around a wished town an office may be when no metropolitan area says otherwise."""


class Scale(StrEnum):
    CITY = "city"
    METRO = "metro"
    STATE = "state"
    COUNTRY = "country"
    REGION = "region"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Place:
    """`centres` are (latitude, longitude) in degrees; `radius` in km around each; `countries` are ISO 3166 codes.

    `state` is the country's code and that of its first division in GeoNames. `zone` is the town's time zone (IANA) and
    `proper` its name in GeoNames. `rivals` are other places that the words may as well mean.
    """

    name: str
    scale: Scale
    countries: frozenset[str] = frozenset()
    state: str = ""
    centres: tuple[tuple[float, float], ...] = ()
    radius: float = COMMUTE_KM
    zone: str = field(default="", compare=False)
    proper: str = field(default="", compare=False)
    rivals: tuple[Place, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_point(self) -> bool:
        return self.scale in (Scale.CITY, Scale.METRO)


class Inside(StrEnum):
    """`maybe`: the posting names a wider area that contains the wish."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def distance(one: Place, other: Place) -> float:
    """The shortest way between the centres of two points, in km."""
    return min(kilometres(a, b) for a in one.centres for b in other.centres)


def inside(place: Place, wish: Place) -> Inside:
    """Does `place` (of a posting) lie in `wish`? Two points are compared by distance, else by containment."""
    if wish.scale is Scale.ANYWHERE:
        return Inside.YES
    if place.scale is Scale.ANYWHERE:
        return Inside.MAYBE
    if place.is_point and wish.is_point:
        return (
            Inside.YES
            if distance(place, wish) <= (wish.radius if place.scale is Scale.CITY else max(wish.radius, place.radius))
            else Inside.NO
        )
    if _contains(wish, place):
        return Inside.YES
    return Inside.MAYBE if _contains(place, wish) or _overlap(place, wish) else Inside.NO


def _contains(wide: Place, narrow: Place) -> bool:
    if not narrow.countries or wide.is_point:
        return False
    if wide.scale is Scale.STATE:
        return wide.state == narrow.state and wide.countries == narrow.countries
    return narrow.countries <= wide.countries


def _overlap(one: Place, other: Place) -> bool:
    wide = (Scale.COUNTRY, Scale.REGION)
    return one.scale in wide and other.scale in wide and bool(one.countries & other.countries)
