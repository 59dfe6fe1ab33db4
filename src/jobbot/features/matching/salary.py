"""Pay against the candidate's floor: same currency or a dated rate, one period, every assumption said. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jobbot.kernel.money import Salary

PER_YEAR: Mapping[str, float] = {"hour": 2080.0, "day": 260.0, "week": 52.0, "month": 12.0, "year": 1.0}
"""40 hours, 5 days a week, 52 weeks, 12 salaries: used to compare only, never shown as the posting's pay."""

RATES_DATE = "2026-11-02"
EUR_RATES: Mapping[str, float] = {
    # units of the currency for one euro, rounded: good for "above or below the floor", not for accounts
    "EUR": 1.0,
    "USD": 1.15,
    "GBP": 0.87,
    "CHF": 0.93,
    "SEK": 10.9,
    "NOK": 11.7,
    "DKK": 7.46,
    "PLN": 4.25,
    "CZK": 24.3,
    "HUF": 388.0,
    "RON": 5.08,
    "BGN": 1.956,
    "CAD": 1.61,
    "AUD": 1.76,
    "NZD": 2.02,
    "SGD": 1.5,
    "INR": 102.0,
    "JPY": 176.0,
    "CNY": 8.2,
    "HKD": 8.95,
    "KRW": 1650.0,
    "ILS": 3.75,
    "AED": 4.22,
    "SAR": 4.31,
    "ZAR": 19.9,
    "KES": 149.0,
    "ETB": 175.0,
    "NGN": 1660.0,
    "EGP": 54.5,
    "BRL": 6.2,
    "MXN": 21.3,
    "TRY": 48.5,
    "MYR": 4.83,
    "THB": 37.3,
    "PHP": 67.5,
    "IDR": 19200.0,
    "VND": 30300.0,
    "PKR": 324.0,
    "ARS": 1670.0,
    "CLP": 1085.0,
    "COP": 4430.0,
    "UAH": 48.5,
    "GEL": 3.13,
    "ISK": 145.0,
}


@dataclass(frozen=True, slots=True)
class PayVerdict:
    """`x` in [0,1]; `passed` None where nothing can be said; `reason` says what was compared and assumed."""

    x: float | None
    passed: bool | None
    reason: str


def judge(salaries: tuple[Salary, ...], floor: float | None, currency: str | None, period: str = "year") -> PayVerdict:
    """The best stated range against the floor. A range that reaches the floor passes, its middle decides `x`."""
    if floor is None or floor <= 0:
        return PayVerdict(None, None, "no salary floor set")
    stated = [salary for salary in salaries if salary.min is not None or salary.max is not None]
    if not stated:
        return PayVerdict(None, None, "pay not stated")
    verdicts = [_one(salary, floor, currency, period) for salary in stated]
    known = [verdict for verdict in verdicts if verdict.x is not None]
    return max(known, key=lambda verdict: verdict.x or 0.0) if known else verdicts[0]


YEARLY_FROM = 15_000.0
"""An amount without a period, in euros, from which on it can only be meant per year."""


def _one(salary: Salary, floor: float, currency: str | None, period: str) -> PayVerdict:
    shown = stated_range(salary)
    assumed_period = salary.period or _likely_period(salary)
    if assumed_period is None or assumed_period not in PER_YEAR:
        return PayVerdict(None, None, f"{shown}: the period is not stated")
    if not salary.currency:
        return PayVerdict(None, None, f"{shown}: the currency is not stated")
    rate, assumed = _rate(salary.currency, currency)
    if rate is None:
        return PayVerdict(None, None, f"{shown}: not comparable with a floor in {currency}")
    scale = PER_YEAR[assumed_period] / PER_YEAR.get(period, 1.0) * rate
    if salary.period is None:
        assumed.append("taken as per year")
    if assumed_period != period:
        assumed.append(_assumption(assumed_period, period))
    low = (salary.min if salary.min is not None else salary.max or 0.0) * scale
    high = (salary.max if salary.max is not None else salary.min or 0.0) * scale
    return _compare(shown, low, high, floor, assumed, predicted=salary.predicted)


def _compare(shown: str, low: float, high: float, floor: float, assumed: list[str], *, predicted: bool) -> PayVerdict:
    middle = (low + high) / 2
    passed = high >= floor
    x = min(1.0, 0.5 + (middle / floor - 1.0)) if passed else max(0.0, 0.5 * high / floor - 0.1)
    words = "reaches your floor" if passed else "below your floor"
    notes = [*assumed, *(["an estimate of the board"] if predicted else [])]
    return PayVerdict(
        max(0.0, x), passed, f"{shown} {words} of {floor:,.0f}{' (' + '; '.join(notes) + ')' if notes else ''}"
    )


def _likely_period(salary: Salary) -> str | None:
    rate = EUR_RATES.get((salary.currency or "").upper())
    high = salary.max if salary.max is not None else salary.min
    return "year" if rate and high is not None and high / rate >= YEARLY_FROM else None


def _rate(of: str, to: str | None) -> tuple[float | None, list[str]]:
    if to is None or of.upper() == to.upper():
        return 1.0, [] if to else ["floor taken in the posting's currency"]
    one, other = EUR_RATES.get(of.upper()), EUR_RATES.get(to.upper())
    if one is None or other is None:
        return None, []
    return other / one, [f"{of} to {to} at the rate of {RATES_DATE}"]


def _assumption(period: str, wanted: str) -> str:
    if "hour" in (period, wanted):
        return "40 hours a week, 52 weeks"
    return "260 days a year" if "day" in (period, wanted) else f"per {period} taken to per {wanted}"


def stated_range(salary: Salary) -> str:
    """`USD 90,000-120,000 per year`, with what is stated only."""
    ends = [f"{value:,.0f}" for value in (salary.min, salary.max) if value is not None]
    amount = "-".join(dict.fromkeys(ends))
    words = [salary.currency or "", amount, f"per {salary.period}" if salary.period else ""]
    return " ".join(word for word in words if word)
