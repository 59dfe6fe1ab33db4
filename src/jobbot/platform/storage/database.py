"""The database: SQLite beside the data, or PostgreSQL by URL. The code above is the same in both.

SQLite: WAL, synchronous=FULL, foreign keys, secure delete, no mmap. Several processes may run: each write transaction
holds a file lock of the data directory, begins IMMEDIATE and is short; a second writer waits and then says so.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from jobbot.kernel.errors import TryLater

LOCK_FILE = "write.lock"
LOCK_SECONDS = 30.0

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA mmap_size=0",
    "PRAGMA busy_timeout=5000",
)


class Database:
    """`read()` gives a session on one snapshot; `write()` one transaction that commits at the end or not at all."""

    def __init__(self, engine: Engine, lock: FileLock | None) -> None:
        self.engine = engine
        self._lock = lock

    @classmethod
    def open(cls, home: Path, url: str = "", file: Path | None = None) -> Database:
        """PostgreSQL at `url`, else SQLite at `file` (default `home/jobbot.db`). Creates the folder, not the tables."""
        if url:
            parsed = make_url(url)
            if parsed.drivername in ("postgres", "postgresql"):
                parsed = parsed.set(drivername="postgresql+psycopg")
            return cls(create_engine(parsed), None)
        path = file or home / "jobbot.db"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 30})
        event.listen(engine, "connect", _tune)
        event.listen(engine, "begin", _begin)
        return cls(engine, FileLock(path.parent / LOCK_FILE, timeout=LOCK_SECONDS, mode=0o600))

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, committed at the end. Raises TryLater when another process holds the lock too long."""
        with self._locked(), Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"jobbot_write": True})
            yield session
            session.commit()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._lock is None:
            yield
            return
        try:
            self._lock.acquire()
        except Timeout:
            raise TryLater(
                f"another jobbot process has been writing for {LOCK_SECONDS:.0f} s; wait for it to end"
            ) from None
        try:
            yield
        finally:
            self._lock.release()

    def migrate(self) -> None:
        """Bring the schema to this program's; a newer schema is refused."""
        from jobbot.platform.storage import migrations

        if migrations.current(self.engine) != migrations.head():
            with self._locked():
                migrations.upgrade(self.engine)

    def close(self) -> None:
        self.engine.dispose()


def _tune(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        for pragma in PRAGMAS:
            connection.execute(pragma)


def _begin(connection: Any) -> None:
    write = connection.get_execution_options().get("jobbot_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
