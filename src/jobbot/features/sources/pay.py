"""Comparing stated pay. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from jobbot.kernel.money import Salary

YEARLY = {"hour": 2080.0, "day": 260.0, "week": 52.0, "month": 12.0, "year": 1.0}
"""Full-time hours, days, weeks and months of a year; only for comparing, never shown as stated pay."""
_SURELY_YEARLY = 12_000.0


def yearly_top(salaries: Iterable[Salary]) -> float | None:
    """The highest bound as if earned for a whole year full time, None where no period is known or likely."""
    tops = [top for salary in salaries if (top := _yearly(salary)) is not None]
    return max(tops, default=None)


def _yearly(salary: Salary) -> float | None:
    bound = salary.max if salary.max is not None else salary.min
    if bound is None:
        return None
    if salary.period in YEARLY:
        return bound * YEARLY[salary.period]
    return bound if bound >= _SURELY_YEARLY else None
