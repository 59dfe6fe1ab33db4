"""Postings near texts in meaning, a ranking for each view of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobbot.platform.inference import VectorStore

Vectors = NDArray[np.float32]
Ranking = list[tuple[str, float]]


class Near(NamedTuple):
    """What one view is held against: unit vectors (m, dim), or ones as long as they count."""

    kind: str
    vectors: Vectors | None


def nearest(
    vectors: VectorStore, card_id: str, asked: Sequence[Near], user: str, k: int, *, newest: bool = True
) -> list[Ranking]:
    """For each view that is asked for the best k ids with their inner products, best first; exact."""
    return [
        vectors.nearest(card_id, view.kind, view.vectors, k, user=user, newest=newest)
        for view in asked
        if view.vectors is not None and len(view.vectors)
    ]
