"""A fact as a sentence in the first person, without a word that is not in it beyond "I", "at" and "as".

Only a wording that begins with a deed in the past tense takes "I"; every other stays as it is, after a colon.
"""

from __future__ import annotations

import re

from jobbot.kernel.fact import Fact, FactKind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IRREGULAR = _words(
    """
    led built ran wrote grew cut won made taught sold drove began spoke oversaw kept held set took brought found
    fought gave got hit met paid put raised rebuilt redid rose saw sent shrank spent stood swept underwrote wove
    drew bred fed flew fixed shot sped sang swam threw told undertook withstood rewrote overhauled
    """
)
_NOT_DEEDS = _words(
    """
    experienced skilled certified licensed qualified registered chartered accredited promoted selected elected
    nominated appointed awarded recognised recognized invited chosen ranked named assigned seconded accepted
    admitted asked tasked granted entrusted employed contracted based located involved required detailed advanced
    dedicated motivated interested committed focused focussed oriented rated need speed seed embed used unpaid
    limited shared mixed blended combined automated distributed related varied integrated applied aged red bed
    honoured honored funded paid set supported-by commended credited bonded vetted cleared insured retired
    exceed succeed proceed feed bleed weed breed
    """
)
_EITHER = frozenset({"trained", "hired", "briefed", "taught", "coached", "educated", "schooled"})
"""Deeds unless a preposition follows: "Trained 24 colleagues", but "Trained in first aid"."""

EARLY = 24
"""A colon within so many characters takes a dash before it instead of a second colon."""

_PREPOSITION = re.compile(r"\s+(?:in|as|by|at|on|to|for|from|with|under)\b", re.IGNORECASE)
_FIRST = re.compile(r"(?:(\w+ly) )?([A-Za-z]+(?:-[A-Za-z]+)?)\b")


def deed(wording: str) -> bool:
    """Whether a wording begins with a past-tense verb of which the person is the subject.

    >>> deed("Rebuilt the dosing tables"), deed("Promoted to lead"), deed("Night shifts on a ward")
    (True, False, False)
    """
    match = _FIRST.match(wording)
    if not match:
        return False
    adverb, word = match.group(1), match.group(2).casefold()
    if adverb is not None and not (word.endswith("ed") or word in _IRREGULAR):
        return False
    if word in _NOT_DEEDS or (word in _EITHER and _PREPOSITION.match(wording, match.end())):
        return False
    if word in _IRREGULAR:
        return True
    return word.endswith("ed") and len(word) > 4 and not word.endswith(("eed", "-based", "-led"))


def sentence(fact: Fact, place: int = 0, before: Fact | None = None) -> str:
    """One sentence; `place` varies its opening, `before` is the fact told last."""
    wording = fact.wording.strip().rstrip(".;, ")
    if fact.kind not in (FactKind.BULLET, FactKind.SUMMARY) or not fact.group:
        return f"{wording}."
    if before is not None and before.group == fact.group and deed(wording):
        return (
            f"At {fact.organisation} I also {_lower(wording)}." if fact.organisation else f"I also {_lower(wording)}."
        )
    if deed(wording):
        return f"{_opening(fact, place)} I {_lower(wording)}." if fact.organisation else f"I {_lower(wording)}."
    head = ", ".join(part for part in (fact.position, fact.organisation) if part)
    mark = " –" if ":" in wording[:EARLY] else ":"
    return f"{head}{mark} {wording}." if head else f"{wording}."


def _opening(fact: Fact, place: int) -> str:
    if place % 2 and fact.position:
        return f"As {fact.position} at {fact.organisation},"
    return f"At {fact.organisation}"


def _lower(wording: str) -> str:
    return wording[0].lower() + wording[1:]
