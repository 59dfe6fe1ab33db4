"""The tokens that places are stored and looked for by: country, division, metropolitan area, town. Pure."""

from __future__ import annotations

from jobbot.features.places.fold import fold
from jobbot.features.places.gazetteer import regions_of
from jobbot.features.sources.facts.model import Facts


def keys_of(facts: Facts) -> str:
    """`|DE|DE-BE|m:berlin brandenburg|c:DE:berlin|r:eu|r:europe|`; "|" where nothing is known.

    The countries that a remote posting names one by one are those of its places too; those of a wide region are not.
    """
    keys: dict[str, None] = {}
    for place in facts.places:
        found = (place.country, place.region_code, metro_key(place.metro), town_key(place.city, place.country))
        keys.update((key, None) for key in found if key)
        keys.update((region_key(name), None) for name in regions_of(place.country or ""))
    scope = facts.remote_scope
    if scope and scope.kind == "countries":
        keys.update((code, None) for code in scope.countries)
        keys.update((region_key(name), None) for code in scope.countries for name in regions_of(code))
    return f"|{'|'.join(keys)}|" if keys else "|"


def region_key(name: str) -> str:
    """Of a region of many countries."""
    return f"r:{name}"


def metro_key(name: str | None) -> str | None:
    """Of a metropolitan area by its proper name."""
    return f"m:{fold(name)}" if name else None


def town_key(name: str | None, country: str | None) -> str | None:
    """Of a town by its name in GeoNames; None where its country is not known."""
    return f"c:{country}:{fold(name)}" if name and country else None
