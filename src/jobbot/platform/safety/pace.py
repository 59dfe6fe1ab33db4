"""How politely hosts are asked: one request in flight, and a pause between the starts of two."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from jobbot.kernel.clock import Clock


class Pace:
    """Turns per host, counted by the vendor's name also where a recording server answers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._hosts: dict[str, _Turn] = {}

    @contextmanager
    def turn(self, host: str, spacing: float) -> Iterator[None]:
        """Wait for the host's turn, then hold it."""
        with self._guard:
            mine = self._hosts.setdefault(host, _Turn())
        with mine.lock:
            if mine.last is not None:
                passed = (self._clock.now() - mine.last).total_seconds()
                if (wait := min(spacing - passed, spacing)) > 0:
                    self._clock.sleep(wait)
            mine.last = self._clock.now()
            yield


@dataclass
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: datetime | None = None
