"""Connections to a SQLite file: a writer's is opened for each transaction, readers' are kept and are read-only.

A kept reader costs no open, no pragmas and no parsing of the schema for each read. While one is kept, closing a writer
does not checkpoint, so a write waits for the disk once; `Database.close` brings the log home.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import NullPool, QueuePool

READERS = 4
"""Idle read-only connections that are kept; each holds up to 2 MB of pages."""
_SAFE = ("PRAGMA trusted_schema=OFF", "PRAGMA mmap_size=0", "PRAGMA busy_timeout=5000")
_WRITER = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    *_SAFE,
)
_FILE = "jobbot_file"


def writer(path: Path) -> Engine:
    """Connections that may write; the caller holds the lock of the data directory."""
    return _ready(create_engine(_url(path), poolclass=NullPool, creator=_connector(path, "rw", _WRITER)))


def reader(path: Path) -> Engine:
    """Connections that can neither write nor checkpoint. As many as are wanted at once; `READERS` of them stay."""
    options = {"pool_size": READERS, "max_overflow": -1, "pool_use_lifo": True}
    engine = create_engine(_url(path), poolclass=QueuePool, creator=_connector(path, "ro", _SAFE), **options)
    event.listen(engine, "connect", lambda _, record: record.info.update({_FILE: _identity(path)}))
    event.listen(engine, "checkout", lambda _, record, __: _same_file(path, record))
    return _ready(engine)


class Watch:
    """Tells whether anything was committed since, by any program: `version` is another value then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._one_at_a_time = Lock()
        self._connection: sqlite3.Connection | None = None
        self._seen: object = None
        self._opened = 0

    def version(self) -> object:
        """Costs a look at memory that SQLite shares between programs, none at the disk."""
        with self._one_at_a_time:
            try:
                identity = _identity(self._path)
                if self._connection is None or identity != self._seen:
                    self._open(identity)
                assert self._connection is not None
                return self._opened, self._connection.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error:
                return object()

    def _open(self, identity: object) -> None:
        self._close()
        self._connection = _connector(self._path, "ro", _SAFE)()
        self._seen, self._opened = identity, self._opened + 1

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        with self._one_at_a_time:
            self._close()


def _same_file(path: Path, record: Any) -> None:
    """A restore puts another file in this place; a connection to the one before it is not used again."""
    if record.info.get(_FILE) != _identity(path):
        raise DisconnectionError


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 (runs for each read)
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _url(path: Path) -> Any:
    return make_url("sqlite://").set(database=str(path))


def _connector(path: Path, mode: str, pragmas: tuple[str, ...]) -> Any:
    location = f"file:{quote(path.as_posix())}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(location, uri=True, timeout=5.0, isolation_level=None, check_same_thread=False)
        try:
            for pragma in pragmas:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _ready(engine: Engine) -> Engine:
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    write = connection.get_execution_options().get("jobbot_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
