"""What somebody asked for, checked and made into wishes; the command line and the API ask alike."""

from __future__ import annotations

from collections.abc import Sequence

from jobbot.features.matching.model import Wishes
from jobbot.kernel.errors import InvalidInput

MOST = 1000
"""Most matches of one answer."""
PERIODS = ("hour", "day", "week", "month", "year")


def wishes_of(
    roles: Sequence[str] | None,
    locations: Sequence[str] | None,
    *,
    remote: bool = False,
    min_salary: float | None = None,
    currency: str | None = None,
    per: str = "year",
    strict: bool = False,
) -> Wishes:
    """Raises InvalidInput with the name of what is wrong."""
    return Wishes(
        roles=_words(roles, "role"),
        locations=_words(locations, "location"),
        remote=remote,
        min_salary=_floor(min_salary),
        currency=_currency(currency),
        period=_period(per),
        strict=strict,
    )


def _words(values: Sequence[str] | None, name: str) -> tuple[str, ...]:
    words = tuple(value.strip() for value in values or ())
    if any(not word or len(word) > 200 for word in words):
        raise InvalidInput(f"--{name} needs words: up to 200 characters")
    return words


def _floor(amount: float | None) -> float | None:
    if amount is not None and not 0 <= amount <= 1e12:
        raise InvalidInput(f"--min-salary {amount}: a number from 0, as in 60000")
    return amount


def _currency(code: str | None) -> str | None:
    if code is None:
        return None
    if len(code) != 3 or not code.isalpha():
        raise InvalidInput(f"--currency {code!r}: a three-letter code such as EUR or USD")
    return code.upper()


def _period(per: str) -> str:
    if per not in PERIODS:
        raise InvalidInput(f"--per {per!r}: one of {', '.join(PERIODS)}")
    return per
