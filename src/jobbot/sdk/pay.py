"""Pay as vendors state it in fields of their own. Nothing is converted, and a bound of nothing is none."""

from __future__ import annotations

import re
from typing import Any

from jobbot.kernel.money import Salary
from jobbot.sdk.fields import optional, text_of
from jobbot.sdk.paywords import amount, codes

_NUMBER = re.compile(r"\d{1,3}(?:[,.'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?|\d{1,12}\.\d{4,}")
_PERIODS = {
    **dict.fromkeys(("hour", "hourly", "hr", "ph", "perhour", "perhourwage", "1hour"), "hour"),
    **dict.fromkeys(("day", "daily", "pd", "perday", "perdaywage", "1day"), "day"),
    **dict.fromkeys(("week", "weekly", "pw", "perweek", "1week"), "week"),
    **dict.fromkeys(("month", "monthly", "pm", "permonth", "permonthsalary", "1month"), "month"),
    **dict.fromkeys(("year", "yearly", "annual", "annually", "annum", "pa", "peryear", "perannum", "1year"), "year"),
}
_CURRENCY = re.compile(r"[A-Z]{3}")


def number(value: Any) -> float | None:
    """A positive number, also as text (`45000.00`, `80,000`, `45.000,50`); None for anything else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = amount(value.strip())
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e12
    return float(value) if good else None


def period(word: Any) -> str | None:
    """hour, day, week, month or year from a vendor's word for it, None for any other."""
    return _PERIODS.get(re.sub(r"[^a-z0-9]", "", text_of(word).lower()))


def currency(code: Any) -> str | None:
    """A code of ISO 4217 in capitals, None for anything else."""
    found = text_of(code).upper()
    return found if _CURRENCY.fullmatch(found) and found in codes() else None


def salaries(low: Any, high: Any, code: Any, per: Any, *, raw: Any = None, label: Any = None) -> tuple[Salary, ...]:
    """One range, or none where neither bound is a number. `raw` is the vendor's own wording, made up from the rest
    where it has none."""
    least, most = number(low), number(high)
    if least is None and most is None:
        return ()
    bounds = " - ".join(f"{bound:,.2f}".removesuffix(".00") for bound in (least, most) if bound is not None)
    words = " ".join(part for part in (bounds, text_of(code), text_of(per)) if part)
    return (Salary(least, most, currency(code), period(per), optional(raw) or words, label=optional(label)),)
