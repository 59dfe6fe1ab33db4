"""What a database or a disk says when it fails, in words a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from jobbot.kernel.errors import Failed, JobbotError, TryLater


class KeyGone(Failed):
    """The data key in this program's memory was destroyed by an erase elsewhere; nothing more is sealed with it."""


_KEPT = "nothing of this step was kept, what was stored before is intact"
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})

_SQLITE_LOW, _SQLITE_BUSY, _SQLITE_LOCKED = 0xFF, 5, 6
_SQLITE_READONLY, _SQLITE_IOERR, _SQLITE_CORRUPT, _SQLITE_FULL, _SQLITE_CANTOPEN, _SQLITE_NOTADB = 8, 10, 11, 13, 14, 26


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn driver errors that a person can act on into Failed or TryLater; let the others (bugs) through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        meaning = _meaning(error, place)
        if meaning is None:
            raise
        raise meaning from error


def disk(error: OSError, path: Path) -> Failed:
    """The failure for an operating system's refusal to read or write `path`."""
    if error.errno in _FULL:
        return Failed(f"the disk that holds {path.parent} is full; {_KEPT}. Free some space and run the command again")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        blocking = next((place for place in (path.parent, *path.parent.parents) if place.exists()), path.parent)
        return Failed(f"{blocking} is no folder, so that {path.name} cannot be put there; name a folder instead")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Failed(f"{path} cannot be used ({error.strerror}); give your user read and write access to it")
    return Failed(f"{path} cannot be used ({error.strerror or type(error).__name__}); {_KEPT}")


def _meaning(error: DBAPIError | sqlite3.Error, place: str) -> JobbotError | None:
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return _sqlite(getattr(original, "sqlite_errorcode", None) or 0, place)
    return _postgres(error, place) if isinstance(error, DBAPIError) else None


def _sqlite(code: int, place: str) -> JobbotError | None:
    low = code & _SQLITE_LOW
    if low in (_SQLITE_BUSY, _SQLITE_LOCKED):
        return TryLater(f"another program keeps {place} locked; close it and run the command again ({_KEPT})")
    if low == _SQLITE_FULL:
        return Failed(f"the disk that holds {place} is full; {_KEPT}. Free some space and run the command again")
    if low == _SQLITE_IOERR:
        return Failed(
            f"the disk that holds {place} refused to write or read (full, over quota or failing; SQLite error {code}); "
            f"{_KEPT}. Free some space or check the disk, then run the command again"
        )
    if low in (_SQLITE_CORRUPT, _SQLITE_NOTADB):
        return Failed(
            f"{place} is damaged or no jobbot database; keep a copy of it, then restore the last backup into an empty "
            "directory: jobbot --home NEW restore FILE"
        )
    if low in (_SQLITE_READONLY, _SQLITE_CANTOPEN):
        return Failed(
            f"{place} cannot be opened for writing; give your user read and write access to it and its folder"
        )
    return None


def _postgres(error: DBAPIError, place: str) -> JobbotError | None:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state in ("53100", "53200"):
        return Failed(f"{place} has no disk space or memory left; {_KEPT}")
    if state == "55P03":
        return TryLater(f"another jobbot process has been writing to {place} for too long; wait for it to end")
    if state in ("40001", "40P01"):
        return TryLater(f"two writers met at {place}; {_KEPT}; run the command again")
    if state.startswith("28"):
        return Failed(f"{place} refused the user or password of JOBBOT_DATABASE_URL")
    if error.connection_invalidated or state.startswith("08") or (not state and _connecting(error)):
        return TryLater(f"{place} cannot be reached; is it running, and is JOBBOT_DATABASE_URL right? ({_KEPT})")
    return None


def _connecting(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")
