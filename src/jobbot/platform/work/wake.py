"""Wake a worker in whichever process: a message in a small queue file, which may be lost at any time.

The queue is Huey's on SQLite. A message says only "look"; what is to be done stands in the `tasks` table. Messages are
JSON, so that a file somebody else has written can do no more than wake us.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock
from typing import Any

from huey import SqliteHuey
from huey.exceptions import HueyException
from huey.registry import Message
from huey.serializer import Serializer

from jobbot.kernel.private import private_folder

FILE = "wake.db"
POLL_SECONDS = 0.5
_TROUBLE = (sqlite3.Error, OSError, HueyException, ValueError, TypeError)


class Json(Serializer):  # type: ignore[misc]  # Huey has no types
    """Huey's messages as JSON instead of pickles."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Bell:
    """`ring` wakes a worker, `wait` is woken. A bell that cannot be used is silent; workers then look by themselves."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._turn = Lock()
        self._queue: Any = None
        self._look: Any = None
        self._file: tuple[int, int] | None = None

    def ring(self) -> None:
        """Wake one worker that waits."""
        self._try(lambda queue: queue.enqueue(self._look.s()))

    def wait(self, seconds: float, stop: Event) -> bool:
        """True as soon as somebody rings, False after `seconds` or when `stop` is set."""
        for _ in range(max(1, round(seconds / POLL_SECONDS))):
            if self._try(lambda queue: queue.dequeue()) is not None:
                return True
            if stop.wait(POLL_SECONDS):
                return False
        return False

    def close(self) -> None:
        with self._turn:
            self._close()

    def _try(self, use: Callable[[Any], Any]) -> Any:
        """Use the queue; one that is damaged or was taken away is made anew."""
        with self._turn:
            try:
                self._open()
                return use(self._queue)
            except _TROUBLE as error:
                self._close()
                if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                    with suppress(OSError):
                        self._path.unlink(missing_ok=True)
                return None

    def _open(self) -> None:
        if self._queue is not None and _identity(self._path) == self._file:
            return
        self._close()
        private_folder(self._path.parent)
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        quick = {"results": False, "journal_mode": "truncate", "fsync": False, "timeout": 1}
        self._queue = SqliteHuey("jobbot", filename=str(self._path), serializer=Json(), **quick)
        self._look = self._queue.task(name="look")(_nothing)
        self._file = _identity(self._path)

    def _close(self) -> None:
        if self._queue is not None:
            with suppress(sqlite3.Error):
                self._queue.storage.close()
        self._queue = self._file = None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _nothing() -> None:
    """What a message asks for: to look at the tasks, which its receiver does anyway."""
