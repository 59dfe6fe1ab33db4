"""The language of a posting: the vendor's word for it, else a guess from a sample, else None."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_STATED = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*$")
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
    """Two-letter code (three where there is no shorter). A guess is made from `SAMPLE` characters of the middle."""
    found = _STATED.match((stated or "").strip())
    if found:
        return found[1]
    middle = max(0, len(text) // 2 - SAMPLE // 2)
    sample = text[middle : middle + SAMPLE]
    if len(sample) < FEWEST:
        return None
    if _plainly_english(sample):
        return "en"
    code, likelihood = _identifier().classify(sample)
    return str(code) if likelihood >= SURE else None


def _plainly_english(sample: str) -> bool:
    """One word in eight is among the commonest of English; spares most postings the model."""
    words = sample.lower().split()
    return sum(map(_COMMONEST.__contains__, words)) * 8 >= len(words) > 0


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load, needed only while fetching

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
