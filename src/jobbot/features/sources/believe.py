"""What is believed of dates and of pay without a currency, and the words for what is not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from jobbot.features.places.gazetteer import countries
from jobbot.kernel.money import Salary

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before this no posting stood on the web: such a date stands for none (1 January 1970, of the year 1)."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
SLACK = timedelta(days=2)
"""A day of the vendor's may have begun where ours has not, and clocks differ; what is later has not happened."""


def posted(moment: datetime | None, now: datetime | None) -> tuple[datetime | None, str | None]:
    """When it was posted, or None and why the date is not believed. `now` is when the board was read."""
    if moment is None:
        return None, None
    day = moment.date().isoformat()
    if moment < EARLIEST:
        return None, f"its date, {day}, stands for none and was left out"
    if moment >= LATEST or (now is not None and moment > now + SLACK):
        return None, f"its date, {day}, is still to come and was left out"
    return moment, None


def closes(moment: datetime | None) -> datetime | None:
    """The end that the vendor names; None for one that stands for no end (9999) or for none named (1970)."""
    return moment if moment is not None and EARLIEST <= moment < LATEST else None


BY_COUNTRY = "currency taken from the country, {}"


def with_currency(salaries: Sequence[Salary], country: str | None) -> tuple[Salary, ...]:
    """Pay without a currency gets that of the posting's only country, marked as predicted, and its label says so."""
    code = countries()[country].currency if country in countries() else ""
    return tuple(_completed(salary, country or "", code) for salary in salaries) if code else tuple(salaries)


def _completed(salary: Salary, country: str, code: str) -> Salary:
    if salary.currency is not None or (salary.min is None and salary.max is None):
        return salary
    note = BY_COUNTRY.format(country)
    label = f"{salary.label}; {note}" if salary.label else note
    return replace(salary, currency=code, predicted=True, label=label)
