"""Turn the pieces of an advert into requirements: polarity, kind, years, alternatives, negation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from jobbot.features.skills.find import Found
from jobbot.features.skills.lexicon import Cue, Section
from jobbot.features.skills.model import Polarity, Requirement, RequirementKind, SkillKind, SkillMention
from jobbot.features.skills.segment import Piece
from jobbot.features.skills.years import years_before
from jobbot.kernel.text import Evidence

UNSURE = 0.5
CLOSE = 45
_SIGNS = " \t\r\n,;:-–—("
_STRONG = frozenset((Cue.MUST,))
_CONTENT = frozenset((Cue.DEGREE, Cue.LICENCE, Cue.CLEARANCE, Cue.PERMIT, Cue.TRAVEL, Cue.SHIFT))
_SILENT = (Section.COMPANY, Section.BENEFITS, Section.LEGAL, Section.PROCESS)


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
        if item.word.cues and item.start >= end:
            hints.extend(Hint(item.start, item.end, cue) for cue in item.word.cues)
            end = item.end
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
        if piece.section not in _SILENT:
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
        for requirement in _requirements(text, clause, inside, named):
            if (
                requirement.skills
                or requirement.kind is not RequirementKind.OTHER
                or (piece.item and clause.trust > UNSURE)
            ):
                yield requirement


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
    text: str, clause: Clause, hints: Sequence[Hint], mentions: Sequence[SkillMention]
) -> Iterator[Requirement]:
    start, end = _edges(text, clause.start, clause.end)
    if end - start < 2:
        return
    polarity = clause.polarity if clause.trust >= UNSURE else Polarity.UNCLEAR
    negated = _negated(hints)
    whole = Requirement(
        evidence=Evidence(text[start:end], start, end),
        polarity=Polarity.UNCLEAR if negated else polarity,
        kind=_kind(hints, mentions, _years(text, hints)),
        skills=tuple(mentions),
        any_of=False,
        years=None if negated else _years(text, hints),
        negated=negated,
        confidence=clause.trust,
        level=_level(text, hints, mentions),
    )
    yield from _alternatives(text, whole, hints)


def _alternatives(text: str, whole: Requirement, hints: Sequence[Hint]) -> Iterator[Requirement]:
    """Mark any-of; where a sentence mixes alternatives with further demands, one requirement each."""
    groups = _groups(text, whole.skills, hints)
    open_ended = any(hint.cue is Cue.ANY_OF for hint in hints)
    if len(groups) <= 1:
        several = sum(mention.skill.kind is not SkillKind.CREDENTIAL for mention in whole.skills) > 1
        yield replace(whole, any_of=(several and open_ended) or (len(groups) == 1 and groups[0][1]))
        return
    if not any(alternative for _, alternative in groups):
        yield whole
        return
    at = whole.evidence.start
    for index, (members, alternative) in enumerate(groups):
        last = index == len(groups) - 1
        stop = whole.evidence.end if last else groups[index + 1][0][0].evidence.start
        start, end = _edges(text, at, stop)
        years = whole.years if index == 0 else None
        evidence = Evidence(text[start:end], start, end)
        yield replace(whole, evidence=evidence, skills=tuple(members), any_of=alternative, years=years)
        at = stop


def _groups(
    text: str, mentions: Sequence[SkillMention], hints: Sequence[Hint]
) -> list[tuple[list[SkillMention], bool]]:
    """Runs of mentions joined by "or" or "/" (with the commas before it) against those that are all asked for."""
    if not mentions:
        return []
    joins = [_join(text, a.evidence.end, b.evidence.start) for a, b in pairwise(mentions)]
    for index in range(len(joins) - 2, -1, -1):
        if joins[index] == "," and joins[index + 1] == "or":
            joins[index] = "or"
    groups: list[tuple[list[SkillMention], bool]] = [([mentions[0]], False)]
    for mention, join in zip(mentions[1:], joins, strict=True):
        members, alternative = groups[-1]
        if join == "or" and (alternative or len(members) == 1):
            groups[-1] = ([*members, mention], True)
        elif join != "or" and not alternative:
            members.append(mention)
        else:
            groups.append(([mention], False))
    return _detached(groups, joins)


def _detached(groups: list[tuple[list[SkillMention], bool]], joins: list[str]) -> list[tuple[list[SkillMention], bool]]:
    """An all-of run directly before "or" gives its last member to the alternatives."""
    result: list[tuple[list[SkillMention], bool]] = []
    for members, alternative in groups:
        if result and not result[-1][1] and not alternative:
            previous = result[-1][0]
            at = sum(len(group) for group, _ in result)
            if joins[at - 1] == "or" and len(previous) > 1:
                result[-1] = (previous[:-1], False)
                result.append(([previous[-1], *members], True))
                continue
        result.append((members, alternative))
    return result


def _join(text: str, start: int, end: int) -> str:
    between = text[start:end].strip().lower()
    if end - start > CLOSE:
        return ""
    if (
        between in ("/", "|")
        or between.endswith((" or", "/or"))
        or between in ("or", "oder", "ou")
        or between.startswith("or ")
    ):
        return "or"
    return "," if between.startswith(",") or between == "" else ""


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


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Signs and joining words at the edges dropped, and a closing bracket that was never opened."""
    while start < end and text[start] in _SIGNS:
        start += 1
    for word in ("and ", "or "):
        start += len(word) if text.startswith(word, start, end) else 0
    before = -1
    while end != before:
        before = end
        while end > start and (text[end - 1] in _SIGNS or (text[end - 1] == ")" and "(" not in text[start:end])):
            end -= 1
        for word in (" and", " or"):
            end -= len(word) if text.endswith(word, start, end) else 0
    return start, end
