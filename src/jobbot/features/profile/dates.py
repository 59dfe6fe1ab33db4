"""Partial ISO dates as JSON Resume has them: `2021`, `2021-04`, `2021-04-30`."""

from __future__ import annotations

import calendar
import re

_SHAPE = re.compile(r"([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_STILL = {
    *("present", "now", "current", "currently", "today", "ongoing", "to date", "heute", "aktuell", "jetzt", "laufend"),
    *(
        "aujourd'hui",
        "présent",
        "actuel",
        "en cours",
        "actualidad",
        "presente",
        "actual",
        "nu",
        "pågående",
        "nuvarande",
    ),
    *("heden", "oggi"),
}


def problem(text: str) -> tuple[str, str] | None:
    """What is wrong with a partial date and what would be right; None when nothing is.

    >>> problem("2021-13")
    ('there is no month 13', 'months go from 01 to 12')
    """
    if text.strip().casefold() in _STILL:
        return "not a date", "for something that still runs leave the end date out"
    match = _SHAPE.fullmatch(text)
    if match is None:
        return "not a date of the form YYYY, YYYY-MM or YYYY-MM-DD", 'write it like "2021", "2021-04" or "2021-04-30"'
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= 12:
        return f"there is no month {month:02d}", "months go from 01 to 12"
    if day is not None and month is not None:
        last = calendar.monthrange(year or 0, month)[1]
        if not 1 <= day <= last:
            return f"there is no day {day:02d} in that month", f"that month has the days 01 to {last}"
    return None


def valid(text: object) -> bool:
    return isinstance(text, str) and problem(text) is None


def before(first: str, second: str) -> bool:
    """Whether partial date `first` is surely earlier than `second`: compared to the precision both have."""
    size = min(len(first), len(second))
    return first[:size] < second[:size]
