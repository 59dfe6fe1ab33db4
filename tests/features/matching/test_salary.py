"""Pay against a floor: unknown stays unknown, every assumption is said."""

from __future__ import annotations

import pytest

from jobbot.features.matching.salary import RATES_DATE, judge
from jobbot.kernel.money import Salary


@pytest.mark.parametrize(
    ("salary", "passed", "said"),
    [
        (Salary(80_000, 100_000, "EUR", "year"), True, "reaches your floor"),
        (Salary(50_000, 60_000, "EUR", "year"), False, "below your floor"),
        (Salary(60_000, 90_000, "EUR", "year"), True, "reaches your floor"),
        (Salary(7_000, 8_000, "EUR", "month"), True, "per month taken to per year"),
        (Salary(45, 50, "EUR", "hour"), True, "40 hours a week"),
        (Salary(100_000, 120_000, "USD", "year"), True, RATES_DATE),
        (Salary(80_000, 100_000, "EUR", None), True, "taken as per year"),
        (Salary(4_000, 5_000, "EUR", None), None, "period is not stated"),
        (Salary(80_000, 100_000, None, "year"), None, "currency is not stated"),
        (Salary(80_000, 100_000, "XAU", "year"), None, "not comparable"),
    ],
)
def test_a_range_beside_a_floor_of_78000_euros(salary: Salary, passed: bool | None, said: str) -> None:
    verdict = judge((salary,), 78_000, "EUR")
    assert verdict.passed is passed
    assert said in verdict.reason
    assert (verdict.x is None) is (passed is None)


def test_unknown_pay_is_unknown_and_no_floor_is_no_question() -> None:
    assert judge((), 78_000, "EUR").x is None
    assert judge((Salary(1, 2, "EUR", "year"),), None, "EUR").x is None


def test_the_best_of_several_ranges_counts() -> None:
    ranges = (Salary(40_000, 50_000, "EUR", "year"), Salary(90_000, 95_000, "EUR", "year"))
    assert judge(ranges, 78_000, "EUR").passed is True


def test_more_pay_never_counts_less() -> None:
    xs = [
        judge((Salary(low, low + 10_000, "EUR", "year"),), 78_000, "EUR").x or 0.0
        for low in range(10_000, 200_000, 5_000)
    ]
    assert xs == sorted(xs)
