"""Time zones in words: `UTC-3 to UTC+2`, `CET ± 2 hours`, `within 3 hours of EST`. Hours from UTC. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jobbot.features.places.model import Offsets

NAMED = {
    **dict.fromkeys(("UTC", "GMT", "WET"), 0.0),
    **dict.fromkeys(("BST", "WEST", "CET", "MEZ"), 1.0),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST"), 2.0),
    **dict.fromkeys(("EEST", "MSK", "EAT"), 3.0),
    **dict.fromkeys(("GST",), 4.0),
    **dict.fromkeys(("SGT", "HKT", "AWST"), 8.0),
    **dict.fromkeys(("JST", "KST"), 9.0),
    **dict.fromkeys(("AEST",), 10.0),
    **dict.fromkeys(("AEDT",), 11.0),
    **dict.fromkeys(("BRT", "ART"), -3.0),
    **dict.fromkeys(("EDT",), -4.0),
    **dict.fromkeys(("EST", "ET", "CDT", "EASTERN"), -5.0),
    **dict.fromkeys(("CST", "CT", "MDT", "CENTRAL"), -6.0),
    **dict.fromkeys(("MST", "MT", "PDT", "MOUNTAIN"), -7.0),
    **dict.fromkeys(("PST", "PT", "PACIFIC"), -8.0),
}
"""Standard time, but for names that are those of summer time. IST and others that name several zones are not here."""
WIDE = {"european": (0.0, 2.0), "us": (-8.0, -5.0), "north american": (-8.0, -5.0)}
"""Time zones of whole regions: western to eastern European time; Pacific to Eastern (without Alaska and Hawaii)."""

_CODES = "|".join(code for code in NAMED if code.isupper() and len(code) < 5 and code not in ("UTC", "GMT"))
_SIGN = r"[+\-−–]\s?"
_HOURS = rf"{_SIGN}\d{{1,2}}(?::?(?:00|30|45)|\.5)?(?!\d)"
_UTC = rf"(?:UTC|GMT)\s?(?:{_HOURS})?|{_HOURS}"
_ZONE = rf"(?:(?:UTC|GMT)\s?(?:{_HOURS})?|\b(?:{_CODES})\b|\b(?:Eastern|Central|Mountain|Pacific)(?: Standard)? Time\b)"
_TO = r"\s?(?:to|and|through|until|till|bis|à|a|/|-|–|—|→|\.\.\.?)\s?"
_BETWEEN = re.compile(
    rf"(?P<least>(?:UTC|GMT)\s?(?:{_HOURS})?){_TO}(?P<most>{_UTC})|(?P<one>\b(?:{_CODES})\b){_TO}(?P<other>\b(?:{_CODES})\b)"
)
_AROUND = re.compile(
    rf"(?P<zone>{_ZONE})\s?\(?\s?(?:\+\s?/\s?[-−–]|±)\s?(?P<n>\d{{1,2}})(?:\s?(?:hours?|hrs?|h)\b)?\s?\)?"
)
_WITHIN = re.compile(
    rf"(?:within|(?:\+\s?/\s?[-−–]|±))\s?(?P<n>\d{{1,2}})\s?(?:-\s?)?(?:hours?|hrs?|h)\b\s?(?:of|from|to|around)\s(?:the\s)?"
    rf"(?P<zone>{_ZONE})"
)
_OVERLAP = re.compile(
    rf"(?P<n>\d)\+?\s?(?:-\s?)?(?:hours?|hrs?|h)\b(?: of)?(?: \w+){{0,2}} overlap(?:ping)?(?: \w+){{0,3}}? "
    rf"(?P<zone>{_ZONE})"
)
_ALONE = re.compile(
    rf"(?P<zone>{_ZONE})(?=\)|\s?$|\s(?:time ?zones?|zones?|hours|business hours|working hours|work hours))"
)
_WHOLE = re.compile(r"\b(?P<wide>European|US|North American) time ?zones?\b", re.IGNORECASE)
_WORKDAY = 8.0
_FARTHEST = (-12.0, 14.0)


def offsets_in(words: str) -> Offsets | None:
    """The range of offsets that the words ask for, None where they name none. Never raises.

    N hours that have to overlap leave a day of eight hours to begin 8 - N hours earlier or later.
    """
    for match in _BETWEEN.finditer(words):
        ends = [_hours(match[name]) for name in ("least", "most", "one", "other") if match[name]]
        found = _range(min(ends), max(ends), match[0]) if ends[0] != ends[1] else None
        if found:
            return found
    for pattern, slack in ((_AROUND, 0.0), (_WITHIN, 0.0), (_OVERLAP, _WORKDAY)):
        if around := pattern.search(words):
            n = abs(slack - float(around["n"]))
            middle = _hours(around["zone"])
            return _range(max(_FARTHEST[0], middle - n), min(_FARTHEST[1], middle + n), around[0])
    return _one_zone(words)


def _one_zone(words: str) -> Offsets | None:
    if match := _WHOLE.search(words):
        return _range(*WIDE[match["wide"].lower()], match[0])
    if match := _ALONE.search(words):
        return _range(_hours(match["zone"]), _hours(match["zone"]), match[0])
    return None


def _range(least: float, most: float, quote: str) -> Offsets | None:
    inside = _FARTHEST[0] <= least <= most <= _FARTHEST[1]
    return Offsets(least, most, quote.strip()) if inside else None


def _hours(zone: str) -> float:
    """`UTC+5:30` -> 5.5, `CET` -> 1.0, `-3` -> -3.0."""
    word = zone.strip().upper().split(" ")[0]
    if word in NAMED and not re.search(r"\d", zone):
        return NAMED[word]
    found = re.search(r"([+\-−–])\s?(\d{1,2}?)(?::?(00|30|45)|(\.5))?$", zone.strip())
    if found is None:
        return 0.0
    part = int(found[3]) / 60 if found[3] else 0.5 if found[4] else 0.0
    return (1 if found[1] == "+" else -1) * (int(found[2]) + part)


def offset_of(zone: str, at: datetime) -> float | None:
    """Hours from UTC in an IANA time zone at a moment; None for one that is not known here."""
    try:
        away = at.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return away.total_seconds() / 3600 if away is not None else None
