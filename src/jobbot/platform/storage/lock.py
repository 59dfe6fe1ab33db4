"""The one writer of a data directory: a lock on a file, with a turnstile so that a busy writer starves nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from jobbot.kernel.errors import TryLater
from jobbot.kernel.report import Report
from jobbot.platform.storage.failures import disk

LOCK_FILE = "write.lock"
TURN_FILE = "write.turn"
PATIENCE_SECONDS = 30.0
_QUIET_SECONDS = 1.0
_POLL_SECONDS = 0.005


class WriteLock:
    """Held by at most one thread of one process; a second writer waits, says so after a second, and gives up at last.

    Whoever wants to write takes the turnstile first and lets go of it once the lock is theirs. A process that writes
    batch after batch so queues again behind the one that waits.
    """

    def __init__(self, folder: Path, report: Report, patience: float = PATIENCE_SECONDS) -> None:
        self._lock = FileLock(folder / LOCK_FILE, mode=0o600)
        self._turn = FileLock(folder / TURN_FILE, mode=0o600)
        self._line = Lock()
        self._folder = folder
        self._report = report
        self._patience = patience

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raises TryLater after `patience` seconds; RuntimeError for a write inside a write of the same thread."""
        if self._lock.is_locked:
            raise RuntimeError("a write transaction inside a write transaction")
        self._acquire()
        try:
            yield
        finally:
            self._release()

    @contextmanager
    def if_free(self) -> Iterator[bool]:
        """Held, if nobody else holds it right now: True. False, and not held, where somebody does."""
        if self._lock.is_locked:
            yield False
            return
        try:
            self._take(0)
        except (Timeout, OSError):
            yield False
            return
        try:
            yield True
        finally:
            self._release()

    def _acquire(self) -> None:
        try:
            self._take(min(_QUIET_SECONDS, self._patience))
        except Timeout:
            self._report("waiting for another jobbot process to finish writing")
            self._last_try()
        except OSError as error:
            raise disk(error, self._folder / LOCK_FILE) from None

    def _last_try(self) -> None:
        try:
            self._take(self._patience)
        except Timeout:
            raise TryLater(
                f"another jobbot process has been writing for {self._patience:.0f} s; wait for it to end, then run "
                "the command again (nothing of this step was kept)"
            ) from None
        finally:
            self._report("")

    def _take(self, seconds: float) -> None:
        """Threads of this program stand in line in memory: each asking the file anew would cost more than writing."""
        if not self._line.acquire(timeout=seconds):
            raise Timeout(str(self._folder / LOCK_FILE))
        try:
            with self._turn.acquire(timeout=seconds, poll_interval=_POLL_SECONDS):
                self._lock.acquire(timeout=seconds, poll_interval=_POLL_SECONDS)
        except BaseException:
            self._line.release()
            raise

    def _release(self) -> None:
        self._lock.release()
        self._line.release()
