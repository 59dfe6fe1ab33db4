"""What the verifier takes and gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Synonyms = Mapping[str, Iterable[str]]
"""A name and other names for exactly the same thing: {"Kubernetes": ["K8s"]}. Phrases may have several words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a line is proven; where not, why, in words for a person."""

    ok: bool
    reasons: tuple[str, ...] = ()


PROVEN = Verdict(True)


def refused(*reasons: str) -> Verdict:
    return Verdict(False, reasons)
