"""Pay in words: bounds, currencies, periods, and what is not said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.sdk.paywords import DOLLAR, amount, codes, stated

PERIODS = {None, "hour", "day", "week", "month", "year"}


@pytest.mark.parametrize(
    ("words", "low", "high", "currency", "period"),
    [
        ("80-95K", 80_000, 95_000, None, None),
        ("from 45.000 €", 45_000, None, "EUR", None),
        ("ab 45.000 € brutto/Jahr", 45_000, None, "EUR", "year"),
        ("€45.000,50", 45_000.5, 45_000.5, "EUR", None),
        ("up to €70,000", None, 70_000, "EUR", None),
        ("bis zu 70.000 EUR", None, 70_000, "EUR", None),
        ("100k+", 100_000, None, None, None),
        ("$25/hr", 25, 25, "USD", "hour"),
        ("25 per hour", 25, 25, None, "hour"),
        ("$150-200k", 150_000, 200_000, "USD", None),
        ("95k-80k", 80_000, 95_000, None, None),
        ("1 lakh", 100_000, 100_000, None, None),
        ("8-12 LPA", 800_000, 1_200_000, None, "year"),
        ("12,00,000 - 18,00,000 INR", 1_200_000, 1_800_000, "INR", None),
        ("CHF 120'000", 120_000, 120_000, "CHF", None),
        ("CHF 120’000 – 140’000", 120_000, 140_000, "CHF", None),
        ("45 000 - 60 000 Kč / měsíc hrubého", 45_000, 60_000, "CZK", "month"),
        ("15 000–22 000 zł brutto/mies.", 15_000, 22_000, "PLN", "month"),
        ("R$ 5.000 - 7.000 por mês", 5_000, 7_000, "BRL", "month"),
        ("CA$90,000", 90_000, 90_000, "CAD", None),
        ("£30k-£40k p.a.", 30_000, 40_000, "GBP", "year"),
        ("£450/day", 450, 450, "GBP", "day"),
        ("TJM 500-600€", 500, 600, "EUR", "day"),
        ("ab 14,50 € pro Stunde", 14.5, None, "EUR", "hour"),
        ("3.500 € brutto monatlich", 3_500, 3_500, "EUR", "month"),
        ("USD 90,000.00 - USD 120,000.00 per year", 90_000, 120_000, "USD", "year"),
        ("kr 45 000", 45_000, 45_000, None, None),
        ("¥8,000,000", 8_000_000, 8_000_000, None, None),
    ],
)
def test_pay(words: str, low: float | None, high: float | None, currency: str | None, period: str | None) -> None:
    (salary,) = stated(words)
    assert (salary.min, salary.max, salary.currency, salary.period) == (low, high, currency, period)
    assert salary.raw == words
    assert not salary.predicted


@pytest.mark.parametrize(
    "words", ["Competitive", "DOE", "2026", "10% bonus", "401k match", "40 hours per week", "3 weeks vacation", "", "-"]
)
def test_what_is_no_pay(words: str) -> None:
    assert stated(words) == ()


@pytest.mark.parametrize(
    ("words", "country", "currency"),
    [
        ("$80k", "CA", "CAD"),
        ("$80k", "US", "USD"),
        ("kr 45 000", "SE", "SEK"),
        ("¥8,000,000", "JP", "JPY"),
        ("Rs. 50,000", "IN", "INR"),
        ("Rs. 50,000", None, None),
        ("$80k", "DE", "USD"),
        ("€80k", "US", "EUR"),
    ],
)
def test_a_sign_of_several_currencies_is_that_of_the_country(
    words: str, country: str | None, currency: str | None
) -> None:
    assert [salary.currency for salary in stated(words, country)] == [currency]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("€60k OTE", "OTE"),
        ("£40k DOE", "depends on experience"),
        ("50.000 € brutto", "gross"),
        ("1 500 € net par mois", "net"),
        ("$80k", DOLLAR),
        ("€60k", None),
    ],
)
def test_labels_say_what_kind_of_pay_it_is(words: str, label: str | None) -> None:
    assert [salary.label for salary in stated(words)] == [label]


@given(st.text(max_size=200))
def test_any_text_is_read(words: str) -> None:
    _sound(words)


PIECES = st.sampled_from(
    [
        "80",
        "95",
        "45.000",
        "1'200",
        "12,00,000",
        "k",
        "K",
        "-",
        "–",
        "to",
        "€",
        "$",
        "US$",
        "kr",
        "CHF",
        "EUR",
        "XYZ",
        "per hour",
        "/h",
        "/yr",
        "from",
        "ab",
        "up to",
        "+",
        "%",
        " ",
        "lakh",
        "M",
        "0",
        "99999999999999",
        "1.5",
        "١٢",
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_any_pieces_of_pay_are_read(words: str) -> None:
    _sound(words)


def _sound(words: str) -> None:
    for salary in stated(words):
        assert salary.raw == words.strip()
        bounds = [bound for bound in (salary.min, salary.max) if bound is not None]
        assert bounds
        assert all(0 <= bound < 1e12 for bound in bounds)
        assert bounds == sorted(bounds)
        assert salary.currency is None or salary.currency in codes()
        assert salary.period in PERIODS


@given(st.integers(0, 10**9))
def test_numbers_are_read_in_every_notation(number: int) -> None:
    for mark in (",", ".", "'", " "):
        assert amount(f"{number:,}".replace(",", mark)) == number
