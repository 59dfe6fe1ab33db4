"""A fact as a sentence in the first person, without a word that is not in it beyond "I", "at", "as" and a frame.

A wording that begins with a deed takes "I" (in the past tense, or in the present where the role still runs); every
other stays as it is, after one of the template's frames ("My record at ...") and a colon.
"""

from __future__ import annotations

import re

from jobbot.features.tailoring import lexicon
from jobbot.features.tailoring.lexicon import word_set
from jobbot.kernel.fact import Fact, FactKind

_IRREGULAR = word_set(
    """
    led built ran wrote grew cut won made taught sold drove began spoke oversaw kept held set took brought found
    fought gave got hit met paid put raised rebuilt redid rose saw sent shrank spent stood swept underwrote wove
    drew bred fed flew fixed shot sped sang swam threw told undertook withstood rewrote overhauled
    """
)
_NOT_DEEDS = word_set(
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
_ADJECTIVES = frozenset(
    {"automated", "distributed", "integrated", "combined", "applied", "detailed", "shared", "advanced", "limited"}
)
"""Deeds where an object follows: "Automated the import", but "Automated tests in CI"."""
_EITHER = frozenset({"trained", "hired", "briefed", "taught", "coached", "educated", "schooled"})
"""Deeds unless a preposition follows: "Trained 24 colleagues", but "Trained in first aid"."""

_HABITS = word_set(
    """
    prepare manage maintain coordinate develop create write handle ensure analyse analyze oversee supervise teach
    train run lead build design plan monitor review support advise assist organise organize operate produce
    """
)
_OBJECT = re.compile(r"\s+(?:the|a|an|all|our|my|its|their|two|three|four|five|six|daily|weekly|monthly|\d+)\b")
_SORE = re.compile(
    r"\b(?:lay-?offs?|laid off|redundan\w+|dismiss\w+|fired|missed|slipped|shortfall|under-?perform\w*|bankrupt\w*|"
    r"insolven\w+|burn-?out)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"^\w+ing\b|[,;]|\.$")
RECORDED = 30
"""A figure within so many characters makes a wording a record."""

_PERIOD = re.compile(r"(?:(?:FY|H[12]|Q[1-4])\s?(?:FY)?\s?\d*|(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?):")
"""A fiscal year, half, quarter or year that heads the wording."""

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
    if word in _ADJECTIVES and _OBJECT.match(wording, match.end()):
        return True
    if word in _NOT_DEEDS or (word in _EITHER and _PREPOSITION.match(wording, match.end())):
        return False
    if word in _IRREGULAR:
        return True
    return word.endswith("ed") and len(word) > 4 and not word.endswith(("eed", "-based", "-led"))


def habit(fact: Fact) -> bool:
    """Whether a wording of a role that still runs begins with a present-tense verb and its object."""
    match = _FIRST.match(fact.wording)
    if fact.end or not match or match.group(1):
        return False
    return match.group(2).casefold() in _HABITS and bool(_OBJECT.match(fact.wording, match.end()))


def listing(wording: str) -> bool:
    """Whether it only names things: three or more short items, no figure, no deed.

    >>> listing("salesforce, gong, outreach"), listing("Led audits, stocktakes and tours")
    (True, False)
    """
    items = re.split(r"[,;/|]", wording)
    short = all(len(item.split()) <= 3 for item in items)
    return len(items) >= 3 and short and not deed(wording) and not any(c.isdigit() for c in wording)


def sore(wording: str) -> bool:
    """Whether it tells of something that went wrong for the person; true, but not what a letter answers with.

    >>> sore("62% at time of layoff"), sore("Cut waits by 30 %")
    (True, False)
    """
    return bool(_SORE.search(wording))


def sentence(fact: Fact, place: int = 0, before: Fact | None = None, *, near: bool = False) -> str:
    """One sentence; `place` varies its opening, `before` is the last fact told of the same role,
    `near`: just before, here."""
    wording = fact.wording.strip().rstrip(".;, ")
    if fact.kind not in (FactKind.BULLET, FactKind.SUMMARY) or not fact.group:
        return f"{wording}."
    if not deed(wording) and not habit(fact):
        return _named(fact, wording, 0 if before is not None and before.group == fact.group else place)
    said = _lower(wording)
    if not fact.organisation:
        return f"I also {said}." if before is not None and before.group == fact.group else f"I {said}."
    if before is not None and before.group == fact.group:
        return f"There I also {said}." if near else f"At {fact.organisation} I also {said}."
    return f"{_opening(fact, place)} I {said}."


def plain(fact: Fact) -> str:
    """Position, organisation and the wording, without a frame."""
    wording = fact.wording.strip().rstrip(".;, ")
    head = ", ".join(part for part in (fact.position, fact.organisation) if part)
    return f"{head}{_mark(wording)} {wording}." if head and fact.group else f"{wording}."


def _named(fact: Fact, wording: str, place: int) -> str:
    """A wording that is no deed, after a frame of the template and where it comes from."""
    if not fact.organisation:
        return plain(fact)
    frame = lexicon.TIME if fact.end else lexicon.WORK
    if any(c.isdigit() for c in wording[:RECORDED]):
        frame = lexicon.RECORD
    where = f"as {fact.position} at" if place % 2 and frame is not lexicon.RECORD and _sayable(fact) else "at"
    mark = "," if _PERIOD.match(wording) else _mark(wording)
    return f"{frame} {where} {fact.organisation}{mark} {wording}."


def _sayable(fact: Fact) -> bool:
    """Whether "As POSITION at ..." reads well: one title, no list of them."""
    return bool(fact.position) and not _NO_TITLE.search(fact.position)


def _mark(wording: str) -> str:
    return " –" if ":" in wording[:EARLY] else ":"


def _opening(fact: Fact, place: int) -> str:
    if place % 2 and _sayable(fact):
        return f"As {fact.position} at {fact.organisation},"
    return f"At {fact.organisation}"


def _lower(wording: str) -> str:
    return wording[0].lower() + wording[1:]
