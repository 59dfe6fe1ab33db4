"""The contract's `match` shape, as the API describes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jobbot.features.sources.answers import SignShape
from jobbot.platform.http.shapes import Evidence, Fact, Shape, Short, Words


class OddsShape(Shape):
    p: float
    low: float
    high: float
    n: int


class ContributionShape(Shape):
    """The points of all rows add up to the score exactly."""

    signal: str
    points: int
    reason: str


class RequirementShape(Shape):
    """What the posting asks, in its words, beside the facts that answer it."""

    quote: str
    start: int
    end: int
    polarity: Literal["must", "nice", "unclear"]
    coverage: Literal["met", "partly", "missing"]
    reason: str
    facts: list[Fact]


class HitShape(Shape):
    skill: str
    confidence: float
    evidence: list[Evidence]
    facts: list[Fact]


class GapShape(Shape):
    skill: str
    must_have: bool
    evidence: list[Evidence]


class FilterShape(Shape):
    name: str
    passed: bool
    reason: str
    evidence: Evidence | None


class CounterfactualShape(Shape):
    change: str
    score_after: int


class MatchShape(Shape):
    """A posting judged for the profile; quotes stand in the posting's `text`."""

    posting_id: str
    external_id: str
    title: str
    company: str
    location: str
    url: str | None
    attribution: str | None
    copies: int
    signals: list[SignShape]
    score: int
    fit: int
    taste: int
    provisional: bool
    odds: OddsShape | None
    contributions: list[ContributionShape]
    requirements: list[RequirementShape]
    skills_hit: list[HitShape]
    skills_gap: list[GapShape]
    must_haves_missed: list[str]
    keyword_overlap: float
    filters: list[FilterShape]
    counterfactuals: list[CounterfactualShape]
    notes: list[str]


class MatchPage(Shape):
    """Best first; the list is whole, so `next` is null."""

    items: list[MatchShape]
    next: None


class WeightShape(Shape):
    """`points` count (all sum to 100), `shipped` would, `own` is what the user gave before scaling."""

    signal: str
    points: float
    shipped: float
    own: float | None


class EmployerShape(Shape):
    """What the user says of an employer; `prestige` is the user's own number."""

    name: Words
    blocked: bool = False
    prestige: int | None = Field(None, ge=1, le=10)


class PreferencesShape(Shape):
    weights: list[WeightShape]
    employers: list[EmployerShape]
    avoid: list[str]


class PreferencesWanted(Shape):
    """All of it: what is left out is forgotten. `points` are per signal; those left out keep the shipped ones."""

    points: dict[Short, Annotated[float, Field(ge=0, le=1000)]] = Field({}, max_length=20)
    employers: list[EmployerShape] = Field([], max_length=500)
    avoid: list[Words] = Field([], max_length=500)
