"""From thousands of postings to those worth a full look: nearest on both views, best by words, merged by rank. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jobbot.features.matching import where
from jobbot.features.matching.candidate import Candidate
from jobbot.features.matching.copies import by_advert
from jobbot.features.sources.model import LightPosting

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


def choose(fused: Mapping[str, float], light: Sequence[LightPosting], candidate: Candidate, size: int) -> list[str]:
    """The ids worth a full look: what misses a wished place only after what does not, then by fused rank, then id.

    Of the copies of an advert one is looked at: the first that stands where the candidate wants to be, else the first.
    Postings that no ranking names come after the others, by id, so that a small collection is looked at whole.
    """
    adverts = by_advert(light)
    if len(adverts) <= size:
        return sorted(str(_nearest(copies, candidate)[0].id) for copies in adverts.values())
    group_of = {str(posting.id): posting.group or str(posting.id) for posting in light}
    ranked = sorted((name for name in fused if name in group_of), key=lambda name: (-fused[name], name))
    if len({group_of[name] for name in ranked}) < size:
        ranked += sorted(group_of.keys() - set(ranked))
    fitting: list[str] = []
    missing: list[str] = []
    for group in dict.fromkeys(group_of[name] for name in ranked):
        posting, fits = _nearest(adverts[group], candidate)
        (fitting if fits else missing).append(str(posting.id))
        if len(fitting) >= size:
            break
    return [*fitting, *missing][:size]


def _nearest(copies: Sequence[LightPosting], candidate: Candidate) -> tuple[LightPosting, bool]:
    """The first of an advert's copies whose place does not miss a wish, and whether there is one; else the first."""
    wishes = candidate.wishes
    if not wishes.locations and not wishes.remote:
        return copies[0], True
    for posting in copies:
        if where.judge(where.scene(posting.locations, posting.remote), wishes, candidate.home).passed is not False:
            return posting, True
    return copies[0], False
