"""The database: SQLite beside the data, or PostgreSQL by URL. The code above is the same in both.

SQLite: WAL, synchronous=FULL, foreign keys, secure delete, no mmap. Several processes may run: each write transaction
and each checkpoint holds the lock of the data directory; readers open the file read-only, so they can neither write
nor checkpoint. PostgreSQL: writers take turns by an advisory lock, so that read-modify-write is as safe there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from jobbot.kernel.errors import Failed, InvalidInput, JobbotError
from jobbot.kernel.private import private_folder, sync_folder
from jobbot.kernel.report import Report, silent
from jobbot.platform.storage import sqlite
from jobbot.platform.storage.artefacts import sync_file
from jobbot.platform.storage.failures import KeyGone, disk, explained
from jobbot.platform.storage.lock import PATIENCE_SECONDS, WriteLock
from jobbot.platform.storage.unit import CURRENT, Begun, Unit, nothing
from jobbot.platform.storage.vault import BOUND

DATABASE_FILE = "jobbot.db"
BACKUP_FOLDER = "backups"

ADVISORY_LOCK = 0x6A6F62626F74  # "jobbot"


class Database:
    """`read()` gives a session on one snapshot; `write()` one transaction that commits at the end or not at all."""

    def __init__(self, engine: Engine, reader: Engine, place: str, file: Path | None, lock: WriteLock | None) -> None:
        self.engine = engine
        self.place = place
        self.file = file
        self._reader = reader
        self._lock = lock
        self._watch = sqlite.Watch(file) if file else None
        self.when_erased: Callable[[], object] = nobody
        """Told when a key in memory turns out to be erased, so that parts that hold it can be let go."""

    @classmethod
    def open(cls, home: Path, url: str = "", file: Path | None = None, *, report: Report = silent) -> Database:
        """PostgreSQL at `url`, else SQLite at `file` (default `home/jobbot.db`). Creates the folder, not the tables.

        `report` hears when another process is waited for. Raises Failed where the place cannot be used.
        """
        if url:
            return cls._postgres(url)
        path = (file or home / DATABASE_FILE).absolute()
        try:
            private_folder(path.parent)
            if path.is_dir():
                raise InvalidInput(f"{path} is a directory; the database (paths.database) is a file")
            if not path.exists():
                _refuse_network(path.parent)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
                sync_folder(path.parent)
        except OSError as error:
            raise disk(error, path) from None
        return cls(sqlite.writer(path), sqlite.reader(path), str(path), path, WriteLock(path.parent, report))

    @classmethod
    def _postgres(cls, url: str) -> Database:
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise InvalidInput("the database URL should look like postgresql://user@host:5432/jobbot") from None
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() != "postgresql":
            raise InvalidInput("the database URL must start with postgresql:// (leave it out for SQLite)")
        engine = _engine(parsed)
        place = f"PostgreSQL at {parsed.host or 'the local socket'}"
        reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return cls(engine, reader, place, None, None)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot; inside a `unit` that has written, what it wrote."""
        unit = self._joined()
        if unit is not None and unit.session is not None:
            yield unit.session
            return
        with explained(self.place), Session(self._reader, expire_on_commit=False) as session:
            yield session  # closing rolls back and, unlike rollback(), leaves loaded rows readable

    def version(self) -> object | None:
        """Another value after any program has committed; None where it cannot be told without asking (PostgreSQL)."""
        return self._watch.version() if self._watch else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, committed at the end. Raises TryLater when another process holds the lock too long, Failed
        when the disk is full; then nothing of it is stored. Inside a `unit` it joins that."""
        unit = self._joined()
        if unit is None:
            with self._transaction() as session:
                yield session
            return
        try:
            session = unit.open()
            yield session
            session.flush()
        except BaseException:
            unit.spoiled = True
            raise

    @contextmanager
    def unit(self, begun: Begun = nothing) -> Iterator[None]:
        """Everything written inside is one transaction, from the first write to the end of the block.

        `begun` is called with the session as soon as the lock is held; what it raises ends the block, nothing kept.
        """
        made = Unit(self, self._transaction, begun)
        token = CURRENT.set(made)
        try:
            with made.stack:
                yield
                if made.spoiled:
                    raise RuntimeError("a write of this unit failed and the failure was not passed on")
        finally:
            CURRENT.reset(token)

    def _joined(self) -> Unit | None:
        unit = CURRENT.get()
        return unit if unit is not None and unit.owner is self else None

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with self.locked(), explained(self.place), Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"jobbot_write": True})
            if self._lock is None:
                take_turn(session)
            token = BOUND.set(set())
            try:
                yield session
                session.flush()
                self._refuse_erased(session, BOUND.get())
                session.commit()
            finally:
                BOUND.reset(token)

    def _refuse_erased(self, session: Session, bound: set[str] | None) -> None:
        """What was sealed with a key that is erased could be opened by nobody, ever. Raises KeyGone."""
        from jobbot.platform.storage import kv

        if bound and not bound.isdisjoint(kv.get(session, kv.ERASED_KEYS) or ()):
            self.when_erased()
            raise KeyGone(
                "the data of this installation was erased while this program was running; nothing was written. Start "
                "again with an empty profile"
            )

    def require_key(self, key_id: str) -> None:
        """Before something is sealed outside the database. Raises KeyGone."""
        with self.read() as session:
            self._refuse_erased(session, {key_id})

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the data directory's lock without a transaction (checkpoints, copies); no-op on PostgreSQL."""
        with self._lock.held() if self._lock else nullcontext():
            yield

    def migrate(self) -> None:
        """Bring the schema to this program's. A database with data is copied to `backups/` first (SQLite).

        Raises Failed for a schema made by a newer jobbot, which is left untouched.
        """
        from jobbot.platform.storage import migrations

        with explained(self.place):
            if self.schema() == migrations.head():
                return
            with self.locked():
                present = self.schema()
                migrations.refuse_newer(present, self.place)
                if present is not None and present != migrations.head():
                    self._keep_copy(present)
                migrations.upgrade(self.engine)

    def schema(self) -> str | None:
        """The revision of the schema, None for an empty database."""
        from jobbot.platform.storage import migrations

        with explained(self.place):
            return migrations.current(self._reader)

    def snapshot(self, target: Path) -> None:
        """Write a consistent, compact copy of the SQLite file (mode 0600); writers are not held up.

        Raises FileExistsError, or Failed when the disk is full.
        """
        with explained(self.place):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with closing(self._reader.raw_connection()) as connection:  # raw: VACUUM runs outside a transaction
                connection.cursor().execute("VACUUM INTO ?", (str(target),))
            sync_file(target)

    def compact(self) -> bool:
        """Rewrite the SQLite file without what was deleted, and empty its log. False where another program still reads
        and so keeps the log; True also on PostgreSQL, whose operator looks after that."""
        if self.file is None:
            return True
        with self.locked(), explained(self.place), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            return self._emptied(cursor)

    def checkpoint(self) -> bool:
        """Bring the log of SQLite home into the file and empty it. False where another program still reads."""
        if self.file is None:
            return True
        with self.locked(), explained(self.place), closing(self.engine.raw_connection()) as connection:
            return self._emptied(connection.cursor())

    def _emptied(self, cursor: Any) -> bool:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(cursor.fetchone()[0] == 0)

    def problems(self) -> list[str]:
        """What SQLite's quick check and the foreign keys have to say; [] when sound. PostgreSQL checks itself."""
        if self.dialect != "sqlite":
            with self.read() as session:
                session.execute(text("SELECT 1"))
            return []
        with self.read() as session:
            found = [str(row[0]) for row in session.execute(text("PRAGMA quick_check(20)")) if row[0] != "ok"]
            broken = session.execute(text("PRAGMA foreign_key_check")).fetchmany(20)
        return found + [f"a row of {row[0]} points at a missing row of {row[2]}" for row in broken]

    def close(self) -> None:
        """Let go of the file; whoever closes last brings its log home, unless somebody is writing."""
        self._reader.dispose()
        if self._watch is not None:
            self._watch.close()
        if self._lock is not None:
            with suppress(JobbotError, SQLAlchemyError), self._lock.if_free() as free:
                if free and Path(f"{self.place}-wal").exists():
                    with self.engine.connect() as connection:  # closing the last connection checkpoints
                        connection.execute(text("SELECT 1 FROM sqlite_schema"))
        self.engine.dispose()

    def _keep_copy(self, revision: str) -> None:
        if self.file is None:
            return  # a server's operator has backups of their own; `jobbot backup` makes one before an upgrade
        folder = self.file.parent / BACKUP_FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / f"before-upgrade-from-{revision}.db"
        temporary = target.with_suffix(".tmp")
        temporary.unlink(missing_ok=True)
        self.snapshot(temporary)
        temporary.replace(target)


def nobody() -> None:
    """Who is told where nobody wants to know."""


def take_turn(session: Session) -> None:
    """PostgreSQL: one writer at a time until the transaction ends, waiting as long as on SQLite."""
    session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS:.0f}s'"))
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def _engine(url: URL, **options: Any) -> Engine:
    try:
        return create_engine(url, **options)
    except ModuleNotFoundError as error:
        raise Failed(
            f"PostgreSQL needs the server extra ({error.name} is missing): pip install 'jobbot[server]'"
        ) from None


def _refuse_network(folder: Path) -> None:
    from jobbot.platform.storage.health import network_filesystem

    kind = network_filesystem(folder)
    if kind:
        raise Failed(
            f"{folder} is on a network file system ({kind}), where SQLite can lose data; choose a local directory "
            "with --home, or set JOBBOT_DATABASE_URL to a PostgreSQL server"
        )
