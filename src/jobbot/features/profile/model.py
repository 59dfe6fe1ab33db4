"""The profile and its facts. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import UserId

DEFAULT_PERSONA = "default"
_PERSONA = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


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

    def under(self, head: Fact) -> tuple[Fact, ...]:
        """The facts of a role, project or school without the head itself."""
        return tuple(fact for fact in self.facts if fact.group == head.group and fact.pointer != head.pointer)


class Version(NamedTuple):
    """One line of a profile's history. `origin`: what it was read from."""

    version: int
    origin: str
    facts: int
    created_at: datetime


def persona_name(name: str) -> str:
    """The name as it is kept: lower case, letters, digits, `-` and `_`. Raises InvalidInput.

    >>> persona_name("Data-Analyst")
    'data-analyst'
    """
    kept = name.strip().casefold()
    if not _PERSONA.fullmatch(kept):
        raise InvalidInput("a persona's name has 1 to 40 letters, digits, - or _ and begins with a letter or digit")
    return kept
