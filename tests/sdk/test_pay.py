"""Pay in fields: numbers as numbers or text, periods in vendors' words, nothing made up."""

from __future__ import annotations

from typing import Any

import pytest

from jobbot.kernel.money import Salary
from jobbot.sdk import pay


@pytest.mark.parametrize(
    ("value", "expected"),
    [(28, 28.0), ("28000", 28e3), ("45000.00", 45e3), ("80,000", 8e4), (" 9.5 ", 9.5)],
)
def test_numbers(value: Any, expected: float) -> None:
    assert pay.number(value) == expected


@pytest.mark.parametrize(
    "value", [0, -1, True, None, "", "0", "80-95K", "from 45.000 €", "1e5", "9" * 20, 1e300, [], {}]
)
def test_no_numbers(value: Any) -> None:
    assert pay.number(value) is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("YEARLY", "year"),
        ("annual", "year"),
        ("Per Year", "year"),
        ("PA", "year"),
        ("HOURLY", "hour"),
        ("1 MONTH", "month"),
    ],
)
def test_periods(word: str, expected: str) -> None:
    assert pay.period(word) == expected


def test_an_unknown_period_is_none_and_a_wrong_currency_too() -> None:
    assert pay.salaries("20", "30", "Euro", "shift") == (Salary(20.0, 30.0, None, None, "20 - 30 Euro shift"),)


def test_the_vendors_own_words_are_kept() -> None:
    assert pay.salaries(1, None, "GBP", "hour", raw="£1 an hour", label="Nights")[0] == Salary(
        1.0, None, "GBP", "hour", "£1 an hour", label="Nights"
    )
    assert pay.salaries(None, 0, "GBP", "hour", raw="good pay") == ()
