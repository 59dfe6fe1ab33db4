"""Time as a value that is handed in. Nothing below `bootstrap` asks the system for the hour."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait; a fixed clock jumps instead."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass
class FixedClock:
    """A clock for tests and replays: it moves only when told to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with offset, to the second; None stays None."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
