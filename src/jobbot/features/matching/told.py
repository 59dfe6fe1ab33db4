"""What a posting tells besides its requirements: the sentences about the work. Pure.

Duties say as much about the fit as demands do; what every advert says about the employer, benefits, the law and how to
apply says nothing and is left out by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jobbot.features.skills.model import Requirement

MOST = 32
"""Sentences per posting that are held against the profile."""
_SHORTEST, _LONGEST = 25, 400
_STOP = re.compile(r"\n+|(?<=[.!?;])\s+(?=[A-Z\"“•])|\s*•\s*")
_EDGES = " -*–·\t"
_EVERYWHERE = re.compile(
    r"equal opportunit|\bEEO\b|regardless of|discriminat|accommodat|benefits|insurance|\b401|vacation|paid time|"
    r"parental|perks|salary|compensation|equity|stock option|privacy|we are (?:a|an|the)\b|founded|investors|"
    r"series [A-D]\b|our mission|backed by|apply (?:now|via)|deadline|how to apply|https?:|www\.|@",
    re.IGNORECASE,
)


def sentences(text: str, requirements: Sequence[Requirement]) -> tuple[str, ...]:
    """At most `MOST` sentences about the work, in the order of the text, without what the requirements hold."""
    spans = sorted((r.evidence.start, r.evidence.end) for r in requirements)
    found: list[str] = []
    for start, end in _pieces(text):
        words = text[start:end].strip(_EDGES)
        if not _SHORTEST <= len(words) <= _LONGEST or _EVERYWHERE.search(words):
            continue
        if not any(low < end and start < high for low, high in spans):
            found.append(words)
            if len(found) == MOST:
                break
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for stop in _STOP.finditer(text):
        yield at, stop.start()
        at = stop.end()
    yield at, len(text)
