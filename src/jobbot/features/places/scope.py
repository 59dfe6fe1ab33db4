"""From where a remote posting may be worked: said by its lines of places, its title or its text. Pure.

Rather silent than wrong: a town in a line of places is where the office is, and says nothing of remote work; a name
that several places share decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from jobbot.features.places.clocks import offsets_in
from jobbot.features.places.gazetteer import subdivisions
from jobbot.features.places.model import Offsets, RemoteScope
from jobbot.features.places.parse import parse, way_of_working
from jobbot.features.places.place import Place, Scale

WINDOW = 12_000
"""Characters of a text that are read."""
_NAME = r"[A-ZÀ-Ý](?:[\w'’&-]|\.(?=\w))*"
_AND = r"(?:or|and|the|of|oder|und|ou|et|y|o|e)"
_PLACE = rf"(?P<place>{_NAME}(?:(?:\s?[,/]\s?|\s)(?:{_AND}\s){{0,2}}{_NAME}){{0,11}})"
_LIVE = re.compile(
    r"\b(?:[Mm]ust|[Nn]eed to|[Hh]ave to|[Rr]equired to|[Oo]nly|[Cc]urrently|[Aa]ble to|[Cc]andidates?|"
    r"[Aa]pplicants?|[Yy]ou|[Ww]ohnsitz|[Aa]nywhere|[Rr]emotely?|[Tt]eam members)"
    r"[\s,:]+(?:[\w'’]+\s+){0,4}?(?:(?:be\s+)?(?:located|based|reside|residing|live|living|domiciled)\s+(?:\w+\s+){0,2}?)?"
    rf"(?:in|within)\s+(?:the\s+|der\s+|den\s+)?{_PLACE}"
)
_LIVE_ABROAD = re.compile(
    rf"\b(?:[Rr]ésider|[Bb]asée?|[Rr]esidir|[Rr]esidencia|[Rr]esidente|[Bb]asad[oa]|[Ww]ohnsitz)\s+(?:en|au|in)\s+(?:der\s+)?{_PLACE}"
)
_REMOTE = re.compile(
    r"\b[Rr]emote(?:ly)?(?: work| position| role)?\s*(?:-|–|\(|,|:|in|within|from|across|anywhere in)\s*(?:the\s+)?"
    rf"(?:only\s+)?{_PLACE}"
)
_ONLY = re.compile(
    r"\b[Oo]nly\s+(?:able to\s+)?(?:hir(?:e|ing)|employ|open to|accept\w*|consider\w*)\s+(?:[\w'’]+\s+){0,5}?"
    rf"(?:in|within|from)\s+(?:the\s+)?{_PLACE}"
)
_ANYWHERE = re.compile(
    r"\b(?:(?:work|live|hire|be based|based|remote(?:ly)?|located)\s+(?:from\s+|in\s+)?(?:anywhere|everywhere)"
    r"(?:\s+(?:in|around|across) the world|\s+on earth|\s+you (?:want|like)|(?=[.!,;)\n]))|"
    r"anywhere in the world|work(?:ing)? from everywhere|remote,? worldwide|worldwide remote|"
    r"fully remote \(?worldwide)",
    re.IGNORECASE,
)
_ANCHORS = (
    *(
        (word, _LIVE)
        for word in ("based in", "based within", "located in", "located within", "reside in", "residing in")
    ),
    *(
        (word, _LIVE)
        for word in ("live in", "living in", "reside within", "domiciled in", "must be in", "need to be in")
    ),
    *((word, _LIVE_ABROAD) for word in ("résider", "basé", "residir", "residencia", "residente", "basado", "wohnsitz")),
    *((word, _ONLY) for word in ("only hire", "only hiring", "only open to", "only accept", "only consider")),
    ("remote", _REMOTE),
)
_BEFORE, _AFTER = 90, 160
_TIME = ("UTC", "GMT", " CET", " CEST", " EST", " PST", " EDT", " PDT", "ime zone", "imezone", "overlap", "hours of ")
"""One of these stands in whatever names a time zone; as they are written, for "est" stands in "best"."""
_FEW = 2
"""So few countries are named one by one (`US or Canada`), or a part of one is (`EST`)."""
_NOT_A_SCOPE = re.compile(
    r"\b(?:compan(?:y|ies)|clients?|customers?|headquarter\w*|office|team|investors?)\b", re.IGNORECASE
)


def scope_of(lines: Sequence[str], title: str = "", text: str = "") -> RemoteScope | None:
    """Of a posting that is remote; None where nothing says from where."""
    told = _by_lines(tuple(lines)) or _by_title(title)
    found = told or _by_text(text)
    if found is not None and (found.utc is not None or found.kind == "time zones"):
        return found
    clock = _clock(text) if text else None
    if clock is None:
        return found
    if found is None:
        return RemoteScope("time zones", utc=clock[0], quote=clock[0].quote, start=clock[1], end=clock[2])
    return replace(found, utc=clock[0])


@lru_cache(maxsize=20_000)
def _by_lines(stated: tuple[str, ...]) -> RemoteScope | None:
    """Of the lines that speak of remote work, where any does."""
    lines = [line for line in stated if way_of_working(line) == "remote"] or stated
    clock = next((one for one in map(offsets_in, lines) if one), None)
    places = [place for line in lines for place in parse(line).places if place.scale is not Scale.CITY]
    named = _scope(places, "; ".join(lines), clock)
    if named is None and clock is not None:
        return RemoteScope("time zones", utc=clock, quote=clock.quote)
    return named


def _by_title(title: str) -> RemoteScope | None:
    """`Nurse (Remote, US only)`: what stands beside the word in a title."""
    if not title:
        return None
    for match in re.finditer(r"[(\[][^)\]]*[)\]]|[-–—|,]\s*[^-–—|,]*$", title):
        if way_of_working(match[0]) == "remote" and (found := _by_lines((match[0].strip("()[] -–—|,"),))):
            return found
    return None


def _scope(places: Iterable[Place], quote: str, clock: Offsets | None = None) -> RemoteScope | None:
    sure = [place for place in places if not place.rivals]
    if any(place.scale is Scale.ANYWHERE for place in sure):
        return RemoteScope("anywhere", utc=clock, quote=quote)
    countries = tuple(sorted({code for place in sure for code in place.countries}))
    if not countries:
        return None
    regions = tuple(dict.fromkeys(name for place in sure if (name := _region(place))))
    by_clock = clock is not None and not regions and any(place.scale is Scale.REGION for place in sure)
    kind = "regions" if regions else "time zones" if by_clock else "countries"
    return RemoteScope(kind, countries, regions, clock, quote)


def _region(place: Place) -> str | None:
    if place.scale is Scale.STATE:
        return subdivisions()[place.state].code
    wide = place.scale is Scale.METRO or (place.scale is Scale.REGION and len(place.countries) > _FEW)
    return place.name if wide else None


def _by_text(text: str) -> RemoteScope | None:
    """The first statement of each kind, those about the applicant before those about remote work."""
    if not text:
        return None
    low = text[:WINDOW].lower()
    for word, pattern in _ANCHORS:
        for match in _near(text, low, word, pattern):
            if found := _scope(parse(match["place"]).places, match[0]):
                return replace(found, start=match.start(), end=match.end())
    hinted = "anywhere" in low or "worldwide" in low or "everywhere" in low
    free = _ANYWHERE.search(text, 0, WINDOW) if hinted else None
    return RemoteScope("anywhere", quote=free[0], start=free.start(), end=free.end()) if free else None


def _near(text: str, low: str, word: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches around each place where the word stands: looking for a plain word first spares the pattern the rest."""
    if len(low) != min(len(text), WINDOW):  # a letter that has two in lower case: offsets would be off
        low = text[:WINDOW]
    at = low.find(word)
    while at >= 0:
        start = max(0, at - _BEFORE, text.rfind("\n", 0, at) + 1)
        match = pattern.search(text, start, at + len(word) + _AFTER)
        if (
            match
            and match.end() > at
            and not _NOT_A_SCOPE.search(match[0][: at - match.start()] if at > match.start() else "")
        ):
            yield match
        at = low.find(word, at + len(word))


def _clock(text: str) -> tuple[Offsets, int, int] | None:
    for word in _TIME:
        at = text.find(word, 0, WINDOW)
        while at >= 0:
            start = max(0, at - 40, text.rfind("\n", 0, at) + 1)
            line = text[start : at + 60].partition("\n")[0]
            if (found := offsets_in(line)) is not None:
                begin = text.find(found.quote, start)
                return found, begin, begin + len(found.quote)
            at = text.find(word, at + len(word), WINDOW)
    return None
