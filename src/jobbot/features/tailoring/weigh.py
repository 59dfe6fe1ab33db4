"""What a fact is worth for one posting: requirements it answers, skills it shows, how strong it is itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jobbot.features.matching.model import Match
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Polarity
from jobbot.features.tailoring.tell import listing
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import FactId

POLARITY = {Polarity.MUST: 1.0, Polarity.UNCLEAR: 0.6, Polarity.NICE: 0.5}
RANK = (1.0, 0.6, 0.4)
"""A requirement's best fact counts whole, its second less: the page needs one good answer, not five."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s*(?:%|percent\b|x\b)|[€$£]\s*\d|\b\d[\d.,]*\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DEED = re.compile(
    r"^(?:\w{3,}ed|led|built|ran|wrote|grew|cut|won|made|taught|sold|drove|began|spoke|oversaw|kept|held)\b", re.I
)
_WORD = re.compile(r"\w{4,}")
LONG_WORDS, TOO_LONG = 30, 0.012
"""Each word beyond so many costs a bullet a little: two short ones say more than a long one."""


@dataclass(frozen=True, slots=True)
class Worth:
    """`skills` maps a skill the posting asks for (by uri) to how much it asks (0-1); `points` are a fact's own."""

    points: float
    skills: Mapping[str, float]
    answers: tuple[str, ...]


class Scale:
    """Weighs facts for one posting. The same input gives the same worth."""

    def __init__(self, match: Match, extractor: Extractor, now: datetime) -> None:
        self._extractor, self._year = extractor, now.year
        self.asked = asked_skills(match)
        self.labels = {m.skill.uri: m.skill.label for fit in match.requirements for m in fit.requirement.skills}
        self._answers = _answers(match)
        self._quotes = _quotes(match)
        self._words = frozenset(_WORD.findall(f"{match.posting.title} {match.posting.text}".casefold()))
        self._known: dict[FactId, Worth] = {}
        for hit in match.skills_hit:
            self.labels.setdefault(hit.uri, hit.skill)

    def __call__(self, fact: Fact) -> float:
        worth = self.of(fact)
        return worth.points + sum(worth.skills.values())

    def of(self, fact: Fact) -> Worth:
        if fact.id not in self._known:
            shown = {mention.skill.uri for mention in self._extractor.skills(fact.wording)}
            skills = {uri: self.asked[uri] for uri in sorted(shown & self.asked.keys())}
            points = 2.0 * self._answers.get(fact.id, 0.0) + self._strength(fact) + 0.3 * self._overlap(fact.wording)
            self._known[fact.id] = Worth(points, skills, self._quotes.get(fact.id, ()))
        return self._known[fact.id]

    def name_of(self, wording: str) -> str:
        """The skill that a keyword as a whole is a name of, by its uri; "" where it is none or says more."""
        found = [m for m in self._extractor.skills(wording) if not m.inferred]
        whole = [m for m in found if m.evidence.quote.casefold() == wording.strip().casefold()]
        return whole[0].skill.uri if len(found) == len(whole) == 1 else ""

    def _strength(self, fact: Fact) -> float:
        """0.1-1.3: a figure, a deed, recency; a long bullet or a mere list loses a little."""
        strength = 0.1
        if fact.kind is FactKind.BULLET:
            strength += 0.45 * quantified(fact.wording) + 0.2 * bool(_DEED.match(fact.wording))
            strength -= TOO_LONG * max(0, len(fact.wording.split()) - LONG_WORDS) + 0.3 * listing(fact.wording)
        return max(0.05, strength + 0.5 * self._recency(fact))

    def _recency(self, fact: Fact) -> float:
        """1 for what still runs, falling to 0 over twelve years."""
        if not fact.start and not fact.end:
            return 0.3
        ended = int(fact.end[:4]) if fact.end[:4].isdigit() else self._year
        return max(0.0, 1 - max(0, self._year - ended) / 12)

    def _overlap(self, wording: str) -> float:
        words = set(_WORD.findall(wording.casefold()))
        return len(words & self._words) / len(words) if words else 0.0


def quantified(wording: str) -> bool:
    """Whether it states a figure that is not just a year.

    >>> quantified("Cut waits by 30 %"), quantified("Joined in 2019")
    (True, False)
    """
    return bool(_FIGURE.search(_YEAR.sub(" ", wording)))


def asked_skills(match: Match) -> dict[str, float]:
    """Weight of every skill of the posting's requirements by uri: the strongest polarity it stands under."""
    asked: dict[str, float] = {}
    for fit in match.requirements:
        requirement = fit.requirement
        if requirement.negated:
            continue
        share = POLARITY[requirement.polarity] * (0.7 if requirement.any_of else 1.0)
        for mention in requirement.skills:
            asked[mention.skill.uri] = max(asked.get(mention.skill.uri, 0.0), share * mention.confidence)
    for hit in match.skills_hit:
        asked.setdefault(hit.uri, 0.4 * hit.confidence)
    return asked


def _answers(match: Match) -> dict[FactId, float]:
    """Per fact: the sum over requirements of polarity, strength and the fact's rank among the answers."""
    total: dict[FactId, float] = {}
    for fit in match.requirements:
        if fit.requirement.negated:
            continue
        for rank, fact in zip(RANK, fit.facts, strict=False):
            gain = rank * fit.strength * POLARITY[fit.requirement.polarity]
            total[fact.id] = total.get(fact.id, 0.0) + gain
    return total


def _quotes(match: Match) -> dict[FactId, tuple[str, ...]]:
    quotes: dict[FactId, list[str]] = {}
    for fit in match.requirements:
        for fact in _first(fit.facts, len(RANK)):
            quotes.setdefault(fact.id, []).append(fit.requirement.evidence.quote)
    return {key: tuple(found) for key, found in quotes.items()}


def _first(facts: Iterable[Fact], count: int) -> list[Fact]:
    return [fact for fact, _ in zip(facts, range(count), strict=False)]
