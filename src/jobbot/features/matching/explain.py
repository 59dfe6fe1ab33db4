"""From a score to a match that shows its work: hits, gaps, quotes, what would raise it, what nothing can. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jobbot.features.matching import score
from jobbot.features.matching.cover import ROUNDED, is_soft, refit
from jobbot.features.matching.filters import hard, language_name
from jobbot.features.matching.model import (
    Counterfactual,
    Coverage,
    Match,
    RequirementFit,
    SkillGap,
    SkillHit,
)
from jobbot.features.matching.score import Reader, Scored
from jobbot.features.matching.signals import IMPORTANCE
from jobbot.features.matching.weights import LEVEL, PLACE
from jobbot.features.matching.worth import WorthWith, is_craft
from jobbot.features.skills.model import Polarity, Requirement, RequirementKind, SkillMention
from jobbot.kernel.text import Evidence

QUOTES = 5
FACTS = 3
CHANGES = 4
TRIED = 6
"""How many missing skills are computed; the best `CHANGES` are shown."""
_FULL = 0.9
_PHRASE = 70
_BEYOND = (RequirementKind.DEGREE, RequirementKind.CLEARANCE)
PROVISIONAL = "provisional: the board gave no description, so only title, place and pay were scored"
NO_ENCODER = "no encoder: scored by words only, nearness in meaning is not counted"


def foreign(language: str) -> str:
    """What is said of a posting in a language that the encoder was not made for."""
    name = language_name(language) or language
    return f"written in {name}, which the encoder does not read: scored by words and names only (models.embedding)"


def match(one: Scored, reader: Reader) -> Match:
    """The contract's match: every quote is `text[start:end]`, every figure comes from the code that scored."""
    posting = one.prepared.posting
    hits, gaps = _skills(one, reader)
    return Match(
        posting=posting,
        score=one.score,
        fit=one.fit,
        taste=0,
        provisional=not posting.complete,
        contributions=one.rows,
        requirements=one.fits,
        skills_hit=hits,
        skills_gap=gaps,
        must_haves_missed=missed(one.fits),
        keyword_overlap=round(one.overlap.share or 0.0, 4),
        filters=one.filters,
        counterfactuals=tuple(counterfactuals(one, reader)),
        notes=tuple(_notes(one, reader)),
    )


def _skills(one: Scored, reader: Reader) -> tuple[tuple[SkillHit, ...], tuple[SkillGap, ...]]:
    quotes: dict[str, list[SkillMention]] = {}
    must: set[str] = set()
    open_: set[str] = set()
    elsewhere = {mention.evidence for fit in one.fits for mention in fit.requirement.skills}
    for fit in (fit for fit in one.fits if not fit.requirement.negated):
        requirement = fit.requirement
        for mention in requirement.skills:
            quotes.setdefault(mention.skill.uri, []).append(mention)
            must |= {mention.skill.uri} if requirement.polarity is Polarity.MUST else set()
            open_ |= {mention.skill.uri} if not _answered(fit) else set()
    for mention in one.prepared.extraction.skills:
        quotes.setdefault(mention.skill.uri, []).append(mention)
        open_ |= {mention.skill.uri} if mention.evidence not in elsewhere else set()
    hits, gaps = [], []
    for uri, mentions in quotes.items():
        value, skill = reader.worth.of(uri), mentions[0].skill
        where = _evidence(mentions)
        if uri not in open_ and value.relation != "exact":
            continue
        if value.credit >= _FULL:
            sure = round(value.credit * max(mention.confidence for mention in mentions), 2)
            hits.append(SkillHit(skill.label, uri, sure, where, value.facts[:FACTS]))
        else:
            gaps.append(SkillGap(skill.label, uri, uri in must, where))
    crafts = {uri for uri, mentions in quotes.items() if is_craft(mentions[0].skill)}
    hits.sort(key=lambda hit: (hit.uri not in crafts, hit.uri not in must, hit.evidence[0].start))
    gaps.sort(key=lambda gap: (gap.uri not in crafts, not gap.must_have, gap.evidence[0].start))
    return tuple(hits), tuple(gaps)


def _answered(fit: RequirementFit) -> bool:
    """One of several alternatives, or a degree's field, that another one answers: neither a hit nor a gap."""
    wanted = fit.requirement
    return fit.coverage is Coverage.MET and (wanted.any_of or wanted.kind is RequirementKind.DEGREE)


def _evidence(mentions: list[SkillMention]) -> tuple[Evidence, ...]:
    spans = dict.fromkeys(mention.evidence for mention in mentions)
    return tuple(sorted(spans, key=lambda evidence: evidence.start))[:QUOTES]


def missed(fits: tuple[RequirementFit, ...]) -> tuple[str, ...]:
    """Short phrases for must-haves the profile does not evidence: the skills that are missing, else the words."""
    phrases: dict[str, None] = {}
    for fit in fits:
        wanted = fit.requirement
        if wanted.polarity is Polarity.MUST and fit.coverage is not Coverage.MET and IMPORTANCE[wanted.kind]:
            lacking = fit.reason.partition("no ")[2].split(";")[0] if fit.reason.startswith("no ") else ""
            lacking = lacking or (fit.reason.partition("; no ")[2].split(";")[0])
            lacking = lacking.replace(" in your profile", "")
            if fit.coverage is Coverage.MISSING or lacking:
                phrases[_phrase(wanted, lacking)] = None
    return tuple(phrases)


def _phrase(wanted: Requirement, lacking: str) -> str:
    words = " ".join(wanted.evidence.quote.split())
    short = words if len(words) <= _PHRASE else words[: _PHRASE - 1].rsplit(" ", 1)[0] + "…"
    if not lacking:
        return short
    return f"{lacking} ({wanted.years:g}+ years)" if wanted.years else lacking


def counterfactuals(one: Scored, reader: Reader) -> list[Counterfactual]:
    """Scores the same code gives if one more thing were evidenced, the largest gain first; no gain, no row."""
    found = [
        Counterfactual(change, score.assemble(one.prepared, other, one.views, fits).score)
        for change, other, fits in _changes(one, reader)
    ]
    better = sorted((c for c in found if c.score_after > one.score), key=lambda c: (-c.score_after, c.change))
    return better[:CHANGES]


def _changes(one: Scored, reader: Reader) -> Iterator[tuple[str, Reader, tuple[RequirementFit, ...]]]:
    tried: set[str] = set()
    for index, fit in enumerate(one.fits):
        wanted = fit.requirement
        if wanted.polarity is not Polarity.MUST or fit.coverage is Coverage.MET or wanted.kind in _BEYOND:
            continue
        for mention in (mention for mention in wanted.skills if is_craft(mention.skill)):
            uri = mention.skill.uri
            if uri not in tried and len(tried) < TRIED and reader.worth.of(uri).credit < _FULL and _skilled(wanted):
                tried.add(uri)
                worth = WorthWith(reader.worth, uri)
                changed = refit(one.fits, reader.candidate, worth)
                yield f"if you can evidence {mention.skill.label}", replace(reader, worth=worth), changed
        plain = (not wanted.skills or not _skilled(wanted)) and not is_soft(wanted)
        if plain and hard(fit) and fit.coverage is Coverage.MISSING and len(tried) < TRIED and IMPORTANCE[wanted.kind]:
            tried.add(wanted.evidence.quote)
            full = replace(fit, strength=1.0, coverage=Coverage.MET)
            changed = (*one.fits[:index], full, *one.fits[index + 1 :])
            yield f'if you can evidence "{_phrase(wanted, "")}"', reader, changed


def _skilled(wanted: Requirement) -> bool:
    """Whether one more skill in the profile can answer it: not a language level, nor years."""
    return wanted.kind in (
        RequirementKind.SKILL,
        RequirementKind.EXPERIENCE,
        RequirementKind.LICENCE,
        RequirementKind.OTHER,
    )


def _notes(one: Scored, reader: Reader) -> Iterator[str]:
    if not one.prepared.posting.complete:
        yield PROVISIONAL
    if one.prepared.unread:
        yield foreign(one.prepared.unread)
    elif one.views.titles is None:
        yield NO_ENCODER
    if one.prepared.stuffed:
        yield f"keyword stuffing: the text {one.prepared.stuffed}; its skills are not counted"
    if not reader.candidate.facts:
        yield "your profile holds no facts yet: import a CV"
    fixed = [text for text in _beyond(one, reader) if text]
    if fixed:
        yield "what no evidence changes: " + "; ".join(fixed)


def _beyond(one: Scored, reader: Reader) -> Iterator[str]:
    for signal in one.signals:
        if signal.name == PLACE and signal.x == 0.0:
            yield signal.reason
        if signal.name == LEVEL and signal.x is not None and signal.x < 0.5:
            yield f"the level: {signal.reason}"
    have = reader.candidate.standing.years
    asked = [fit.requirement.years or 0.0 for fit in one.fits if fit.requirement.polarity is Polarity.MUST]
    if asked and max(asked) > have + ROUNDED:
        yield f"{max(asked):g} years of experience are asked for, your positions add up to {have:.0f}"
