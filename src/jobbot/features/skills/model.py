"""Skills, mentions and requirements. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jobbot.kernel.text import Evidence


class SkillKind(StrEnum):
    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    TOOL = "tool"
    LANGUAGE = "language"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class Skill:
    """One entry of the taxonomy. `broader` and `related` hold uris; `fields` are the fields of work it belongs to.

    Names in `exact` count only in exactly that case (HR), names in `context` moreover only where the words around
    them speak for it (Go, R, Word). A `silent` label is shown and never searched for in a text ("communicate").
    """

    uri: str
    label: str
    kind: SkillKind
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    exact: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Occupation:
    """A profession with the titles it is advertised under, its field of work (imported: its ISCO or SOC code) and what
    it does, "" where that is not known."""

    uri: str
    label: str
    titles: tuple[str, ...] = ()
    field: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SkillMention:
    """A skill found in a text: where, which, how sure (0-1); `inferred` when no alias of it stands there literally."""

    evidence: Evidence
    skill: Skill
    confidence: float = 1.0
    inferred: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.evidence.as_dict(),
            "skill": self.skill.label,
            "uri": self.skill.uri or None,
            "kind": self.skill.kind.value,
            "confidence": round(self.confidence, 2),
            "inferred": self.inferred,
        }


class Polarity(StrEnum):
    MUST = "must"
    NICE = "nice"
    UNCLEAR = "unclear"


class RequirementKind(StrEnum):
    SKILL = "skill"
    EXPERIENCE = "experience"
    DEGREE = "degree"
    LICENCE = "licence"
    LANGUAGE = "language"
    CLEARANCE = "clearance"
    WORK_PERMIT = "work_permit"
    TRAVEL = "travel"
    SHIFT = "shift"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a posting asks: one sentence or list item with its polarity.

    `skills` are the mentions inside it; with `any_of` one of them is enough. `years` is the smallest number of years
    asked for, None where none is. `negated`: the text says it is *not* required. `level` is the language level or
    degree as written ("fluent", "C1", "master"), "" where none is.
    """

    evidence: Evidence
    polarity: Polarity
    kind: RequirementKind = RequirementKind.OTHER
    skills: tuple[SkillMention, ...] = ()
    any_of: bool = False
    years: float | None = None
    negated: bool = False
    confidence: float = 1.0
    level: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.evidence.as_dict(),
            "polarity": self.polarity.value,
            "any_of": self.any_of,
            "years": self.years,
            "skills": [mention.skill.label for mention in self.skills],
            "kind": self.kind.value,
            "negated": self.negated,
            "level": self.level or None,
            "confidence": round(self.confidence, 2),
        }


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one text."""

    skills: tuple[SkillMention, ...] = ()
    requirements: tuple[Requirement, ...] = ()

    def as_dict(self, id_: str | None = None) -> dict[str, Any]:
        """The contract's `skills extract` shape."""
        return {
            "id": id_,
            "skills": [mention.as_dict() for mention in self.skills],
            "requirements": [requirement.as_dict() for requirement in self.requirements],
        }
