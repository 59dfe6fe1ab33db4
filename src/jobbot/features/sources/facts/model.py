"""What was read out of a posting's words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jobbot.features.places.model import PlaceFact, RemoteScope, scope_from

SENIORITIES = ("intern", "junior", "mid", "senior", "lead", "manager", "director", "executive")
EMPLOYMENTS = (
    "full_time",
    "part_time",
    "contract",
    "temporary",
    "internship",
    "apprenticeship",
    "freelance",
    "volunteer",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """None and () where the posting does not say it. `seniority` is one of `SENIORITIES`, `seniority_words` what it
    rests on; `employment` is one of `EMPLOYMENTS`; `remote_scope` is that of a remote posting."""

    places: tuple[PlaceFact, ...] = ()
    remote_scope: RemoteScope | None = None
    seniority: str | None = None
    seniority_words: str | None = None
    employment: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "places": [place.as_dict() for place in self.places],
            "remote_scope": self.remote_scope.as_dict() if self.remote_scope else None,
            "seniority": self.seniority,
            "seniority_words": self.seniority_words,
            "employment": self.employment,
        }


NO_FACTS = Facts()


def facts_from(stored: dict[str, Any]) -> Facts:
    """What `as_dict` gave."""
    places = tuple(PlaceFact(**place) for place in stored["places"])
    scope = scope_from(stored["remote_scope"])
    return Facts(places, scope, stored["seniority"], stored["seniority_words"], stored["employment"])
