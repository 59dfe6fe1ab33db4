"""From thousands of postings to those worth a full look: nearest on both views, best by words, merged by rank. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jobbot.features.matching import where
from jobbot.features.matching.candidate import Candidate
from jobbot.features.sources.model import LightPosting

RRF = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
NEAREST = 300
"""How many each ranking names."""
LOOKED_AT = 60
"""Fewest postings that get a full look."""


def size_for(limit: int) -> int:
    """How many get a full look for a list of `limit`: three times as many, at most 200 more.

    >>> size_for(10), size_for(50), size_for(1000)
    (60, 150, 1200)
    """
    return max(LOOKED_AT, min(3 * limit, limit + 200))


def fuse(rankings: Iterable[Sequence[str]], k: int = RRF) -> dict[str, float]:
    """Reciprocal rank fusion: id -> sum of 1/(k + rank). The order of the rankings changes nothing but the last bit.

    >>> max(fuse([["a", "b"], ["b", "c"]]).items(), key=lambda item: item[1])[0]
    'b'
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + 1.0 / (k + rank)
    return scores


def choose(fused: Mapping[str, float], light: Sequence[LightPosting], candidate: Candidate, size: int) -> list[str]:
    """The ids worth a full look: what misses a wished place only after what does not, then by fused rank, then id.

    Postings that no ranking names come after the others, by id, so that a small collection is looked at whole.
    """
    if len(light) <= size:
        return sorted(posting.id for posting in light)
    open_ones = {str(posting.id): posting for posting in light}
    ranked = sorted((name for name in fused if name in open_ones), key=lambda name: (-fused[name], name))
    if len(ranked) < size:
        ranked += sorted(open_ones.keys() - set(ranked))[: size - len(ranked)]
    wishes = candidate.wishes
    if not wishes.locations and not wishes.remote:
        return ranked[:size]
    fitting: list[str] = []
    missing: list[str] = []
    for name in ranked:
        posting = open_ones[name]
        verdict = where.judge(where.scene(posting.locations, posting.remote), wishes, candidate.home)
        (missing if verdict.passed is False else fitting).append(name)
        if len(fitting) >= size:
            break
    return [*fitting, *missing][:size]
