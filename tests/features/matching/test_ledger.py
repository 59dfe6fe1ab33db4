"""The ledger: sums, monotone curves, caps and the clamp."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.matching import ledger
from jobbot.features.matching.ledger import Cap, Signal, Weight
from jobbot.features.matching.model import Contribution
from jobbot.features.matching.weights import WEIGHTS

NAMES = list(WEIGHTS)
values = st.one_of(st.none(), st.floats(0, 1, allow_nan=False))
many = st.lists(values, min_size=len(NAMES), max_size=len(NAMES))
caps = st.lists(
    st.builds(Cap, st.sampled_from(["licence", "clearance"]), st.integers(0, 100), st.just("why")), max_size=3
)
taste = st.lists(st.builds(Contribution, st.just("taste"), st.integers(-150, 150), st.just("why")), max_size=2)


def signals(xs: list[float | None]) -> list[Signal]:
    return [Signal(name, x, "reason") for name, x in zip(NAMES, xs, strict=True)]


@settings(max_examples=500)
@given(many, caps, taste)
def test_the_rows_add_up_to_the_score(xs: list[float | None], limits: list[Cap], extra: list[Contribution]) -> None:
    score, rows = ledger.rows(signals(xs), WEIGHTS, limits, extra)
    assert sum(row.points for row in rows) == score
    assert 0 <= score <= 100
    assert all(isinstance(row.points, int) for row in rows)
    if limits and not extra:
        assert score <= min(cap.limit for cap in limits)


@given(many, st.integers(0, len(NAMES) - 1), st.floats(0, 1))
def test_more_of_a_signal_never_lowers_the_score(xs: list[float | None], at: int, x: float) -> None:
    lower = [*xs[:at], min(x, xs[at] if xs[at] is not None else x), *xs[at + 1 :]]
    higher = [*xs[:at], max(x, xs[at] if xs[at] is not None else x), *xs[at + 1 :]]
    assert ledger.exact(signals(lower), WEIGHTS) <= ledger.exact(signals(higher), WEIGHTS) + 1e-9
    assert ledger.rows(signals(lower), WEIGHTS)[0] <= ledger.rows(signals(higher), WEIGHTS)[0]


@given(many)
def test_unknown_is_neutral_and_says_so(xs: list[float | None]) -> None:
    filled = [WEIGHTS[name].neutral if x is None else x for name, x in zip(NAMES, xs, strict=True)]
    known, unknown = ledger.rows(signals(filled), WEIGHTS), ledger.rows(signals(xs), WEIGHTS)
    assert known[0] == unknown[0]
    assert [row.reason.startswith("unknown") for row in unknown[1][: len(xs)]] == [x is None for x in xs]


def test_weights_are_non_negative_monotone_and_sum_to_100() -> None:
    assert math.isclose(sum(weight.points for weight in WEIGHTS.values()), 100)
    for weight in WEIGHTS.values():
        assert weight.points >= 0
        assert list(weight.curve) == sorted(weight.curve)
        assert (weight.curve[0], weight.curve[-1]) == (0.0, 1.0)


def test_a_cap_is_a_row_of_its_own() -> None:
    score, rows = ledger.rows(signals([1.0] * len(NAMES)), WEIGHTS, [Cap("clearance", 45, "no clearance")])
    assert score == 45
    assert rows[-1] == Contribution("cap: clearance", -55, "no clearance")


@given(st.lists(st.floats(0, 100), max_size=12))
def test_largest_remainder_keeps_the_sum_and_moves_less_than_one(parts: list[float]) -> None:
    whole = ledger.largest_remainder(parts)
    assert sum(whole) == round(sum(parts))
    assert all(abs(a - b) <= 1 for a, b in zip(whole, parts, strict=True))


@pytest.mark.parametrize(("x", "points"), [(0.0, 0.0), (0.125, 1.0), (0.5, 4.0), (1.0, 10.0), (7.0, 10.0), (-1.0, 0.0)])
def test_a_curve_is_linear_between_its_knots(x: float, points: float) -> None:
    assert Weight(10.0, (0.0, 0.2, 0.4, 0.8, 1.0)).value(x) == pytest.approx(points)
