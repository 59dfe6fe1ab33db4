"""What a posting asks, as phrases that can be quoted, each with the facts that answer it best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobbot.features.matching.model import Match, RequirementFit
from jobbot.features.profile.model import Profile
from jobbot.features.skills.model import RequirementKind
from jobbot.features.tailoring.quote import opens_small, phrase
from jobbot.features.tailoring.tell import deed
from jobbot.features.tailoring.weigh import POLARITY, Scale
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.text import Span

CONDITIONS = frozenset(
    {RequirementKind.TRAVEL, RequirementKind.SHIFT, RequirementKind.WORK_PERMIT, RequirementKind.CLEARANCE}
)
"""Asked, but not about what somebody can do."""

PAPERS = {
    RequirementKind.DEGREE: FactKind.EDUCATION,
    RequirementKind.LICENCE: FactKind.CERTIFICATE,
    RequirementKind.LANGUAGE: FactKind.LANGUAGE,
}
"""What answers a requirement about a paper."""

MENTIONED = 0.35
"""Weight of a skill that the text names outside any requirement."""

NEAREST = 3
"""Of a requirement's facts only the best ones are told as its answer."""

_DEGREE = re.compile(r"\b(?:degree|diploma|bachelor|master|graduate|b\.?sc|m\.?sc|mba|ph\.?d|b\.?a|qualif\w+)\b", re.I)
_NO_DEGREE = re.compile(r"\bdegree of\b", re.IGNORECASE)
_EVERYWHERE = re.compile(
    r"presentation|team player|collaborat|communicat|interpersonal|detail|passion|fast[- ]paced|"
    r"self[- ](?:starter|motivated)|motivated|environment|ambigu|thriv|proactive|"
    r"positive attitude|work ethic|independently|mindset|curio|your\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\byears?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\n|[.!?](?=\s)")


@dataclass(frozen=True, slots=True)
class Ask:
    """A phrase of the posting, `weight` 0-1, and its answers, best first. `small`: it can stand inside a sentence."""

    span: Span
    small: bool
    weight: float
    facts: tuple[Fact, ...]
    papers: tuple[Fact, ...] = ()
    work: bool = True

    def telling(self, text: str, company: str) -> bool:
        """Whether the phrase is about the work of this job: no commonplace, no figure, not the employer's name."""
        words = self.span.of(text)
        named = bool(company) and company.casefold() in words.casefold()
        return self.work and not named and not _EVERYWHERE.search(words) and not any(c.isdigit() for c in words)


def asks_of(match: Match, profile: Profile, scale: Scale) -> list[Ask]:
    """Phrases that do not overlap, the best answered and strongest asked first."""
    found = [*_required(match, profile, scale), *_mentioned(match, profile, scale)]
    kept: list[Ask] = []
    for ask in sorted(found, key=lambda ask: (-ask.weight, ask.span.start)):
        if not any(ask.span.overlaps(other.span) for other in kept):
            kept.append(ask)
    return kept


def _required(match: Match, profile: Profile, scale: Scale) -> Iterator[Ask]:
    text = match.posting.text
    for fit in match.requirements:
        requirement = fit.requirement
        if requirement.negated or not requirement.evidence.holds_in(text):
            continue
        mentions = [mention.evidence.span for mention in requirement.skills]
        span = phrase(text, requirement.evidence.span, mentions)
        if span is None or _hollow(span.of(text)):
            continue
        uris = {mention.skill.uri for mention in requirement.skills}
        bullets = _bullets(fit.facts[:NEAREST], uris, profile, scale)
        named = any(uris & scale.of(fact).skills.keys() for fact in bullets[:1])
        yield Ask(
            span,
            opens_small(text, span, mentions),
            _weight(fit) * _plainness(span.of(text), bool(mentions)) * (1.0 if named or not uris else 0.6),
            bullets,
            _papers(fit, span.of(text)),
            work=requirement.kind not in CONDITIONS and requirement.kind not in PAPERS,
        )


def _mentioned(match: Match, profile: Profile, scale: Scale) -> Iterator[Ask]:
    """Skills that the text names and the profile has, in the sentence where they stand."""
    text = match.posting.text
    for hit in match.skills_hit:
        for evidence in hit.evidence[:1]:
            if not evidence.holds_in(text):
                continue
            span = phrase(text, _sentence(text, evidence.span), [evidence.span])
            facts = _bullets(hit.facts[:NEAREST], [hit.uri], profile, scale)
            if span is not None and facts and not _hollow(span.of(text)):
                small = opens_small(text, span, [evidence.span])
                yield Ask(span, small, MENTIONED * hit.confidence, facts)


def _weight(fit: RequirementFit) -> float:
    share = POLARITY[fit.requirement.polarity] * (0.4 if fit.requirement.kind in CONDITIONS else 1.0)
    return share * (0.1 + 0.9 * fit.strength)


def _hollow(words: str) -> bool:
    """One or two words that every advert has."""
    return len(words.split()) < 3 and bool(_EVERYWHERE.search(words))


def _plainness(words: str, names_skill: bool) -> float:
    """Less for what every advert says, and for a mere number of years."""
    if _EVERYWHERE.search(words):
        return 0.5 if names_skill else 0.25
    if " " not in words and "/" not in words:
        return 0.6
    return 0.3 if _YEARS.search(words) else 1.0


def _bullets(facts: Iterable[Fact], uris: Iterable[str], profile: Profile, scale: Scale) -> tuple[Fact, ...]:
    """Bullets that name most of the asked skills, deeds before descriptions; then those that answer by sense."""
    asked = set(uris)
    nearest = [fact for fact in facts if fact.kind is FactKind.BULLET]
    naming = [fact for fact in profile.of(FactKind.BULLET) if asked & scale.of(fact).skills.keys()]
    found = list(dict.fromkeys([*nearest, *sorted(naming, key=scale, reverse=True)]))
    return tuple(sorted(found, key=lambda f: (-len(asked & scale.of(f).skills.keys()), not deed(f.wording))))


def _papers(fit: RequirementFit, words: str) -> tuple[Fact, ...]:
    kind = PAPERS.get(fit.requirement.kind)
    if kind is FactKind.EDUCATION and (not _DEGREE.search(words) or _NO_DEGREE.search(words)):
        return ()
    facts = tuple(fact for fact in fit.facts[: NEAREST + 1] if fact.kind is kind)
    return facts if kind is FactKind.LANGUAGE else facts[:1]


def _sentence(text: str, span: Span) -> Span:
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, span.start)), default=0)
    end = _SENTENCE_END.search(text, span.end)
    return Span(start, end.start() if end else len(text))
