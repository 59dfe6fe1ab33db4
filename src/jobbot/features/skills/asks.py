"""Turn the pieces of an advert into requirements: polarity, kind, years, alternatives, negation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jobbot.features.skills.alternatives import alternatives, edges
from jobbot.features.skills.find import Found
from jobbot.features.skills.lexicon import Cue, Section, mask
from jobbot.features.skills.model import Polarity, Requirement, RequirementKind, SkillKind, SkillMention
from jobbot.features.skills.segment import SILENT, Piece
from jobbot.features.skills.years import years_before
from jobbot.kernel.text import Evidence

UNSURE = 0.5
CLOSE = 45
OPENING = 22
_OF_ITSELF = re.compile(
    r"(?:[\w’'-]+(?: [\w’'-]+)?: )?(?:we(?:['’]re| are| have| offer| will| do| believe)|our|this (?:range|role|is)|"
    r"the (?:salary|range|company|pay|role)|it['’]?s|at [A-Z][\w.]*,? (?:we|you)|by (?:bringing|joining))\b|"
    r"[\w’'&/-]+(?: [\w’'&/-]+)?$",
    re.IGNORECASE,
)
"""How a sentence begins that tells of the employer or the offer, or a leftover label of a word or two: nothing is asked
where it names nothing and says no word of asking."""
_TELLS = re.compile(
    r"(?:you(?:['’]ll| will)|in this role|as an? [^,.]{3,60}, you|our|we|your work|(?:using|apply|with) your|teams?|"
    r"it|this role (?:is|blends|offers)|the .{0,40}team)\b(?! (?:need|require|expect|look|want|hav|are looking))"
    r"(?!['’]re looking)",
    re.IGNORECASE,
)
"""How a sentence of running text begins that tells of the work or the team, also where skills are named in it."""
_WISHES = frozenset(["ideal", "idéal", "prefe", "vorzu", "im id", "am be", "beste", "optim", "de pr", "dans "])
"""How a word begins that turns the rest of its sentence into a wish; "we'd love to hear from you" does not."""
_LISTS = (Section.MUST, Section.NICE)
_OPENERS = (Cue.ASK, Cue.YEARS, Cue.DEGREE)
_CONTENT = mask(Cue.DEGREE, Cue.LICENCE, Cue.CLEARANCE, Cue.PERMIT, Cue.TRAVEL, Cue.SHIFT)
_FORMAL = mask(Cue.DEGREE, Cue.LICENCE, Cue.CLEARANCE, Cue.PERMIT)
_NICE = mask(Cue.NICE_BEFORE, Cue.NICE_AFTER)
_EXPECTS = mask(Cue.ASK, Cue.SHOULD)
_MUST, _ASK, _LEGAL, _BENEFIT, _SHOULD = (mask(c) for c in (Cue.MUST, Cue.ASK, Cue.LEGAL, Cue.BENEFIT, Cue.SHOULD))
_DENIES, _LEVELS, _ANY_OF = mask(Cue.NEGATED, Cue.NO), mask(Cue.LEVEL, Cue.DEGREE), mask(Cue.ANY_OF)
_NICE_AFTER, _YEARS, _COMPANY = mask(Cue.NICE_AFTER), mask(Cue.YEARS), mask(Cue.COMPANY)


class Hint(NamedTuple):
    """A cue where it stands."""

    start: int
    end: int
    cue: Cue


class Clause(NamedTuple):
    """A part of a piece with one polarity."""

    start: int
    end: int
    polarity: Polarity
    trust: float


def hints_of(found: Sequence[Found]) -> list[Hint]:
    """Cues in reading order; a longer phrase hides the shorter ones it covers."""
    hints: list[Hint] = []
    end = 0
    for item in found:
        start, stop, word = item
        if word.cues and start >= end:
            hints += [Hint(start, stop, cue) for cue in word.cues]
            end = stop
    return hints


def requirements_of(
    text: str, pieces: Iterator[Piece], hints: Sequence[Hint], mentions: Sequence[SkillMention]
) -> Iterator[Requirement]:
    """Requirements in reading order. Pieces about the employer, benefits, the law or the process ask for nothing."""
    hint_at = mention_at = 0
    for piece in pieces:
        while hint_at < len(hints) and hints[hint_at].start < piece.start:
            hint_at += 1
        first_hint = hint_at
        while hint_at < len(hints) and hints[hint_at].end <= piece.end:
            hint_at += 1
        while mention_at < len(mentions) and mentions[mention_at].evidence.start < piece.start:
            mention_at += 1
        first_mention = mention_at
        while mention_at < len(mentions) and mentions[mention_at].evidence.end <= piece.end:
            mention_at += 1
        listed = piece.section in _LISTS and (piece.item or first_mention < mention_at)
        if piece.section not in SILENT and (listed or first_hint < hint_at):
            yield from _piece(text, piece, hints[first_hint:hint_at], mentions[first_mention:mention_at])


def _piece(text: str, piece: Piece, hints: Sequence[Hint], mentions: Sequence[SkillMention]) -> Iterator[Requirement]:
    cues = _cues(hints)
    if not mentions and not cues & (_MUST | _YEARS | _EXPECTS) and _OF_ITSELF.match(text, piece.start, piece.end):
        return
    told = not piece.item and piece.section in _LISTS and not cues & (_MUST | _YEARS | _SHOULD)
    if told and _TELLS.match(text, piece.start, piece.end):
        return
    if cues & _LEGAL or (cues & _BENEFIT and not cues & (_MUST | _YEARS)):
        return
    years = _years(text, hints) if cues & _YEARS else None
    if cues & _COMPANY and not (piece.item and piece.section in _LISTS) and years is None:
        return
    polarity, trust = _polarity(piece, cues, bool(mentions), years is not None)
    expected = years is not None or cues & _EXPECTS
    if polarity is Polarity.NICE and piece.section is not Section.NICE and expected and _wishes_late(text, hints):
        polarity, trust = Polarity.MUST, 0.6
    loose = polarity is None or polarity is Polarity.UNCLEAR
    if loose and (mentions or years is not None) and _opens_asking(piece, hints):
        polarity, trust = Polarity.MUST, 0.55
    if polarity is None:
        return
    listed = (piece.item or (piece.section in _LISTS and bool(cues & _ASK))) and trust > UNSURE
    if polarity is not Polarity.MUST or not cues & _NICE:
        yield from _requirements(text, Clause(piece.start, piece.end, polarity, trust), hints, mentions, listed)
        return
    for clause in _clauses(text, piece, hints, trust):
        inside = [hint for hint in hints if clause.start <= hint.start and hint.end <= clause.end]
        named = [m for m in mentions if clause.start <= m.evidence.start and m.evidence.end <= clause.end]
        yield from _requirements(text, clause, inside, named, listed)


def _wishes_late(text: str, hints: Sequence[Hint]) -> bool:
    """Whether only the rest of a sentence is a wish: "three years in sales, preferably in hotels"."""
    wish = next((hint for hint in hints if hint.cue in (Cue.NICE_BEFORE, Cue.NICE_AFTER)), None)
    asked = next((hint for hint in hints if hint.cue in (Cue.YEARS, Cue.ASK, Cue.SHOULD)), None)
    if wish is None or asked is None or wish.cue is not Cue.NICE_BEFORE or asked.end >= wish.start - OPENING // 2:
        return False
    return text[wish.start : wish.start + 5].lower() in _WISHES


def _opens_asking(piece: Piece, hints: Sequence[Hint]) -> bool:
    """Whether a sentence under no such heading begins like a demand ("Experience with ...", "Fluency in ...")."""
    return any(hint.start - piece.start < OPENING and hint.cue in _OPENERS for hint in hints[:3])


def _polarity(piece: Piece, cues: int, skilled: bool, years: bool) -> tuple[Polarity | None, float]:
    """What the heading says, unless the sentence says otherwise. None: asks for nothing."""
    asks = years or bool(cues & (_ASK | _CONTENT))
    if piece.section is Section.NICE:
        return (Polarity.MUST, 0.7) if cues & _MUST and not cues & _NICE_AFTER else (Polarity.NICE, 0.9)
    if piece.section is Section.MUST:
        if piece.item or asks or skilled:
            return Polarity.MUST, 0.95 if cues & _MUST else (0.9 if piece.item else 0.75)
        return None, 0.0
    if cues & _MUST and (skilled or asks):
        return Polarity.MUST, 0.7
    if skilled and ((cues & _NICE and asks) or cues & _NICE_AFTER):
        return Polarity.NICE, 0.7 if asks else 0.6
    if piece.section is Section.DUTIES:
        return None, 0.0
    if years and cues & _EXPECTS:
        return Polarity.MUST, 0.65
    if cues & _FORMAL and (cues & _EXPECTS or skilled):
        return Polarity.MUST, 0.55 if cues & _EXPECTS else 0.5
    if asks and skilled and cues & _SHOULD and not cues & _NICE:
        return Polarity.MUST, 0.55
    return (Polarity.UNCLEAR, 0.4) if asks and skilled and (piece.item or cues & _SHOULD) else (None, 0.0)


def _clauses(text: str, piece: Piece, hints: Sequence[Hint], trust: float) -> Iterator[Clause]:
    """Split off the part that is only nice to have ("..., ideally with X", "(Y preferred)", "; Z is a plus")."""
    nice = next(hint for hint in hints if hint.cue is Cue.NICE_BEFORE or hint.cue is Cue.NICE_AFTER)
    start, end = _nice_part(text, piece, nice)
    firm = max((hint.end for hint in hints if hint.cue is Cue.MUST and hint.end < nice.start), default=-1)
    comma = text.rfind(", ", firm, nice.start) if firm > start else -1
    start = comma if comma > 0 else start
    if start - piece.start > 8:
        yield Clause(piece.start, start, Polarity.MUST, trust)
    yield Clause(start, end, Polarity.NICE, trust)
    if piece.end - end > 12:
        yield Clause(end, piece.end, Polarity.MUST, trust)


def _nice_part(text: str, piece: Piece, nice: Hint) -> tuple[int, int]:
    """From where to where a cue like "preferably" or "is a plus" reaches inside its sentence."""
    opened = text.rfind("(", piece.start, nice.start)
    if opened >= 0 and text.find(")", opened, nice.start) < 0:
        closed = text.find(")", nice.end, piece.end)
        closed = piece.end if closed < 0 else closed + 1
        alone = closed - opened < nice.end - nice.start + 6
        return (piece.start, closed) if alone else (opened, closed)
    if nice.cue is Cue.NICE_BEFORE and nice.start - piece.start > 12 and nice.end < piece.end - 1:
        stop = text.find(";", nice.end, piece.end)
        return nice.start, piece.end if stop < 0 else stop
    cut = max(text.rfind(sign, piece.start, nice.start) for sign in ("; ", " – ", " — ", " but ", ". ", " - "))
    return (cut + 1 if cut > piece.start else piece.start), piece.end


def _requirements(
    text: str, clause: Clause, hints: Sequence[Hint], mentions: Sequence[SkillMention], listed: bool
) -> Sequence[Requirement]:
    """Usually one requirement; none where a sentence names nothing and is no list item."""
    start, end = edges(text, clause.start, clause.end)
    cues = _cues(hints)
    years = _years(text, hints) if cues & _YEARS else None
    kind = _kind(cues, mentions, years)
    if end - start < 2 or not (mentions or listed or kind is not RequirementKind.OTHER):
        return ()
    polarity = clause.polarity if clause.trust >= UNSURE else Polarity.UNCLEAR
    negated = bool(cues & _DENIES) and _negated(hints)
    whole = Requirement(
        evidence=Evidence(text[start:end], start, end),
        polarity=Polarity.UNCLEAR if negated else polarity,
        kind=kind,
        skills=tuple(mentions),
        years=None if negated else years,
        negated=negated,
        confidence=clause.trust,
        level=_level(text, hints, mentions) if cues & _LEVELS else "",
    )
    return alternatives(text, whole, open_ended=bool(cues & _ANY_OF))


def _cues(hints: Sequence[Hint]) -> int:
    cues = 0
    for hint in hints:
        cues |= 1 << hint.cue
    return cues


def _negated(hints: Sequence[Hint]) -> bool:
    """Whether it says "not required", or "no ... required" within a few words."""
    if any(hint.cue is Cue.NEGATED for hint in hints):
        return True
    asking = [hint.start for hint in hints if hint.cue is Cue.MUST or hint.cue is Cue.SHOULD]
    return bool(asking) and any(
        0 < start - hint.end < CLOSE for hint in hints if hint.cue is Cue.NO for start in asking
    )


def _years(text: str, hints: Sequence[Hint]) -> float | None:
    numbers = [years_before(text, hint.start, hint.end) for hint in hints if hint.cue is Cue.YEARS]
    return next((number for number in numbers if number is not None), None)


def _kind(cues: int, mentions: Sequence[SkillMention], years: float | None) -> RequirementKind:
    for cue, kind in _KINDS:
        if cues & cue:
            return kind
    if years is not None:
        return RequirementKind.EXPERIENCE
    if cues & mask(Cue.DEGREE):
        return RequirementKind.DEGREE
    kinds = [mention.skill.kind for mention in mentions]
    if cues & mask(Cue.LICENCE) and (not kinds or SkillKind.CREDENTIAL in kinds):
        return RequirementKind.LICENCE
    if SkillKind.LANGUAGE in kinds:
        return RequirementKind.LANGUAGE
    if cues & mask(Cue.TRAVEL):
        return RequirementKind.TRAVEL
    if cues & mask(Cue.SHIFT) and all(kind is SkillKind.SKILL for kind in kinds):
        return RequirementKind.SHIFT
    return RequirementKind.SKILL if mentions else RequirementKind.OTHER


_KINDS = (
    (mask(Cue.CLEARANCE), RequirementKind.CLEARANCE),
    (mask(Cue.PERMIT), RequirementKind.WORK_PERMIT),
)
_DEGREES = (("phd", ("phd", "ph d", "doctor")), ("master", ("master", "msc", "m sc", "mba", "meng")))


def _level(text: str, hints: Sequence[Hint], mentions: Sequence[SkillMention]) -> str:
    """The level of a language as written, or the lowest degree asked for."""
    if any(mention.skill.kind is SkillKind.LANGUAGE for mention in mentions):
        levels = [hint for hint in hints if hint.cue is Cue.LEVEL]
        return text[levels[0].start : levels[0].end].lower() if levels else ""
    degrees = [text[hint.start : hint.end].lower() for hint in hints if hint.cue is Cue.DEGREE]
    if not degrees:
        return ""
    if any(word.startswith(("bachelor", "ba", "bs", "b.", "undergraduate")) for word in degrees):
        return "bachelor"
    for level, starts in (_DEGREES[1], _DEGREES[0]):
        if any(word.startswith(starts) for word in degrees):
            return level
    return degrees[0]
