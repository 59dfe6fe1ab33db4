"""The scheduled run: enqueues what is due, once for each slot, and catches up with the latest that was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from jobbot.kernel.clock import Clock, iso
from jobbot.platform.storage import Database, kv
from jobbot.platform.work.model import Task, Wanted
from jobbot.platform.work.schedule import day_of, latest_slot, next_slot
from jobbot.platform.work.store import TaskStore
from jobbot.settings import Schedule

SINCE = "schedule"
"""Remembers since when a schedule is known: what lies before that was not missed."""
REMEMBERED = 3


class Weekly:
    """`wanted` is the task of a run. `zone` None is the system's."""

    def __init__(
        self,
        schedule: Schedule,
        database: Database,
        tasks: TaskStore,
        clock: Clock,
        wanted: Wanted,
        zone: tzinfo | None = None,
    ) -> None:
        self.schedule = schedule
        self._database, self._tasks = database, tasks
        self._clock, self._zone = clock, zone
        self._wanted = wanted
        self._done: datetime | None = None

    def enqueue_due(self) -> Task | None:
        """The task of the latest slot, if it is due and has none yet. However often and by however many it is asked,
        there is one task for a slot; a machine that slept through several makes up for the last."""
        now = self._clock.now()
        slot = latest_slot(self.schedule, now, self._zone)
        if slot is None or slot == self._done:
            return None
        made = None
        if slot >= self._since(now) and self._tasks.by_key(self._key(slot)) is None:
            made = self._tasks.enqueue(replace(self._wanted, key=self._key(slot), once=True), now)
        self._done = slot
        return made

    def next(self) -> datetime | None:
        """When the next run starts: now for one that is due and was not seen yet."""
        now = self._clock.now()
        slot = latest_slot(self.schedule, now, self._zone)
        if slot is not None and slot >= self._since(now) and self._tasks.by_key(self._key(slot)) is None:
            return slot
        return next_slot(self.schedule, now, self._zone)

    def as_dict(self) -> dict[str, Any]:
        """The schedule, the next moment, and the last runs, newest first."""
        return {
            "frequency": self.schedule.frequency,
            "day": self.schedule.day if self.schedule.frequency == "weekly" else None,
            "hour": self.schedule.hour,
            "next": iso(self.next()),
            "last": [task.as_dict() for task in self.last()],
        }

    def last(self) -> list[Task]:
        """The last runs, newest first, scheduled or asked for."""
        return self._tasks.page(name=self._wanted.name, limit=5)[0]

    def _key(self, slot: datetime) -> str:
        return f"{self._wanted.name} of {day_of(slot, self._zone).isoformat()}"

    def _since(self, now: datetime) -> datetime:
        """Since when this schedule is known. The last few are remembered apart, for a program that was started before
        the settings were changed still has the old one."""
        said = f"{self.schedule.frequency} {self.schedule.day} {self.schedule.hour}"
        with self._database.read() as session:
            known: dict[str, str] = kv.get(session, SINCE) or {}
        if said in known:
            return datetime.fromisoformat(known[said])
        with self._database.write() as session:
            latest = sorted((kv.get(session, SINCE) or {}).items(), key=lambda one: one[1])[-REMEMBERED:]
            kv.put(session, SINCE, {**dict(latest), said: now.isoformat()})
        return now
