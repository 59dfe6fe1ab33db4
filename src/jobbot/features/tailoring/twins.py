"""Bullets that say nearly the same: people keep both a summary and the bullet it was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence

ALIKE = 0.75
"""Share of the shorter one's words that stand in the other."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_FIGURE = re.compile(r"\d[\d.,]*")


def twins(wordings: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes, the first before the second. Figures of its own make a bullet no twin.

    >>> twins(["Led data work for 6 phase II trials", "Data work lead for phase II trials", "Trained nurses"])
    [(0, 1)]
    """
    words = [set(_WORD.findall(wording.casefold())) for wording in wordings]
    figures = [set(_FIGURE.findall(wording)) for wording in wordings]
    return [
        (i, j)
        for i in range(len(wordings))
        for j in range(i + 1, len(wordings))
        if _alike(words[i], words[j]) and (figures[i] <= figures[j] or figures[j] <= figures[i])
    ]


def _alike(one: set[str], other: set[str]) -> bool:
    least = min(len(one), len(other))
    return least >= 3 and len(one & other) >= ALIKE * least
