"""Cut an advert into the sentences and list items under its headings. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jobbot.features.skills.find import Found
from jobbot.features.skills.headings import (
    BULLET,
    EDGES,
    FLAT_CHARS,
    HEADING_CHARS,
    heading_of,
    inside_line,
    looks_like_heading,
)
from jobbot.features.skills.lexicon import Section

LONGEST = 900
ITEM = 140
"""Longest line that is taken for an item of a list without signs."""
_TELLING = re.compile(
    r"\s*(?:we|our|you(?:['’]ll| will)|this|these|the|it|if|please|in this|for|as an?|at|apply|join|why|what|base|"
    r"salary|pay|job type|location|http|offices|\()\b",
    re.IGNORECASE,
)
"""How a line begins that is no item of a list of demands."""
LASTING = frozenset((Section.MUST, Section.NICE, Section.DUTIES, Section.LEGAL, Section.BENEFITS))
"""Sections that an unknown subheading does not end."""

SILENT = frozenset((Section.COMPANY, Section.BENEFITS, Section.LEGAL, Section.PROCESS))

_STOP = re.compile(r"[.!?;•●▪‣◦·➢✓][.!?\"”'’)\]]*(?:\s+|(?<=[•●▪‣◦·➢✓]))")
_OPENERS = frozenset('"“([•●▪–-')
_BULLETS = frozenset("•●▪‣◦·➢✓")
_DASHES = re.compile(r"\s[–—*-]\s+(?=[A-Z])")
_JOINED_WORDS = """
years year yrs of work relevant in with a an the their our your prior previous proven and or to for at by on is are
professional practical equivalent related as
"""
_JOINING = frozenset(_JOINED_WORDS.split())
_SPACED = re.compile(r" {2,}(?=[A-Z0-9])")
_STARTERS = re.compile(
    r"[ ](?=[A-Z])(?<=[a-z0-9)%’'] )(?=(?:Minimum|Min |Strong|Good|Excellent|Proficien|Ability|Able to|Experience|"
    r"Knowledge|Bachelor|BSc|BA |Familiarity|Understanding|Working knowledge|Solid|Proven|Basic|Willing|Valid|Fluent|"
    r"At least|Previous|Diploma|Degree|Preferred|Must |Master’?s|Demonstrated|Hands-on|High |Advanced|Certifi|"
    r"Comfortable|Candidates|Attention|Self-|Exceptional|Prior |Are |Have |Possess|Currently)\b)"
)
_ABBREVIATIONS = (
    "e.g i.e etc sr jr mr mrs ms dr vs approx min max incl inc ltd no st z.b bzw u.s ph.d b.sc m.sc ca mind "
    "inkl evtl ggf usw d.h u.a env ej p.ej máx mín"
)
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())


class Piece(NamedTuple):
    """A sentence or list item: where, under which heading, whether an item of a list."""

    start: int
    end: int
    section: Section
    item: bool
    headed: bool


def pieces_of(text: str, found: Sequence[Found]) -> Iterator[Piece]:
    """The pieces of `text` in reading order, headings left out.

    A heading stands in one line: "Preferred qualifications" before an item that begins with "Experience" is no
    "qualifications experience".
    """
    headings = [item for item in found if item[2].section is not None and "\n" not in text[item[0] : item[1]]]
    section, headed, at, start = Section.NEUTRAL, False, 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        first = at
        while at < len(headings) and headings[at][0] < end:
            at += 1
        if line and not line.isspace():
            short = end - start <= HEADING_CHARS and (line[0] != "•" or line[-1] == ":")
            heading = heading_of(text, start, end, headings[first:at]) if short else None
            if heading is not None:
                section, headed = heading, True
            elif short and looks_like_heading(line):
                section = section if section in LASTING else Section.NEUTRAL
            else:
                for piece in _line(text, start, end, headings[first:at], section, headed):
                    section, headed = piece.section, piece.headed
                    if piece.end > piece.start:
                        yield piece
        start = end + 1


def _line(text: str, start: int, end: int, headings: Sequence[Found], section: Section, headed: bool) -> list[Piece]:
    """The pieces of one line; in a line of running text headings stand inside and change the section from there on."""
    bullet = BULLET.match(text, start, end)
    item = bullet is not None or (headed and section in (Section.MUST, Section.NICE) and _unmarked(text, start, end))
    if section in SILENT and (not headings or end - start < FLAT_CHARS):
        return [Piece(start, end, section, item, headed)]
    at = bullet.end() if bullet else start
    flat = end - start > FLAT_CHARS
    labelled = flat or (headings and text.find(":", at, end) >= 0)
    if not labelled and _STOP.search(text, at, end) is None:
        return _trimmed(text, at, end, section, item, headed)
    pieces: list[Piece] = []
    listed = item and not flat  # the label of an item ("Background: ...") names the item, and nothing after it
    was = section
    for first, last, opened in inside_line(text, start, end, headings) if labelled else ():
        if first < at or (listed and opened is Section.COMPANY):
            continue
        listed = listed and opened not in SILENT  # benefits that begin inside a list go on after it
        pieces += _sentences(text, at, first, section, item, headed)
        section, headed, item, at = opened, True, listed, last
        pieces.append(Piece(at, at, section, item, headed))
    pieces += _sentences(text, at, end, section, item, headed)
    return [*pieces, Piece(end, end, was, item, headed)] if listed else pieces


def _unmarked(text: str, start: int, end: int) -> bool:
    """Whether a line under a heading of demands is an item of a list without signs: short, and of one sentence."""
    return end - start <= ITEM and _STOP.search(text, start, end) is None and _TELLING.match(text, start, end) is None


def _sentences(text: str, start: int, end: int, section: Section, item: bool, headed: bool) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for stop, next_start in _stops(text, start, end):
        pieces += _trimmed(text, at, stop, section, item, headed)
        at = next_start
    return pieces + _trimmed(text, at, end, section, item, headed)


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
        stops += [match.span() for match in _STARTERS.finditer(text, start, end) if _begins(text, start, match.start())]
        stops += [match.span() for match in _SPACED.finditer(text, start, end)]
        dashes = [(match.start(), match.end()) for match in _DASHES.finditer(text, start, end)]
        stops += dashes if len(dashes) > 2 else []
        stops.sort()
    return stops


def _begins(text: str, start: int, at: int) -> bool:
    """Whether a demand may begin after the word that ends at `at`: not inside a name or phrase.

    "Bachelor's Degree", "three years Experience" and "Adobe Experience Manager" stay whole.
    """
    word = text[max(start, at - 24) : at].rpartition(" ")[2].lstrip("(")
    firm = text.startswith((" Must ", " Min", " Preferred"), at)
    return bool(word) and (firm or not word[0].isupper()) and word.lower() not in _JOINING


def _abbreviated(text: str, start: int, at: int) -> bool:
    """Whether the full stop at `at` ends an abbreviation or an initial rather than a sentence."""
    word = text[max(start, at - 7) : at].rpartition(" ")[2].lstrip("(").lower()
    return word in _ABBREVIATED or (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int, section: Section, item: bool, headed: bool) -> list[Piece]:
    while start < end and (text[start].isspace() or text[start] in EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_•"):
        end -= 1
    pieces: list[Piece] = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        pieces.append(Piece(start, cut, section, item, headed))
        start = cut + (text[cut] == " ")
    if end - start > 1:
        pieces.append(Piece(start, end, section, item, headed))
    return pieces
