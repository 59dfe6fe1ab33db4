"""Turn the pieces of an advert into requirements: polarity, kind, years, alternatives, negation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jobbot.features.skills.alternatives import alternatives, edges
from jobbot.features.skills.find import Found
from jobbot.features.skills.lexicon import Cue, Section
from jobbot.features.skills.model import Polarity, Requirement, RequirementKind, SkillKind, SkillMention
from jobbot.features.skills.segment import SILENT, Piece
from jobbot.features.skills.years import years_before
from jobbot.kernel.text import Evidence

UNSURE = 0.5
CLOSE = 45
_STRONG = frozenset((Cue.MUST,))
_CONTENT = frozenset((Cue.DEGREE, Cue.LICENCE, Cue.CLEARANCE, Cue.PERMIT, Cue.TRAVEL, Cue.SHIFT))


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
        if piece.section not in SILENT:
            yield from _piece(text, piece, hints[first_hint:hint_at], mentions[first_mention:mention_at])


def _piece(text: str, piece: Piece, hints: Sequence[Hint], mentions: Sequence[SkillMention]) -> Iterator[Requirement]:
    cues = {hint.cue for hint in hints}
    if Cue.LEGAL in cues or (Cue.BENEFIT in cues and Cue.MUST not in cues and Cue.YEARS not in cues):
        return
    polarity, trust = _polarity(piece, cues, bool(mentions), _years(text, hints) is not None)
    if polarity is None:
        return
    for clause in _clauses(text, piece, hints, polarity, trust):
        inside = [hint for hint in hints if clause.start <= hint.start and hint.end <= clause.end]
        named = [m for m in mentions if clause.start <= m.evidence.start and m.evidence.end <= clause.end]
        yield from _requirements(text, clause, inside, named, listed=piece.item and clause.trust > UNSURE)


def _polarity(piece: Piece, cues: set[Cue], skilled: bool, years: bool) -> tuple[Polarity | None, float]:
    """What the heading says, unless the sentence says otherwise. None: asks for nothing."""
    asks = Cue.ASK in cues or years or bool(cues & _CONTENT)
    if piece.section is Section.NICE:
        return (Polarity.MUST, 0.7) if cues & _STRONG and Cue.NICE_AFTER not in cues else (Polarity.NICE, 0.9)
    if piece.section is Section.MUST:
        if piece.item or asks or skilled:
            return Polarity.MUST, 0.95 if cues & _STRONG else (0.9 if piece.item else 0.75)
        return None, 0.0
    if cues & _STRONG and (skilled or asks):
        return Polarity.MUST, 0.7
    if cues & {Cue.NICE_BEFORE, Cue.NICE_AFTER} and asks and skilled:
        return Polarity.NICE, 0.7
    if piece.section is Section.DUTIES:
        return None, 0.0
    if years and (Cue.ASK in cues or Cue.SHOULD in cues):
        return Polarity.MUST, 0.65
    if cues & {Cue.DEGREE, Cue.LICENCE, Cue.CLEARANCE, Cue.PERMIT} and (Cue.ASK in cues or Cue.SHOULD in cues):
        return Polarity.MUST, 0.55
    return (Polarity.UNCLEAR, 0.4) if asks and skilled and (piece.item or Cue.SHOULD in cues) else (None, 0.0)


def _clauses(text: str, piece: Piece, hints: Sequence[Hint], polarity: Polarity, trust: float) -> Iterator[Clause]:
    """Split off the part that is only nice to have ("..., ideally with X", "(Y preferred)", "; Z is a plus")."""
    nice = next((hint for hint in hints if hint.cue in (Cue.NICE_BEFORE, Cue.NICE_AFTER)), None)
    if nice is None or polarity is not Polarity.MUST:
        yield Clause(piece.start, piece.end, polarity, trust)
        return
    start, end = _nice_part(text, piece, nice)
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
    if (
        nice.cue is Cue.NICE_BEFORE
        and nice.start - piece.start > 12
        and text[nice.end : nice.end + 1] not in (".", "", ")")
    ):
        stop = text.find(";", nice.end, piece.end)
        return nice.start, piece.end if stop < 0 else stop
    cut = max(text.rfind(sign, piece.start, nice.start) for sign in ("; ", " – ", " — ", " but ", ". ", " - "))
    return (cut + 1 if cut > piece.start else piece.start), piece.end


def _requirements(
    text: str, clause: Clause, hints: Sequence[Hint], mentions: Sequence[SkillMention], *, listed: bool
) -> Sequence[Requirement]:
    """Usually one requirement; none where a sentence names nothing and is no list item."""
    start, end = edges(text, clause.start, clause.end)
    years = _years(text, hints)
    kind = _kind(hints, mentions, years)
    if end - start < 2 or not (mentions or listed or kind is not RequirementKind.OTHER):
        return ()
    polarity = clause.polarity if clause.trust >= UNSURE else Polarity.UNCLEAR
    negated = _negated(hints)
    whole = Requirement(
        evidence=Evidence(text[start:end], start, end),
        polarity=Polarity.UNCLEAR if negated else polarity,
        kind=kind,
        skills=tuple(mentions),
        years=None if negated else years,
        negated=negated,
        confidence=clause.trust,
        level=_level(text, hints, mentions),
    )
    return alternatives(text, whole, open_ended=any(hint.cue is Cue.ANY_OF for hint in hints))


def _negated(hints: Sequence[Hint]) -> bool:
    if any(hint.cue is Cue.NEGATED for hint in hints):
        return True
    for hint in hints:
        if hint.cue is Cue.NO and any(other.cue is Cue.MUST and 0 < other.start - hint.end < CLOSE for other in hints):
            return True
    nos = [hint for hint in hints if hint.cue is Cue.NO]
    return any(0 < other.start - no.end < CLOSE and other.cue is Cue.SHOULD for no in nos for other in hints)


def _years(text: str, hints: Sequence[Hint]) -> float | None:
    numbers = [years_before(text, hint.start, hint.end) for hint in hints if hint.cue is Cue.YEARS]
    return next((number for number in numbers if number is not None), None)


def _kind(hints: Sequence[Hint], mentions: Sequence[SkillMention], years: float | None) -> RequirementKind:
    cues = {hint.cue for hint in hints}
    kinds = {mention.skill.kind for mention in mentions}
    if Cue.CLEARANCE in cues:
        return RequirementKind.CLEARANCE
    if Cue.PERMIT in cues:
        return RequirementKind.WORK_PERMIT
    if Cue.DEGREE in cues and Cue.YEARS not in cues:
        return RequirementKind.DEGREE
    if years is not None:
        return RequirementKind.EXPERIENCE
    if Cue.DEGREE in cues:
        return RequirementKind.DEGREE
    if Cue.LICENCE in cues and (SkillKind.CREDENTIAL in kinds or not mentions):
        return RequirementKind.LICENCE
    if SkillKind.LANGUAGE in kinds:
        return RequirementKind.LANGUAGE
    if Cue.TRAVEL in cues:
        return RequirementKind.TRAVEL
    if Cue.SHIFT in cues and not mentions:
        return RequirementKind.SHIFT
    return RequirementKind.SKILL if mentions else RequirementKind.OTHER


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
