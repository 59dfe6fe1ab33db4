"""What a match is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from jobbot.features.matching.odds import Odds
from jobbot.features.skills.model import Requirement
from jobbot.features.sources.model import Posting
from jobbot.features.sources.signs.model import Sign
from jobbot.kernel.fact import Fact
from jobbot.kernel.text import Evidence


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the candidate wants. Empty or None means no wish. `min_salary` is in `currency` per `period`."""

    roles: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    remote: bool = False
    min_salary: float | None = None
    currency: str | None = None
    period: str = "year"
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """One row of the ledger. The points of all rows add up to the score exactly."""

    signal: str
    points: int
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {"signal": self.signal, "points": self.points, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Filter:
    """A decision with its reason and, where a text decided it, the quote."""

    name: str
    passed: bool
    reason: str
    evidence: Evidence | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "passed": self.passed,
            "reason": self.reason,
            "evidence": self.evidence.as_dict() if self.evidence else None,
        }


class Coverage(StrEnum):
    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RequirementFit:
    """One requirement of the posting beside the facts that answer it, best first; `strength` is 0-1.

    `meaning` is the nearness in meaning to the best fact (0-1, None without an encoder or without facts); `reason`
    says in words what decided.
    """

    requirement: Requirement
    coverage: Coverage
    strength: float
    facts: tuple[Fact, ...] = ()
    meaning: float | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The quote in the posting beside the facts that answer it."""
        return {
            **self.requirement.evidence.as_dict(),
            "polarity": self.requirement.polarity.value,
            "coverage": self.coverage.value,
            "reason": self.reason,
            "facts": [fact.cite() for fact in self.facts],
        }


@dataclass(frozen=True, slots=True)
class SkillHit:
    skill: str
    uri: str
    confidence: float
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "skill": self.skill,
            "confidence": self.confidence,
            "evidence": [item.as_dict() for item in self.evidence],
            "facts": [fact.cite() for fact in self.facts],
        }


@dataclass(frozen=True, slots=True)
class SkillGap:
    skill: str
    uri: str
    must_have: bool
    evidence: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "skill": self.skill,
            "must_have": self.must_have,
            "evidence": [item.as_dict() for item in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A change and the score the same code gives after it."""

    change: str
    score_after: int

    def as_dict(self) -> dict[str, Any]:
        return {"change": self.change, "score_after": self.score_after}


@dataclass(frozen=True, slots=True)
class Match:
    """A posting judged for a profile. `score` is 0-100 and equals the sum of the contributions' points."""

    posting: Posting
    score: int
    fit: int
    taste: int
    provisional: bool
    contributions: tuple[Contribution, ...]
    requirements: tuple[RequirementFit, ...] = field(default=(), repr=False)
    skills_hit: tuple[SkillHit, ...] = ()
    skills_gap: tuple[SkillGap, ...] = ()
    must_haves_missed: tuple[str, ...] = ()
    keyword_overlap: float = 0.0
    filters: tuple[Filter, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()
    notes: tuple[str, ...] = ()
    odds: Odds | None = None
    signs: tuple[Sign, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The contract's `match` shape; `odds` are null below twenty ratings of the user's own."""
        return {
            "posting_id": self.posting.id,
            "external_id": self.posting.external_id,
            "title": self.posting.title,
            "company": self.posting.company,
            "location": "; ".join(self.posting.locations),
            "url": self.posting.url,
            "attribution": self.posting.attribution,
            "copies": self.posting.copies,
            "signals": [sign.as_dict() for sign in self.signs],
            "score": self.score,
            "fit": self.fit,
            "taste": self.taste,
            "provisional": self.provisional,
            "odds": self.odds.as_dict() if self.odds else None,
            "contributions": [row.as_dict() for row in self.contributions],
            "requirements": [fit.as_dict() for fit in self.requirements if not fit.requirement.negated],
            "skills_hit": [hit.as_dict() for hit in self.skills_hit],
            "skills_gap": [gap.as_dict() for gap in self.skills_gap],
            "must_haves_missed": list(self.must_haves_missed),
            "keyword_overlap": self.keyword_overlap,
            "filters": [item.as_dict() for item in self.filters],
            "counterfactuals": [item.as_dict() for item in self.counterfactuals],
            "notes": list(self.notes),
        }


class Reranker(Protocol):
    """What a learner may add: rows of its own (taste), never a change to the rows above."""

    def rows(self, match: Match) -> tuple[Contribution, ...]: ...
