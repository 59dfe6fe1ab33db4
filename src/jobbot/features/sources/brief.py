"""A posting's age, pay and place in a few words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jobbot.features.sources.model import Posting
from jobbot.kernel.money import Salary

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_PERIODS = {"year": "/yr", "month": "/mo", "week": "/wk", "day": "/day", "hour": "/hr"}


def age(moment: datetime | None, now: datetime) -> str:
    """How old a posting is, in words as short as possible."""
    if moment is None:
        return "?"
    days = (now - moment).days
    if days < 1:
        return "today"
    return f"{days} d" if days < 60 else f"{days // 30} mo" if days < 730 else f"{days // 365} y"


def pay(salaries: Sequence[Salary]) -> str:
    """The first stated range, `+2` for two more; a guess from the text begins with a tilde."""
    if not salaries:
        return ""
    first, more = salaries[0], len(salaries) - 1
    numbers = [_short(value) for value in (first.min, first.max) if value is not None]
    range_ = "–".join(dict.fromkeys(numbers))
    edge = "" if first.min is not None and first.max is not None else "from " if first.min is not None else "to "
    sign = _SIGNS.get(first.currency or "", f"{first.currency} " if first.currency else "")
    period = _PERIODS.get(first.period or "", "")
    return f"{'~' if first.predicted else ''}{edge}{sign}{range_}{period}{f' +{more}' if more else ''}"


def _short(value: float) -> str:
    if value >= 10_000:
        return f"{value / 1000:,.0f}k"
    return f"{value:,.2f}".removesuffix(".00")


def place(posting: Posting) -> str:
    """The first place, how many more, and the workplace where it is not said already."""
    first = posting.locations[0] if posting.locations else ""
    more = f" +{len(posting.locations) - 1}" if len(posting.locations) > 1 else ""
    said = posting.remote and posting.remote not in first.lower()
    mode = f" ({posting.remote})" if said and posting.remote in ("remote", "hybrid") else ""
    return (f"{first}{more}{mode}").strip() or "?"
