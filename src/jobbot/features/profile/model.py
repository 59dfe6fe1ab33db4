"""The profile and its facts. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import UserId


@dataclass(frozen=True, slots=True)
class Profile:
    """One version of a candidate's JSON Resume and the facts in it. Documents cite `version` and fact ids."""

    user: UserId
    persona: str
    version: int
    resume: dict[str, Any] = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)

    def of(self, *kinds: FactKind) -> tuple[Fact, ...]:
        """Facts of the given kinds, in the order of the resume."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    @property
    def roles(self) -> tuple[Fact, ...]:
        return self.of(FactKind.ROLE)
