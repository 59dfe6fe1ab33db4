"""Slots in local time across clock changes; each gets one run, and a missed one is made up for once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel.clock import FixedClock
from jobbot.platform.work.model import Task, Wanted
from jobbot.platform.work.schedule import day_of, latest_slot, next_slot
from jobbot.platform.work.weekly import Weekly
from jobbot.settings import Schedule

from .world import World

STOCKHOLM, SYDNEY = ZoneInfo("Europe/Stockholm"), ZoneInfo("Australia/Sydney")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def plan(frequency: str, day: str = "monday", hour: int = 7) -> Schedule:
    return Schedule.model_validate({"frequency": frequency, "day": day, "hour": hour})


@pytest.mark.parametrize(
    ("schedule", "now", "latest", "upcoming"),
    [
        (plan("weekly"), "2026-11-20 09:00", "2026-11-16 06:00", "2026-11-23 06:00"),  # a Friday
        (plan("weekly"), "2026-11-23 05:59", "2026-11-16 06:00", "2026-11-23 06:00"),
        (plan("weekly"), "2026-11-23 06:00", "2026-11-23 06:00", "2026-11-30 06:00"),
        (plan("daily"), "2026-11-20 09:00", "2026-11-20 06:00", "2026-11-21 06:00"),
        (plan("daily", hour=0), "2026-11-20 22:59", "2026-11-19 23:00", "2026-11-20 23:00"),  # midnight, tomorrow here
        (plan("daily", hour=23), "2026-11-20 22:00", "2026-11-20 22:00", "2026-11-21 22:00"),
        (plan("daily"), "2026-03-29 06:00", "2026-03-29 05:00", "2026-03-30 05:00"),  # summer has begun
        (plan("daily", hour=2), "2026-03-29 00:59", "2026-03-28 01:00", "2026-03-29 01:00"),  # 02:00 is skipped: 03:00
        (plan("daily", hour=2), "2026-03-29 01:00", "2026-03-29 01:00", "2026-03-30 00:00"),
        (plan("daily", hour=2), "2026-10-25 00:00", "2026-10-25 00:00", "2026-10-26 01:00"),  # 02:00 comes twice: first
        (plan("daily", hour=2), "2026-10-25 01:30", "2026-10-25 00:00", "2026-10-26 01:00"),
        (plan("weekly", "sunday", 2), "2026-10-25 12:00", "2026-10-25 00:00", "2026-11-01 01:00"),
    ],
)
def test_slots(schedule: Schedule, now: str, latest: str, upcoming: str) -> None:
    assert latest_slot(schedule, at(now), STOCKHOLM) == at(latest)
    assert next_slot(schedule, at(now), STOCKHOLM) == at(upcoming)


def test_off_is_never() -> None:
    assert latest_slot(plan("off"), at("2026-11-20 09:00"), STOCKHOLM) is None
    assert next_slot(plan("off"), at("2026-11-20 09:00"), STOCKHOLM) is None


@given(
    st.integers(0, 15 * 365 * 24 * 60).map(lambda minutes: at("2020-01-01 00:00") + timedelta(minutes=minutes)),
    st.sampled_from(["daily", "weekly"]),
    st.integers(0, 23),
    st.sampled_from([STOCKHOLM, SYDNEY, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Kathmandu"), UTC, None]),
)
def test_every_moment_lies_between_two_slots(now: datetime, frequency: str, hour: int, zone: Any) -> None:
    schedule = plan(frequency, "wednesday", hour)
    latest, upcoming = latest_slot(schedule, now, zone), next_slot(schedule, now, zone)
    assert latest is not None
    assert upcoming is not None
    assert latest <= now < upcoming
    days = 1 if frequency == "daily" else 7
    assert day_of(upcoming, zone) - day_of(latest, zone) == timedelta(days=days)
    assert abs((upcoming - latest) - timedelta(days=days)) <= timedelta(hours=2)
    assert latest_slot(schedule, upcoming, zone) == upcoming
    assert next_slot(schedule, latest, zone) == upcoming
    assert frequency == "daily" or latest.astimezone(zone).weekday() == 2


def weekly(world: World, schedule: Schedule, clock: FixedClock | None = None) -> Weekly:
    wanted = Wanted("count", "Every connected board", key="count")
    return Weekly(schedule, world.database, world.tasks, clock or world.clock, wanted, STOCKHOLM)


def runs(world: World) -> list[Task]:
    return world.tasks.page(name="count", limit=50)[0]


def test_a_slot_before_the_schedule_was_set_is_not_missed(world: World) -> None:
    made = weekly(world, plan("weekly"))
    assert made.enqueue_due() is None
    assert made.next() == at("2026-11-23 06:00")


def test_one_run_for_a_slot_however_many_ask(world: World) -> None:
    weekly(world, plan("daily")).enqueue_due()
    world.clock.at = at("2026-11-21 06:00")
    many = [weekly(world, plan("daily")) for _ in range(3)]
    assert many[0].next() == at("2026-11-21 06:00"), "due and not yet seen"
    assert len([task for one in many for _ in range(3) if (task := one.enqueue_due())]) == 1
    world.drain()
    assert [one.enqueue_due() for one in many] == [None] * 3, "nor after it has ended"
    assert len(runs(world)) == 1
    assert many[0].next() == at("2026-11-22 06:00")


def test_a_machine_that_slept_makes_up_for_the_last_slot_alone(world: World) -> None:
    asleep = weekly(world, plan("daily"))
    asleep.enqueue_due()
    world.clock.at = at("2026-12-05 03:00")
    assert asleep.enqueue_due()
    assert asleep.enqueue_due() is None
    assert len(runs(world)) == 1
    world.clock.at = at("2026-12-05 06:00")
    assert asleep.enqueue_due()
    assert len(runs(world)) == 2, "the day's own slot is another"


def test_a_run_asked_for_by_hand_is_not_the_slots(world: World) -> None:
    made = weekly(world, plan("daily"))
    made.enqueue_due()
    world.want("count", "count")
    world.clock.at = at("2026-11-21 07:00")
    assert made.enqueue_due()
    assert len(runs(world)) == 2


def test_another_schedule_begins_anew(world: World) -> None:
    weekly(world, plan("daily")).enqueue_due()
    world.clock.at = at("2026-11-23 07:30")
    assert weekly(world, plan("weekly")).enqueue_due() is None, "Monday's slot lay before it was set"
    assert weekly(world, plan("daily", hour=5)).enqueue_due() is None
    world.clock.at = at("2026-11-30 06:01")
    assert weekly(world, plan("weekly")).enqueue_due()


def test_a_program_with_the_settings_of_before_does_not_hide_a_slot(world: World) -> None:
    """One that was started earlier looks in turns with one that knows the new schedule."""
    for moment in ("2026-11-20 09:00", "2026-11-21 06:00", "2026-11-21 06:30"):
        world.clock.at = at(moment)
        weekly(world, plan("weekly", "saturday", 7)).enqueue_due()
        weekly(world, plan("daily", hour=7)).enqueue_due()
    assert len(runs(world)) == 1, "and the two name the same slot alike"
    for hour in range(12):
        weekly(world, plan("daily", hour=hour)).enqueue_due()
    assert weekly(world, plan("daily", hour=11)).next() == at("2026-11-21 10:00")


def test_it_says_when_and_what_came_of_it(world: World) -> None:
    made = weekly(world, plan("weekly", "friday", 11))
    made.enqueue_due()
    world.clock.at = at("2026-11-20 10:00")
    made.enqueue_due()
    world.drain()
    told = made.as_dict()
    assert {name: told[name] for name in ("frequency", "day", "hour", "next")} == {
        "frequency": "weekly",
        "day": "friday",
        "hour": 11,
        "next": "2026-11-27T10:00:00+00:00",
    }
    assert [one["state"] for one in told["last"]] == ["done"]
    assert weekly(world, plan("off")).as_dict()["next"] is None
