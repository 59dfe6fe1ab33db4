"""Odds from ratings on a truth that is no logistic curve: mean error beside raw score, plain Platt and isotonic."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from benchmarks.frame import Row
from numpy.typing import NDArray

from jobbot.features.matching.odds import Rated, calibrate

PEOPLE = 200
SIZES = (20, 50, 100, 300, 1000, 5000)
GRID = np.arange(2.5, 100.0, 5.0)
Floats = NDArray[np.float64]
Fit = Callable[[Floats, Floats], Floats]


def truth(scores: Floats, person: int) -> Floats:
    """Flat, then steep, then flat again: what a person who likes little, or much, does with a score."""
    dice = np.random.default_rng(person)
    low, high, middle = dice.uniform(0.0, 0.15), dice.uniform(0.6, 0.95), dice.uniform(45, 75)
    return np.asarray(low + (high - low) * np.clip((scores - middle + 25) / 50, 0.0, 1.0) ** 1.5, dtype=float)


def run() -> list[Row]:
    rows: list[Row] = []
    for n in SIZES:
        errors = {name: _error(fit, n) for name, fit in {"ours": _ours, **peers()}.items()}
        rows += [
            Row(
                f"mean error of the odds, n = {n}",
                errors["ours"],
                name,
                errors[name],
            )
            for name in ("raw score", "plain Platt", "isotonic")
        ]
    note = f"{PEOPLE} simulated people; the truth of each is flat, steep, flat"
    return [*rows, Row("90 % intervals that hold the truth, n = 100", _coverage(100), note=note)]


def peers() -> Mapping[str, Fit]:
    """The same ratings, in three other ways."""
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression

    def raw(_scores: Floats, _liked: Floats) -> Floats:
        return GRID / 100

    def platt(scores: Floats, liked: Floats) -> Floats:
        if liked.min() == liked.max():
            return np.full(len(GRID), liked[0])
        model = LogisticRegression(C=1e6).fit(scores[:, None] / 100, liked)
        return np.asarray(model.predict_proba(GRID[:, None] / 100)[:, 1], dtype=float)

    def isotonic(scores: Floats, liked: Floats) -> Floats:
        model = IsotonicRegression(out_of_bounds="clip").fit(scores, liked)
        return np.asarray(model.predict(GRID), dtype=float)

    return {"raw score": raw, "plain Platt": platt, "isotonic": isotonic}


def _drawn(person: int, n: int) -> tuple[Floats, Floats]:
    dice = np.random.default_rng([person, n])
    scores = np.round(100 * dice.beta(3, 2.5, n))
    return scores, (dice.uniform(size=n) < truth(scores, person)).astype(float)


def _ours(scores: Floats, liked: Floats) -> Floats:
    curve = calibrate([Rated(float(s), bool(one)) for s, one in zip(scores, liked, strict=True)])
    assert curve is not None
    return np.array([curve(float(score)).p for score in GRID])


def _error(fit: Fit, n: int) -> float:
    """Mean distance from the truth over the scores as they occur."""
    weights = np.histogram(_drawn(0, 100_000)[0], bins=len(GRID), range=(0, 100))[0].astype(float)
    weights /= weights.sum()
    return float(np.mean([np.abs(fit(*_drawn(one, n)) - truth(GRID, one)) @ weights for one in range(PEOPLE)]))


def _coverage(n: int) -> float:
    held = []
    for one in range(PEOPLE):
        scores, liked = _drawn(one, n)
        curve = calibrate([Rated(float(s), bool(yes)) for s, yes in zip(scores, liked, strict=True)])
        assert curve is not None
        for score in (30.0, 50.0, 70.0):
            odds = curve(score)
            held.append(odds.low <= float(truth(np.array([score]), one)[0]) <= odds.high)
    return float(np.mean(held))
