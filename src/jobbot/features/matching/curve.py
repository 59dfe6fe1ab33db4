"""Piecewise linear curves: every transform of the score is one, so that it can be printed and argued with. Pure."""

from __future__ import annotations

from collections.abc import Sequence

Knots = Sequence[tuple[float, float]]


def along(x: float, knots: Knots) -> float:
    """The curve through `knots` (ascending in x) at `x`; flat outside of them.

    >>> along(0.5, ((0.0, 0.0), (1.0, 10.0))), along(7.0, ((0.0, 0.0), (1.0, 10.0)))
    (5.0, 10.0)
    """
    low_x, low_y = knots[0]
    if x <= low_x:
        return low_y
    for high_x, high_y in knots[1:]:
        if x <= high_x:
            return low_y + (high_y - low_y) * (x - low_x) / (high_x - low_x)
        low_x, low_y = high_x, high_y
    return low_y
