"""Dates as vendors and people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.sdk.dates import dated

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = datetime(2026, 11, 20, tzinfo=UTC)
DAY = datetime(2026, 3, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-27", DAY),
        ("2026-03-27T10:00:00", DAY.replace(hour=10)),
        ("2026-03-27T10:00:00+02:00", DAY.replace(hour=8)),
        ("2026-03-27 10:00:00 UTC", DAY.replace(hour=10)),
        ("Fri, 27 Mar 2026 20:20:27 +0000", DAY.replace(hour=20, minute=20, second=27)),
        ("Fri, 27 Mar 2026 10:00:00 EST", DAY.replace(hour=15)),
        *((1774643627 * 1000**power, datetime(2026, 3, 27, 20, 33, 47, tzinfo=UTC)) for power in range(4)),
        ("1774643627", datetime(2026, 3, 27, 20, 33, 47, tzinfo=UTC)),
        *((words, DAY) for words in ("27.03.2026", "27. März 2026", "27 mars 2026", "27 de marzo de 2026")),
        *((words, DAY) for words in ("March 27, 2026", "Mar 27 2026", "27 March 2026", "03/27/2026", "27/03/2026")),
        *(
            (words, TODAY - timedelta(days=2))
            for words in ("2 days ago", "vor 2 Tagen", "il y a 2 jours", "hace 2 días")
        ),
        ("Posted 3 weeks ago", TODAY - timedelta(weeks=3)),
        ("30+ days ago", TODAY - timedelta(days=30)),
        ("yesterday", TODAY - timedelta(days=1)),
        ("heute", TODAY),
        ("an hour ago", NOW - timedelta(hours=1)),
        ("0001-01-01", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31", datetime(9999, 12, 31, tzinfo=UTC)),
    ],
)
def test_dates(value: Any, moment: datetime) -> None:
    assert dated(value, NOW) == (moment, None)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("03/04/2026", "two days"),
        ("99/99/2026", "no day"),
        ("2026-13-01", "no date"),
        ("soon", "no date"),
        (0, "no time between"),
        (-5, "no time between"),
        (float("nan"), "no time between"),
        (10**400, "no time between"),
        ({}, "neither a text nor a number"),
        ("0001-01-01T00:00:00+05:00", "no date"),
    ],
)
def test_what_is_refused_is_refused_in_words(value: Any, words: str) -> None:
    moment, problem = dated(value, NOW)
    assert moment is None
    assert words in str(problem)


def test_without_a_clock_nothing_counts_back_from_now() -> None:
    moment, problem = dated("2 days ago")
    assert moment is None
    assert "not known" in str(problem)


@pytest.mark.parametrize("value", [None, "", "  ", True])
def test_nothing_is_nothing(value: Any) -> None:
    assert dated(value, NOW) == (None, None)


@given(st.one_of(st.text(max_size=90), st.integers(), st.floats(), st.datetimes(), st.lists(st.integers(), max_size=2)))
def test_anything_is_a_moment_or_a_reason(value: Any) -> None:
    moment, problem = dated(value, NOW)
    assert moment is None or problem is None
    assert moment is None or moment.utcoffset() == timedelta(0)
