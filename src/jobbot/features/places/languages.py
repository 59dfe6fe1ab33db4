"""Names of countries and languages as CLDR (Babel) has them."""

from __future__ import annotations

from functools import cache

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da")
"""The languages in which the name of a country is known."""
_SHORTEST = 4


@cache
def names_of_countries() -> tuple[tuple[str, str], ...]:
    """Name and ISO 3166-1 code of every country in each of `LANGUAGES`; no name of fewer than four letters."""
    from babel import Locale

    return tuple(
        (name, code)
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and len(name) >= _SHORTEST
    )
