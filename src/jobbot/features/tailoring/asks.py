"""What a posting asks, as phrases that can be quoted, each with the facts that answer the phrase itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jobbot.features.matching.model import Match, RequirementFit
from jobbot.features.profile.model import Profile
from jobbot.features.skills.model import RequirementKind
from jobbot.features.tailoring import quote
from jobbot.features.tailoring.nearness import ANSWERS, Nearness, stems, vigour
from jobbot.features.tailoring.tell import listing, sore
from jobbot.features.tailoring.weigh import POLARITY
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
"""Of a requirement's facts only the best ones are looked at for its papers."""

WHOLE = 0.75
"""Below this strength the profile lacks one of the languages that the phrase names."""

MOST = 48
"""Phrases that are compared with facts, the strongest asked first."""

_DEGREE = re.compile(r"\b(?:degree|diploma|bachelor|master|graduate|b\.?sc|m\.?sc|mba|ph\.?d|b\.?a|qualif\w+)\b", re.I)
_NO_DEGREE = re.compile(r"\bdegree of\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\n|[.!?](?=\s)")


@dataclass(frozen=True, slots=True)
class Ask:
    """A phrase of the posting, `weight` 0-1, and the facts that answer it with their value, best first.

    `small`: it can stand inside a sentence as the thing asked for.
    """

    span: Span
    small: bool
    weight: float
    answers: tuple[tuple[float, Fact], ...] = ()
    papers: tuple[Fact, ...] = ()
    work: bool = True

    def telling(self, text: str, company: str) -> bool:
        """Whether one would talk about the phrase: a subject of this job, not the employer's name."""
        words = self.span.of(text)
        named = bool(company) and company.casefold() in words.casefold()
        return self.work and self.small and not named and quote.topic(words)


def asks_of(match: Match, profile: Profile, nearness: Nearness) -> list[Ask]:
    """The phrases worth quoting, the strongest asked first; they may overlap."""
    text = match.posting.text
    found: dict[Span, Ask] = {}
    for ask in (*_required(match, nearness), *_mentioned(match, nearness)):
        if ask.weight > 0 and (ask.span not in found or found[ask.span].weight < ask.weight):
            found[ask.span] = ask
    asks = sorted(found.values(), key=lambda ask: (-ask.weight, ask.span.start))[:MOST]
    nearness.learn([ask.span.of(text) for ask in asks])
    told = [fact for fact in profile.of(FactKind.BULLET) if not sore(fact.wording) and not listing(fact.wording)]
    return [replace(ask, answers=_answers(ask.span.of(text), told, nearness)) for ask in asks]


def _answers(words: str, facts: Iterable[Fact], nearness: Nearness) -> tuple[tuple[float, Fact], ...]:
    near = [(nearness(words, fact), fact) for fact in facts]
    found = [(min(1.2, share) * vigour(fact), fact) for share, fact in near if share >= ANSWERS]
    return tuple(sorted(found, key=lambda pair: -pair[0]))


def _required(match: Match, nearness: Nearness) -> Iterator[Ask]:
    text = match.posting.text
    for fit in match.requirements:
        requirement = fit.requirement
        if requirement.negated or not requirement.evidence.holds_in(text):
            continue
        mentions = [mention.evidence.span for mention in requirement.skills]
        sentence = requirement.evidence.span
        first = quote.phrase(text, sentence, mentions)
        for span in dict.fromkeys([*([first] if first else []), *quote.phrases(text, sentence)]):
            yield Ask(
                span,
                quote.opens_small(text, span, mentions),
                _weight(fit) * _worth(text, span, nearness),
                papers=_papers(fit, span.of(text)),
                work=requirement.kind not in CONDITIONS and requirement.kind not in PAPERS,
            )


def _mentioned(match: Match, nearness: Nearness) -> Iterator[Ask]:
    """Skills that the text names and the profile has, in the sentence where they stand."""
    text = match.posting.text
    for hit in match.skills_hit:
        for evidence in hit.evidence[:1]:
            if not evidence.holds_in(text):
                continue
            span = quote.phrase(text, _sentence(text, evidence.span), [evidence.span])
            if span is not None and not quote.hollow(span.of(text)):
                small = quote.opens_small(text, span, [evidence.span])
                yield Ask(span, small, MENTIONED * hit.confidence * _worth(text, span, nearness))


def _worth(text: str, span: Span, nearness: Nearness) -> float:
    return quote.worth(text, span, names_skill=bool(nearness.skills(span.of(text))))


def _weight(fit: RequirementFit) -> float:
    share = POLARITY[fit.requirement.polarity] * (0.4 if fit.requirement.kind in CONDITIONS else 1.0)
    return share * (0.4 + 0.6 * fit.strength)


def _papers(fit: RequirementFit, words: str) -> tuple[Fact, ...]:
    """The degree, certificate or languages that the phrase itself is about."""
    kind = PAPERS.get(fit.requirement.kind)
    facts = tuple(fact for fact in fit.facts[: NEAREST + 1] if fact.kind is kind)
    if kind is FactKind.LANGUAGE:
        if fit.strength < WHOLE:
            return ()
        return tuple(f for f in facts if dict(f.attributes).get("language", f.wording).casefold() in words.casefold())
    if kind is FactKind.EDUCATION:
        return facts[:1] if _DEGREE.search(words) and not _NO_DEGREE.search(words) else ()
    return tuple(fact for fact in facts if stems(fact.wording) & stems(words))[:1]


def _sentence(text: str, span: Span) -> Span:
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, span.start)), default=0)
    end = _SENTENCE_END.search(text, span.end)
    return Span(start, end.start() if end else len(text))
