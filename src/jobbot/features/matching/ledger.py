"""The score as a sum: weights x transforms, rounded so that the integers shown add up. Pure.

score = sum of w_i * f_i(x_i) over the signals + caps + clamp, w_i >= 0, sum of w_i = 100, each f_i monotone and
piecewise linear over five knots. The formula with its figures is printed in `docs/reference/score.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from jobbot.features.matching.model import Contribution

KNOTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Signal:
    """One measured thing in [0,1]; None is unknown and counts as the neutral value of its weight."""

    name: str
    x: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Weight:
    """`points` at f(x) = 1; `curve` holds f at the five knots; `neutral` is the x of an unknown signal."""

    points: float
    curve: tuple[float, float, float, float, float] = KNOTS
    neutral: float = 0.5
    relevance: bool = True

    def value(self, x: float | None) -> float:
        """Points of x, linear between the knots."""
        at = min(1.0, max(0.0, self.neutral if x is None else x)) * 4
        left = min(3, floor(at))
        low, high = self.curve[left], self.curve[left + 1]
        return self.points * (low + (high - low) * (at - left))


@dataclass(frozen=True, slots=True)
class Cap:
    """An upper bound of the score, with why: it becomes a negative row of its own, never a hidden factor."""

    name: str
    limit: int
    reason: str


def largest_remainder(values: Sequence[float], total: int | None = None) -> list[int]:
    """Integers that sum to `total` (default: the rounded sum), each within 1 of its value (Hamilton's method).

    >>> largest_remainder([1.4, 1.4, 1.2])
    [2, 1, 1]
    """
    wanted = round(sum(values)) if total is None else total
    parts = [floor(value) for value in values]
    order = sorted(range(len(values)), key=lambda i: (parts[i] - values[i], i))
    for index in order[: max(0, wanted - sum(parts))]:
        parts[index] += 1
    return parts


def exact(signals: Sequence[Signal], weights: Mapping[str, Weight]) -> float:
    """The sum before rounding, caps and clamp: what the order of equal scores is decided by."""
    return sum(weights[signal.name].value(signal.x) for signal in signals)


def rows(
    signals: Sequence[Signal],
    weights: Mapping[str, Weight],
    caps: Sequence[Cap] = (),
    extra: Sequence[Contribution] = (),
) -> tuple[int, tuple[Contribution, ...]]:
    """Score and ledger: the points of the rows add up to the score exactly, whatever the signals."""
    points = largest_remainder([weights[signal.name].value(signal.x) for signal in signals])
    ledger = [
        Contribution(signal.name, value, signal.reason if signal.x is not None else f"unknown: {signal.reason}")
        for signal, value in zip(signals, points, strict=True)
    ]
    total = sum(points)
    for cap in sorted(caps, key=lambda cap: (cap.limit, cap.name)):
        if total > cap.limit:
            ledger.append(Contribution(f"cap: {cap.name}", cap.limit - total, cap.reason))
            total = cap.limit
    ledger += extra
    total += sum(row.points for row in extra)
    if not 0 <= total <= 100:
        bound = min(100, max(0, total))
        ledger.append(Contribution("clamp", bound - total, "a score stays between 0 and 100"))
        total = bound
    return total, tuple(ledger)


def fit(signals: Sequence[Signal], weights: Mapping[str, Weight], caps: Sequence[Cap] = ()) -> int:
    """0-100 of the relevance signals alone: place, pay, recency and taste set aside, rescaled to 100."""
    relevant = [signal for signal in signals if weights[signal.name].relevance]
    most = sum(weights[signal.name].points for signal in relevant)
    value = 100 * sum(weights[signal.name].value(signal.x) for signal in relevant) / most if most else 0.0
    return max(0, min([round(value), *(cap.limit for cap in caps)]))
