"""When a run is due, in local time: daily or weekly at an hour. Pure; the moment and the time zone are handed in.

An hour that the clocks skip counts as the one after, an hour that comes twice is its first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from jobbot.settings import Schedule

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def latest_slot(schedule: Schedule, now: datetime, zone: tzinfo | None = None) -> datetime | None:
    """The last moment, at or before `now`, at which a run was to start; None when it is off.

    `zone` None is the system's.
    """
    return next((slot for slot in _around(schedule, now, zone, -1) if slot <= now), None)


def next_slot(schedule: Schedule, now: datetime, zone: tzinfo | None = None) -> datetime | None:
    """The first moment after `now` at which a run is to start."""
    return next((slot for slot in _around(schedule, now, zone, 1) if slot > now), None)


def day_of(slot: datetime, zone: tzinfo | None = None) -> date:
    """The local day of a slot; it has one at the most."""
    return slot.astimezone(zone).date()


def _around(schedule: Schedule, now: datetime, zone: tzinfo | None, step: int) -> list[datetime]:
    """The slots of ten days, going back or on from the day around `now`."""
    if schedule.frequency == "off":
        return []
    today = day_of(now, zone)
    days = [today + timedelta(days=step * number) for number in range(-1, 9)]
    wanted = [day for day in days if schedule.frequency == "daily" or DAYS[day.weekday()] == schedule.day]
    return [datetime.combine(day, time(schedule.hour), tzinfo=zone).astimezone(UTC) for day in wanted]
