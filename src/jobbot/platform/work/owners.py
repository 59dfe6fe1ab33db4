"""Which workers of this machine are there: each holds a lock on a file of its own, which the system lets go with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from jobbot.kernel.ids import new_id
from jobbot.kernel.private import private_folder

SUFFIX = ".lock"
KEPT = 50


class Owners:
    """The workers that ever signed in at `folder` (0700). Without the folder nothing is known, which is allowed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def signed_in(self) -> Iterator[str]:
        """The id of a new worker, alive until the end of the block or of the process."""
        private_folder(self._folder)
        self._sweep()
        made = new_id()
        with self._lock(made).acquire(timeout=0):
            yield made

    def alive(self, owner: str) -> bool | None:
        """Whether a worker is there; None where this machine knows nothing of it."""
        path = self._path(owner)
        if not owner.isalnum() or not path.exists():
            return None
        try:
            with self._lock(owner).acquire(timeout=0):
                return False
        except (Timeout, OSError):
            return True

    def _sweep(self) -> None:
        """Forget all but the latest workers that are gone; their tasks were taken up long ago."""
        for path in sorted(self._folder.glob(f"*{SUFFIX}"))[:-KEPT]:
            if self.alive(path.stem) is False:
                with suppress(OSError):
                    path.unlink()

    def _lock(self, owner: str) -> FileLock:
        return FileLock(self._path(owner), mode=0o600)

    def _path(self, owner: str) -> Path:
        return self._folder / f"{owner}{SUFFIX}"
