"""Pay as a board stated it. Missing stays missing; nothing is annualised or converted here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Salary:
    """One stated range in major units. `period` is hour, day, week, month or year, or None where unstated."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None
    raw: str | None = None
    predicted: bool = False
    label: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def widest(salaries: tuple[Salary, ...]) -> Salary | None:
    """The widest honest single range: only when every range shares currency and period, else None."""
    stated = [salary for salary in salaries if salary.min is not None or salary.max is not None]
    if not stated or len({(s.currency, s.period) for s in stated}) != 1:
        return None
    if len(stated) == 1:
        return stated[0]
    if any(s.min is None or s.max is None for s in stated):
        return None
    lows, highs = [s.min for s in stated if s.min is not None], [s.max for s in stated if s.max is not None]
    raws = "; ".join(dict.fromkeys(s.raw for s in stated if s.raw)) or None
    return Salary(
        min=min(lows),
        max=max(highs),
        currency=stated[0].currency,
        period=stated[0].period,
        raw=raws,
        predicted=any(s.predicted for s in stated),
    )
