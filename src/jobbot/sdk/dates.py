"""Dates as vendors and people write them: a moment in UTC, or what is wrong with it in words.

Read are ISO 8601 (without a zone: UTC; a day alone: its midnight), RFC 822, Unix time in seconds, milliseconds,
microseconds or nanoseconds, days with the month in words (English, German, French, Spanish), `27.03.2026`, and words
that count back from now (`2 days ago`, `vor 3 Tagen`, `il y a 2 jours`, `hace 2 días`, `yesterday`). A day such as
03/04/2026 is two days, and is refused.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

_TICKS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0.0, 1.0))
"""From this number on, so many of it make a second: 1e11 seconds would be the year 5138."""
_LAST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
_ISO_ZONE = re.compile(r"\s?(?:UTC|GMT)$", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?: Uhr)?)?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_IN_WORDS = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s+de)?\s+([a-z]{3,10})\.?,?(?:\s+de)?\s+(\d{4})"
)
_AMERICAN = re.compile(r"(?:[a-z]+,\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = (
    *(("jan", 1), ("ene", 1), ("feb", 2), ("fev", 2), ("mar", 3), ("maer", 3), ("mae", 3), ("mrz", 3), ("apr", 4)),
    *(("avr", 4), ("abr", 4), ("may", 5), ("mai", 5), ("mayo", 5), ("juin", 6), ("jun", 6), ("juil", 7), ("jul", 7)),
    *(("aug", 8), ("aou", 8), ("ago", 8), ("sep", 9), ("set", 9), ("oct", 10), ("okt", 10), ("nov", 11), ("dec", 12)),
    *(("dez", 12), ("dic", 12)),
)
_UNITS = (
    ("minute|minuten|minutes|minutos?|mins?", timedelta(minutes=1)),
    ("hours?|hrs?|h|stunden?|heures?|horas?", timedelta(hours=1)),
    ("days?|d|tage?n?|jours?|dias?|j", timedelta(days=1)),
    ("weeks?|wks?|w|wochen?|semaines?|semanas?", timedelta(weeks=1)),
    ("months?|mos?|monate?n?|mois|mes|meses", timedelta(days=30)),
    ("years?|yrs?|jahre?n?|ans?|anos?", timedelta(days=365)),
)
_AGO = re.compile(
    r"(?:(?:posted|veroffentlicht|publie|publicado|reposted|active)\s+)?(?:(?P<lead>vor|il y a|hace|ha)\s+)?"
    r"(?:about |over |etwa |environ )?"
    r"(?P<n>\d{1,3}|an?|one|einem?|einer|une?|una?)(?P<more>\+?)\s?(?P<unit>[a-z]+)(?P<tail>\s+ago)?"
)
_DAYS = {
    **dict.fromkeys(("today", "heute", "aujourd'hui", "hoy", "just now", "just posted", "now"), 0),
    **dict.fromkeys(("yesterday", "gestern", "hier", "ayer"), 1),
}


def dated(value: Any, now: datetime | None = None) -> tuple[datetime | None, str | None]:
    """The moment in UTC, or None and what is wrong with it; (None, None) where there is nothing. Never raises.

    `now` is when the words were read; without it, words that count back from now cannot be told.
    """
    if value is None or value == "" or isinstance(value, bool):
        return None, None
    if isinstance(value, datetime):
        return _aware(value), None
    if isinstance(value, int | float):
        found = from_ticks(value)
        return found, None if found else f"{value!r} is no time between 1970 and 9999"
    if not isinstance(value, str) or len(value) > 80:
        return None, "the date is neither a text nor a number"
    words = " ".join(value.split())
    return (None, None) if not words else _from_text(words, now)


def from_ticks(value: float) -> datetime | None:
    """Unix time in seconds or a thousandth, millionth or milliardth of it; None for 0 and what is before 1970."""
    if value != value or not 0 < value < 1e20:
        return None
    seconds = value / next(per for least, per in _TICKS if value >= least)
    return datetime.fromtimestamp(seconds, UTC) if seconds < _LAST else None


def _from_text(words: str, now: datetime | None) -> tuple[datetime | None, str | None]:
    if re.fullmatch(r"\d{9,19}(?:\.\d+)?", words):
        return dated(float(words))
    for read in (_iso, _mail, _in_words):
        if found := read(words):
            return found, None
    if _SLASHED.fullmatch(words):
        return _slashed(words)
    counted = _ago(_plain(words))
    if counted is None:
        return None, f"{words!r} is no date that is known here"
    if now is None:
        return None, f"{words!r} counts from a time that is not known"
    then = now.astimezone(UTC) - counted
    whole_days = counted >= timedelta(days=1) or counted == timedelta(0)  # else each reading would be another moment
    return then.replace(hour=0, minute=0, second=0, microsecond=0) if whole_days else then, None


def _aware(moment: datetime) -> datetime | None:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def _iso(words: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(_ISO_ZONE.sub("", words)))
    except ValueError:
        return None


def _mail(words: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(words)) if re.search(r"\d:\d\d", words) and "," in words else None
    except (ValueError, IndexError, OverflowError):
        return None


def _plain(words: str) -> str:
    spelled = words.lower().replace("ä", "ae") if "mär" in words.lower() else words.lower()
    apart = unicodedata.normalize("NFKD", spelled)
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _in_words(words: str) -> datetime | None:
    """A day with its month in words, or in the order that dots stand for."""
    plain = _plain(words)
    if match := _DOTTED.fullmatch(plain):
        day, month, year, hour, minute = (int(part or 0) for part in match.groups())
        return _day(year, month, day, hour, minute)
    if match := _YEAR_FIRST.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _IN_WORDS.fullmatch(plain):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := _AMERICAN.fullmatch(plain):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    return None


def _month(word: str) -> int:
    return next((number for begin, number in _MONTHS if word.startswith(begin)), 0)


def _day(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _slashed(words: str) -> tuple[datetime | None, str | None]:
    """Read where only one order of day and month is possible."""
    one, two, year = (int(part) for part in re.split("[/-]", words))
    days = {day for day in (_day(year, two, one), _day(year, one, two)) if day is not None}
    if len(days) == 1:
        return days.pop(), None
    return None, f"{words!r} may be two days" if days else f"{words!r} is no day"


def _ago(words: str) -> timedelta | None:
    if words in _DAYS:
        return timedelta(days=_DAYS[words])
    match = _AGO.fullmatch(words)
    if match is None or not (match["lead"] or match["tail"] or match["more"] or words.startswith("posted")):
        return None
    unit = next((span for names, span in _UNITS if re.fullmatch(names, match["unit"])), None)
    return unit * (int(match["n"]) if match["n"].isdigit() else 1) if unit else None
