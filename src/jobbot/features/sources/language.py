"""The language of a posting: the vendor's word for it, else a guess from a sample, else None."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_ENGLISH_WORDS = """
the and to with you your our will are this that from their they them what who which while where when how have has had
been being than then these those such into through across about other within working experience years strong skills
knowledge ability including building understanding degree related required preferred should would must can may more
most both either each every own well only any some
"""
_COMMONEST = frozenset(_ENGLISH_WORDS.split())
"""Common in English and hardly met in other languages that use these letters."""
SAMPLE = 400
FEWEST = 80
SURE = 0.9


def language_of(stated: str | None, text: str) -> str | None:
    """A tag of BCP 47: the language alone, a code of two letters (three where there is no shorter); country and script
    of a vendor's tag are left out. A guess is made from `SAMPLE` characters of the middle."""
    if found := tag_of(stated):
        return found
    middle = max(0, len(text) // 2 - SAMPLE // 2)
    sample = text[middle : middle + SAMPLE]
    if len(sample) < FEWEST:
        return None
    if _plainly_english(sample):
        return "en"
    code, likelihood = _identifier().classify(sample)
    return str(code) if likelihood >= SURE else None


@lru_cache(maxsize=1_000)
def tag_of(stated: str | None) -> str | None:
    """The language that a vendor's word or tag names, None for one that is not known.

    >>> tag_of("en_us"), tag_of("deu"), tag_of("German"), tag_of("zh-Hant-TW"), tag_of("C++")
    ('en', 'de', 'de', 'zh', None)
    """
    from babel.core import get_global, parse_locale

    words = (stated or "").strip().replace("_", "-").lower()
    if words in _named() or not words or len(words) > 40:
        return _named().get(words)
    try:
        language = parse_locale(words, sep="-")[0]
    except ValueError:
        return None
    language = get_global("language_aliases").get(language, language)
    return str(language) if language in _codes() else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(_named().values())


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    """Names of languages in English, German, French and Spanish -> code."""
    from babel import Locale

    found: dict[str, str] = {}
    for own in ("es", "fr", "de", "en"):
        found.update((name.lower(), code) for code, name in Locale(own).languages.items() if "_" not in code)
    return {name: code for name, code in found.items() if len(code) < 4}


def _plainly_english(sample: str) -> bool:
    """One word in eight is among the commonest of English; spares most postings the model."""
    words = sample.lower().split()
    return sum(map(_COMMONEST.__contains__, words)) * 8 >= len(words) > 0


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load, needed only while fetching

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
