"""Rankings of the same things merged by rank: reciprocal rank fusion. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
N = TypeVar("N", int, str)

RRF = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
FEW = 10
"""So many postings that hold every word, or fewer, come before all that meaning alone finds."""


def fuse(rankings: Iterable[Sequence[T]], k: int = RRF) -> dict[T, float]:
    """Reciprocal rank fusion: id -> sum of 1/(k + rank). The order of the rankings changes nothing but the last bit.

    >>> max(fuse([["a", "b"], ["b", "c"]]).items(), key=lambda item: item[1])[0]
    'b'
    """
    scores: dict[T, float] = {}
    for ranking in rankings:
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + 1.0 / (k + rank)
    return scores


def merged(
    words: Sequence[N], views: Sequence[Sequence[N]], *, every: bool, others: Sequence[Sequence[N]] = ()
) -> list[N]:
    """One order of what was found by words and on views of meaning: by fused rank, then what words found in their
    order, then by id. Meaning as a whole counts as much as the words do, however many views it has; each of the
    `others`, by other wordings, half as much.

    `every`: the words rank what holds each of them. Where that is `FEW`, as with a name or a number, all of it comes
    first: nothing that was typed and is there is pushed down by what only resembles it.

    >>> merged([3, 1], [[2, 1], [2, 5]], every=False)
    [2, 1, 3, 5]
    >>> merged([3, 1], [[2, 1], [2, 5]], every=True)
    [1, 3, 2, 5]
    """
    place = {name: rank for rank, name in enumerate(words)}
    scores: dict[N, float] = {}
    weights = [1.0, *[1 / len(views) for _ in views], *[0.5 for _ in others]]
    rankings: list[Sequence[N]] = [words]
    rankings += views
    rankings += others
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + weight / (RRF + rank)
    first = place if every and len(words) <= FEW else {}

    def order(name: N) -> tuple[bool, float, int, N]:
        return name not in first, -round(scores[name], 12), place.get(name, len(place)), name

    return sorted(scores, key=order)
