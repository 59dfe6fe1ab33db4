"""What a score has meant for one person: the odds that they rate the posting 7 or more, with n and an interval. Pure.

Up to 999 ratings: Platt's logistic curve over the logit of the score (Platt, 1999), held by ten pseudo-points that say
what the raw score says, so that twenty ratings bend it and do not break it; the interval is that of the two fitted
coefficients (Laplace). From 1,000 on: isotonic regression (pool adjacent violators; Ayer et al., 1955) with Wilson's
interval of each block. Below twenty nothing is said: a score is then uncalibrated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST, ISOTONIC = 20, 1000
"""Ratings from which odds are given at all, and from which their curve is no longer assumed logistic."""
LIKED = 7
"""A rating from 1 to 10 that counts as liked."""
PSEUDO = 10
_Z = 1.6449
"""Standard normal quantile of a two-sided interval of 90 %."""
_STEPS, _STILL = 50, 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rated:
    """A posting that was rated: its score then, 0 to 100, and whether it was liked."""

    score: float
    liked: bool


@dataclass(frozen=True, slots=True)
class Odds:
    """Probability of being liked, its 90 % interval, and on how many ratings both rest."""

    p: float
    low: float
    high: float
    n: int

    def as_dict(self) -> dict[str, Any]:
        return {"p": round(self.p, 4), "low": round(self.low, 4), "high": round(self.high, 4), "n": self.n}


Curve = Callable[[float], Odds]
"""Score 0-100 -> odds, never falling with the score."""


def uncalibrated(_user: object) -> None:
    """The curve of somebody who has rated nothing."""


def calibrate(rated: Sequence[Rated]) -> Curve | None:
    """The curve of these ratings, None for fewer than `LEAST`; the order of the ratings changes nothing."""
    if len(rated) < LEAST:
        return None
    scores = np.array([one.score for one in rated], dtype=float)
    liked = np.array([one.liked for one in rated], dtype=float)
    return _isotonic(scores, liked) if len(rated) >= ISOTONIC else _platt(scores, liked)


def _logit(scores: Floats) -> Floats:
    share = np.clip(scores / 100.0, 0.01, 0.99)
    return np.asarray(np.log(share / (1.0 - share)), dtype=float)


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -35.0, 35.0))), dtype=float)


def _platt(scores: Floats, liked: Floats) -> Curve:
    pseudo = (np.arange(PSEUDO) + 0.5) * 100.0 / PSEUDO
    design = np.column_stack([np.ones(len(scores) + PSEUDO), _logit(np.concatenate([scores, pseudo]))])
    wanted = np.concatenate([liked, pseudo / 100.0])
    fitted, covariance = _newton(design, wanted)
    if fitted[1] < 0.0:  # a score that means less the higher it is says nothing: one probability for all
        fitted, covariance = _newton(design[:, :1], wanted)
        fitted, covariance = np.array([fitted[0], 0.0]), np.array([[covariance[0, 0], 0.0], [0.0, 0.0]])
    n = len(scores)

    def curve(score: float) -> Odds:
        row = np.array([1.0, float(_logit(np.array([score]))[0])])
        centre, spread = float(row @ fitted), _Z * float(np.sqrt(max(0.0, row @ covariance @ row)))
        low, p, high = _sigmoid(np.array([centre - spread, centre, centre + spread]))
        return Odds(float(p), float(low), float(high), n)

    return curve


def _newton(design: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Coefficients of largest likelihood and their covariance, by Newton's method; targets may be fractions."""
    fitted = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = _sigmoid(design @ fitted)
        weights = np.maximum(chance * (1.0 - chance), 1e-9)
        information = design.T @ (design * weights[:, None])
        step = np.linalg.solve(information, design.T @ (wanted - chance))
        fitted = fitted + step
        if float(np.abs(step).max()) < _STILL:
            break
    return fitted, np.asarray(np.linalg.inv(information), dtype=float)


def _isotonic(scores: Floats, liked: Floats) -> Curve:
    blocks = _pooled(scores, liked)
    starts = [block[0] for block in blocks]
    n = len(scores)

    def curve(score: float) -> Odds:
        _, hits, size = blocks[max(0, bisect_right(starts, score) - 1)]
        low, high = _wilson(hits, size)
        return Odds(hits / size, low, high, n)

    return curve


def _pooled(scores: Floats, liked: Floats) -> list[tuple[float, float, float]]:
    """(lowest score, liked, ratings) of blocks whose shares rise."""
    found: list[tuple[float, float, float]] = []
    for score in np.unique(scores):
        same = liked[scores == score]
        block = (float(score), float(same.sum()), float(len(same)))
        while found and found[-1][1] * block[2] >= block[1] * found[-1][2]:
            start, hits, size = found.pop()
            block = (start, hits + block[1], size + block[2])
        found.append(block)
    return found


def _wilson(hits: float, size: float) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    share, z2 = hits / size, _Z * _Z
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = _Z / (1 + z2 / size) * float(np.sqrt(share * (1 - share) / size + z2 / (4 * size * size)))
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))
