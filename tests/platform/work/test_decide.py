"""Retry and lease as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel.errors import Failed, InvalidInput, NotFound, OurBug, RefusedByPolicy, TryLater
from jobbot.platform.work.decide import ATTEMPTS, FROZEN, LEASE, LONGEST_PAUSE, after_death, after_failure, judge

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SOON, LATE = NOW + timedelta(seconds=5), NOW + timedelta(days=2)


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("error", "attempts", "at", "reason"),
    [
        (InvalidInput("x"), 1, None, "same way"),
        (NotFound("x"), 1, None, "same way"),
        (RefusedByPolicy("x"), 1, None, "same way"),
        (Failed("x"), 1, None, "same way"),
        (TryLater("x"), 1, minutes(1), "may work"),
        (TryLater("x"), 2, minutes(2), "may work"),
        (TryLater("x"), 4, minutes(8), "may work"),
        (TryLater("x"), 5, None, "tried 5 times"),
        (TryLater("x", retry_at=SOON), 1, minutes(1), "come back"),
        (TryLater("x", retry_at=LATE), 1, LATE, "come back"),
        (TryLater("x", retry_at=NOW + timedelta(days=8)), 1, None, "not before 2026-11-28"),
        (TryLater("x", retry_at=LATE), 5, None, "tried 5 times"),
        (OurBug("x"), 1, minutes(1), "once more"),
        (KeyError("x"), 1, minutes(1), "a bug"),
        (KeyError("x"), 2, None, "a bug, 2 times"),
    ],
)
def test_a_failure_is_tried_again_where_that_can_help(
    error: Exception, attempts: int, at: datetime | None, reason: str
) -> None:
    decision = after_failure(error, attempts, NOW, 0.5)
    assert decision.at == at
    assert decision.again is (at is not None)
    assert reason in decision.reason


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True), st.sampled_from([TryLater("x"), KeyError("x")]))
def test_a_pause_has_bounds(attempts: int, jitter: float, error: Exception) -> None:
    decision = after_failure(error, attempts, NOW, jitter)
    if decision.at is not None:
        assert timedelta(seconds=30) <= decision.at - NOW <= LONGEST_PAUSE * 1.5
    assert attempts < ATTEMPTS or not decision.again


@pytest.mark.parametrize(("attempts", "again"), [(1, True), (4, True), (5, False), (9, False)])
def test_a_death_is_forgiven_four_times(attempts: int, again: bool) -> None:
    decision = after_death(attempts, NOW)
    assert decision.at == (NOW if again else None)
    assert "the program ended" in decision.reason


@pytest.mark.parametrize(
    ("alive", "age", "take", "reason"),
    [
        (False, timedelta(0), True, "gone"),
        (False, timedelta(days=-1), True, "gone"),
        (None, timedelta(0), False, "fresh"),
        (None, LEASE, False, "fresh"),
        (None, LEASE + timedelta(seconds=1), True, "no heartbeat for 61 s"),
        (True, LEASE + timedelta(seconds=1), False, "is there"),
        (True, FROZEN, False, "is there"),
        (True, FROZEN + timedelta(seconds=1), True, "no heartbeat"),
        (None, timedelta(hours=-3), False, "fresh"),  # a clock that was put back
    ],
)
def test_who_may_take_a_lease(alive: bool | None, age: timedelta, take: bool, reason: str) -> None:
    verdict: Any = judge(alive, age)
    assert verdict.take is take
    assert reason in verdict.reason
