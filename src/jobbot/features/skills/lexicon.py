"""The words that say how a text asks: headings of its sections, and cues inside its sentences.

All phrases go into the same automaton as the skills, in normal form (`normal.squeeze`), so that one pass over a text
finds everything. Longer phrases shadow shorter ones ("as required" hides "required").
"""

from __future__ import annotations

import re
from enum import IntEnum
from importlib.resources import files


class Section(IntEnum):
    """What the part of an advert under a heading is about."""

    NEUTRAL = 0
    MUST = 1
    NICE = 2
    DUTIES = 3
    COMPANY = 4
    BENEFITS = 5
    LEGAL = 6
    PROCESS = 7
    PERSON = 8


class Cue(IntEnum):
    """What a phrase inside a sentence says."""

    MUST = 1
    SHOULD = 2
    NICE_BEFORE = 3
    NICE_AFTER = 4
    NEGATED = 5
    NO = 6
    ANY_OF = 7
    OR = 8
    YEARS = 9
    ASK = 10
    LEVEL = 11
    DEGREE = 12
    LICENCE = 13
    CLEARANCE = 14
    PERMIT = 15
    TRAVEL = 16
    SHIFT = 17
    LEGAL = 18
    BENEFIT = 19
    NOTHING = 20
    COMPANY = 21
    DECOY = 22
    """Looks like a name or another cue, and is none: it hides what stands inside it."""


def mask(*cues: Cue) -> int:
    """The cues as bits of one number: sets of enum members are too slow for every sentence."""
    return sum(1 << int(cue) for cue in cues)


def _read() -> tuple[dict[Section, tuple[str, ...]], dict[Cue, tuple[str, ...]]]:
    text = files("jobbot.features.skills").joinpath("phrases.txt").read_text(encoding="utf-8")
    parts = re.split(r"^\[(heading|cue) (\w+)\]$", text, flags=re.MULTILINE)[1:]
    headings: dict[Section, tuple[str, ...]] = {}
    cues: dict[Cue, tuple[str, ...]] = {}
    for kind, name, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        phrases = tuple(" ".join(phrase.split()) for phrase in body.replace("\n", " ").split(";") if phrase.strip())
        if kind == "heading":
            headings[Section[name]] = phrases
        else:
            cues[Cue[name]] = phrases
    return headings, cues


HEADINGS, CUES = _read()
"""The phrases of `phrases.txt`: what opens which section, and what says what inside a sentence."""
