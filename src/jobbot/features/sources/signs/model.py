"""A sign and what it rests on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobbot.kernel.clock import iso


@dataclass(frozen=True, slots=True)
class Sight:
    """One thing that was seen: what, when, of which posting."""

    what: str
    at: datetime
    posting: str

    def as_dict(self) -> dict[str, Any]:
        return {"what": self.what, "at": iso(self.at), "posting": self.posting}


@dataclass(frozen=True, slots=True)
class Sign:
    """`says` is what was seen, in a sentence. It takes two sights to make one: there is no way to build it on less."""

    name: str
    says: str
    first: Sight
    second: Sight
    more: tuple[Sight, ...] = ()

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise ValueError("a sign rests on two sights, not twice on one")

    @property
    def evidence(self) -> tuple[Sight, ...]:
        return (self.first, self.second, *self.more)

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "says": self.says, "evidence": [sight.as_dict() for sight in self.evidence]}
