"""How many years a phrase asks for, and shares of travel: small numbers in digits and in words."""

from __future__ import annotations

import re

MOST = 40

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "a": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "zehn": 10,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "twee": 2,
    "drie": 3, "två": 2, "tre": 3,
}  # fmt: skip
_NUMBER = r"(?:\d{1,2}(?:[.,]5)?|" + "|".join(_WORDS) + r")"
_BEFORE = re.compile(
    rf"(?<![\w.$€£])({_NUMBER})(?:\s*\(\d{{1,2}}\))?\s*(?:\+|plus|or more)?\s*"
    rf"(?:(?:-|–|—|to|or|bis|à|a|and|through)\s*({_NUMBER})(?:\s*\(\d{{1,2}}\))?\s*(?:\+|plus|or more)?\s*)?"
    r"(?:or more\s*|full\s*|solid\s*|consecutive\s*|recent\s*|additional\s*|-\s*)?$",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\s*(?:old|ago|of age|of history|warranty|contract|fixed|term|program|in business|degree|vesting)\b", re.I
)
_LAST = re.compile(
    r"\b(?:last|past|next|previous|within|over the|under|age of|first|every|coming)\s*(?:the\s*)?$", re.IGNORECASE
)


def years_before(text: str, start: int, end: int) -> float | None:
    """The smallest number of years said right before the word "years" at `start:end`; None where none is.

    >>> text = "three to five years of practice"
    >>> years_before(text, text.index("years"), text.index("years") + 5)
    3.0
    """
    window = text[max(0, start - 42) : start]
    match = _BEFORE.search(window)
    if match is None or _NOT_ASKED.match(text[end : end + 14]) or _LAST.search(window[: match.start()]):
        return None
    numbers = [_value(part) for part in match.groups() if part]
    least = min(numbers)
    return least if 0 < least <= MOST else None


def _value(word: str) -> float:
    return float(_WORDS.get(word.lower(), 0)) or (float(word.replace(",", ".")) if word[0].isdigit() else 0.0)
