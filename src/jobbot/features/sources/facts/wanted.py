"""What somebody asks of the facts, checked: a country, a level, a kind of employment, a place by any of its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobbot.features.places.facts import country_named
from jobbot.features.places.gazetteer import readings, subdivisions, wide_regions
from jobbot.features.places.parse import parse
from jobbot.features.places.place import Place, Scale
from jobbot.features.sources.facts.employment import employment_of
from jobbot.features.sources.facts.keys import metro_key, region_key, town_key
from jobbot.features.sources.facts.model import EMPLOYMENTS, SENIORITIES
from jobbot.kernel.errors import InvalidInput

_CODE = 3
"""Words of so few letters are a code and no part of a name: `CA` is not looked for in Chicago."""


@dataclass(frozen=True, slots=True)
class FactsWanted:
    """`places` are keys, one of which a posting must have. `named` is whether the words of a place are looked for in
    the lines of postings too."""

    country: str = ""
    seniority: str = ""
    employment: str = ""
    places: tuple[str, ...] = ()
    named: bool = True

    @property
    def any(self) -> bool:
        return bool(self.country or self.seniority or self.employment or self.places)


def facts_wanted(country: str = "", seniority: str = "", employment: str = "", location: str = "") -> FactsWanted:
    """Raises InvalidInput with what would be right."""
    keys = keys_wanted(location)
    named = not (keys and len(location.strip()) <= _CODE)
    return FactsWanted(_country(country), _level(seniority), _kind(employment), keys, named)


def _country(words: str) -> str:
    if not words.strip():
        return ""
    code = country_named(words.strip())
    if code is None:
        raise InvalidInput(f"country {words!r}: a code such as DE, or a name such as Germany or Deutschland")
    return code


def _level(word: str) -> str:
    plain = word.strip().lower()
    if plain and plain not in SENIORITIES:
        raise InvalidInput(f"seniority {word!r}: one of {', '.join(SENIORITIES)}")
    return plain


def _kind(word: str) -> str:
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    found = plain if plain in EMPLOYMENTS or not plain else employment_of(word)
    if found is None:
        raise InvalidInput(f"employment {word!r}: one of {', '.join(EMPLOYMENTS)}")
    return found


def keys_wanted(location: str) -> tuple[str, ...]:
    """Keys of everything that the words of a place may mean, () where nothing of that name is known."""
    if not location.strip():
        return ()
    places = readings(location) or parse(location).places
    return tuple(dict.fromkeys(key for place in _meant(places) for key in _keys(place)))


def _meant(places: Sequence[Place]) -> list[Place]:
    """Of the towns of one name the likeliest and its rivals; of areas, divisions and countries all."""
    towns = [place for place in places if place.scale is Scale.CITY]
    wide = [place for place in places if place.scale not in (Scale.CITY, Scale.ANYWHERE)]
    return wide + ([towns[0], *towns[0].rivals] if towns else [])


def _keys(place: Place) -> list[str]:
    if place.scale is Scale.CITY:
        return [key for key in (town_key(place.proper, next(iter(place.countries))),) if key]
    if place.scale is Scale.METRO:
        return [key for key in (metro_key(place.proper),) if key]
    if place.scale is Scale.STATE:
        return [subdivisions()[place.state].code]
    wide = wide_regions().get(place.countries)
    return [region_key(wide)] if wide else sorted(place.countries)
