"""Cut an advert into the sentences and list items under its headings. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jobbot.features.skills.find import Found
from jobbot.features.skills.lexicon import Section

HEADING_CHARS = 90
FLAT_CHARS = 320
LONGEST = 900
SILENT = frozenset((Section.COMPANY, Section.BENEFITS, Section.LEGAL, Section.PROCESS))

_BULLET = re.compile(r"[ \t]*(?:[•●▪‣◦·○■►✓✔➢*–—-]|\d{1,2}[.)]|[a-z]\))[ \t]+")
_STOP = re.compile(r"[.!?;•●▪‣◦·➢✓][.!?\"”'’)\]]*(?:\s+|(?<=[•●▪‣◦·➢✓]))")
_OPENERS = frozenset('"“([•●▪–-')
_BULLETS = frozenset("•●▪‣◦·➢✓")
_DASHES = re.compile(r"\s[–—*-]\s+(?=[A-Z])")
_STARTERS = re.compile(
    r"[ ](?=[A-Z])(?<=[a-z0-9)%’'] )(?=(?:Minimum|Strong|Good|Excellent|Proficien|Ability|Able to|Experience|Knowledge|"
    r"Bachelor|BSc|BA |Familiarity|Understanding|Working knowledge|Solid|Proven|Basic|Willing|Valid|Fluent|At least|"
    r"Previous|Diploma|Degree|Preferred|Must |Master’?s|Demonstrated|Hands-on|High |Advanced|Certifi|Comfortable|"
    r"Candidates|Attention|Self-|Exceptional|Prior |Are |Have |Possess|Currently)\b)"
)
_ABBREVIATIONS = "e.g i.e etc sr jr mr mrs ms dr vs approx min max incl inc ltd no st z.b bzw u.s ph.d b.sc m.sc ca"
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
_EDGES = " \t\r\xa0*_#:–—-•●▪‣◦·○■►✓✔➢"


class Piece(NamedTuple):
    """A sentence or list item: where, under which heading, whether an item of a list."""

    start: int
    end: int
    section: Section
    item: bool
    headed: bool


def pieces_of(text: str, found: Sequence[Found]) -> Iterator[Piece]:
    """The pieces of `text` in reading order, headings left out."""
    headings = [item for item in found if item[2].section is not None]
    section, headed, at, start = Section.NEUTRAL, False, 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        first = at
        while at < len(headings) and headings[at][0] < end:
            at += 1
        if line and not line.isspace():
            heading = _heading(text, start, end, headings[first:at])
            if heading is not None:
                section, headed = heading, True
            elif _looks_like_heading(line):
                section = _after_unknown(section, line)
            else:
                for piece in _line(text, start, end, headings[first:at], section, headed):
                    section, headed = piece.section, piece.headed
                    if piece.end > piece.start:
                        yield piece
        start = end + 1


def _heading(text: str, start: int, end: int, inside: Sequence[Found]) -> Section | None:
    """The section a short line opens, None where the line is no heading."""
    if not inside or end - start > HEADING_CHARS:
        return None
    line = text[start:end]
    bullet = _BULLET.match(line)
    bare = line.strip(_EDGES)
    if (
        not bare
        or bare[-1] in ".;,"
        or (bullet and not line.rstrip().endswith(":") and not line.lstrip().startswith("**"))
    ):
        return None
    best = max(inside, key=lambda item: item[1] - item[0])
    share = (best[1] - best[0]) / len(bare)
    offset = best[0] - start
    if share >= 0.6 or (share >= 0.3 and line.rstrip(" *_").endswith((":", "…", "...", "?"))):
        return best[2].section
    if bare.isupper() or (bare.istitle() and len(bare.split()) <= 7):
        return best[2].section if share >= 0.25 else None
    return best[2].section if offset <= 4 and share >= 0.45 and len(bare.split()) <= 6 else None


def _looks_like_heading(line: str) -> bool:
    bare = line.strip(_EDGES)
    if len(bare) > 60 or len(bare) < 3 or bare[-1] in ".;,!" or _BULLET.match(line):
        return False
    words = bare.split()
    if line.rstrip(" *_").endswith(":") and len(words) <= 8:
        return True
    return len(words) <= 8 and (
        bare.isupper() or (line.lstrip().startswith(("**", "##")) and line.rstrip().endswith(("**", "#")))
    )


def _after_unknown(section: Section, line: str) -> Section:
    """A heading that is in no lexicon keeps the section of a list it may be a part of, and ends the others."""
    keeps = section in (Section.MUST, Section.NICE, Section.DUTIES, Section.LEGAL, Section.BENEFITS)
    return section if keeps else Section.NEUTRAL


def _line(
    text: str, start: int, end: int, headings: Sequence[Found], section: Section, headed: bool
) -> Iterator[Piece]:
    """The pieces of one line; in a line of running text headings stand inside and change the section from there on."""
    bullet = _BULLET.match(text, start, end)
    item = bullet is not None
    if section in SILENT and (not headings or end - start < FLAT_CHARS):
        yield Piece(start, end, section, item, headed)
        return
    at = bullet.end() if bullet else start
    for heading in headings:
        if heading[0] < at or not _inline(text, heading, start, end):
            continue
        yield from _sentences(text, at, heading[0], section, item, headed)
        section, headed, item = heading[2].section or section, True, False
        at = heading[1]
        yield Piece(at, at, section, item, headed)
    yield from _sentences(text, at, end, section, item, headed)


def _inline(text: str, heading: Found, start: int, end: int) -> bool:
    """Whether a heading phrase inside running text is one: capitalised, and with a colon or at a sentence's start."""
    phrase = text[heading[0] : heading[1]]
    if not phrase[0].isupper():
        return False
    after = text[heading[1] : min(end, heading[1] + 4)]
    if after.lstrip(" *_").startswith(":") or after.startswith((" (", " •", " -", " –")):
        return True
    if end - start < FLAT_CHARS or len(phrase) < 6:
        return False
    before = text[max(start, heading[0] - 3) : heading[0]].rstrip()
    words = [word for word in phrase.split() if len(word) > 3]
    titled = all(word[0].isupper() for word in words) and (len(words) > 1 or phrase.isupper() or len(phrase) > 9)
    follows = after.lstrip()[:1]
    starts = not before or before[-1] in ".!?:)•;" or heading[0] == start
    return titled and (starts or phrase.count(" ") > 0 or phrase.isupper()) and (follows.isupper() or follows.isdigit())


def _sentences(text: str, start: int, end: int, section: Section, item: bool, headed: bool) -> Iterator[Piece]:
    at = start
    for stop, next_start in _stops(text, start, end):
        yield from _trimmed(text, at, stop, section, item, headed)
        at = next_start
    yield from _trimmed(text, at, end, section, item, headed)


def _stops(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where sentences end and the next begins, as (end, next start)."""
    stops = []
    for match in _STOP.finditer(text, start, end):
        at, after = match.span()
        sign = text[at]
        if sign in _BULLETS:
            stops.append((at, after))
            continue
        follower = text[after : after + 1]
        if not (follower.isupper() or follower.isdigit() or follower in _OPENERS) or not follower:
            continue
        if sign == "." and _abbreviated(text, start, at):
            continue
        stops.append((at + len(match.group().rstrip()), after))
    if end - start > FLAT_CHARS:
        stops += [(match.start(), match.end()) for match in _STARTERS.finditer(text, start, end)]
        dashes = [(match.start(), match.end()) for match in _DASHES.finditer(text, start, end)]
        stops += dashes if len(dashes) > 2 else []
        stops.sort()
    return stops


def _abbreviated(text: str, start: int, at: int) -> bool:
    """Whether the full stop at `at` ends an abbreviation or an initial rather than a sentence."""
    word = text[max(start, at - 7) : at].rpartition(" ")[2].lstrip("(").lower()
    return word in _ABBREVIATED or (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int, section: Section, item: bool, headed: bool) -> Iterator[Piece]:
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_•"):
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield Piece(start, cut, section, item, headed)
        start = cut + (text[cut] == " ")
    if end - start > 1:
        yield Piece(start, end, section, item, headed)
