"""A learner's rows on top of a match: taste is added, shown apart, and bounded; the rows above never change. Pure."""

from __future__ import annotations

from dataclasses import replace

from jobbot.features.matching.model import Contribution, Match, Reranker

TASTE = 20
"""Most points that all learned rows may add or take together; what is beyond is a row of its own."""
CLIPPED, CLAMP = "taste beyond its bound", "clamp"


def reranked(match: Match, reranker: Reranker | None) -> Match:
    """The match with the learner's rows; the points still add up to the score exactly."""
    rows = reranker.rows(match) if reranker else ()
    if not rows:
        return match
    taste = sum(row.points for row in rows)
    bounded = max(-TASTE, min(TASTE, taste))
    extra = [*rows]
    if bounded != taste:
        extra.append(Contribution(CLIPPED, bounded - taste, f"taste moves a score by {TASTE} points at most"))
    before = [row for row in match.contributions if row.signal != CLAMP]
    total = sum(row.points for row in before) + bounded
    bound = max(0, min(100, total))
    if bound != total:
        extra.append(Contribution(CLAMP, bound - total, "a score stays between 0 and 100"))
    return replace(match, score=bound, taste=bounded, contributions=(*before, *extra))
