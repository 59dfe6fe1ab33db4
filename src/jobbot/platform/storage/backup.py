"""Backup: one consistent snapshot in one sealed file, read back before it counts."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from jobbot import __version__
from jobbot.kernel.clock import Clock, iso
from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.kernel.private import private_folder, sync_folder
from jobbot.kernel.report import Report, silent
from jobbot.platform.storage import archive, kv, migrations, transfer
from jobbot.platform.storage.archive import Manifest
from jobbot.platform.storage.database import BACKUP_FOLDER, Database
from jobbot.platform.storage.failures import disk, explained
from jobbot.platform.storage.keys import RECORDS_FOLDER

STAGING = ".staging-"
KEPT = 14
"""Newest backups that are kept in the data directory; those that were put elsewhere are never touched."""
_OURS = re.compile(r"jobbot-\d{8}-\d{6}\.jobbot")
_REMEMBERED = 199
"""Most earlier backups that an erase can name."""


@dataclass(frozen=True)
class Backup:
    """A verified backup: the file, its SHA-256, what is in it, and which older ones it has replaced."""

    file: Path
    sha256: str
    manifest: Manifest
    removed: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The contract's shape."""
        members = self.manifest.members
        contents = {
            "app": self.manifest.app,
            "schema": self.manifest.schema,
            "created_at": self.manifest.created_at,
            "rows": dict(self.manifest.counts),
            "files": {name: sum(member.startswith(f"{name}/") for member in members) for name in archive.FOLDERS},
            "bytes": sum(member.size for member in members.values()),
            "left_out": list(self.manifest.left_out),
        }
        return {"file": str(self.file), "sha256": self.sha256, "contents": contents, "removed": list(self.removed)}


def back_up(
    database: Database,
    home: Path,
    outputs: Path,
    recipient: str,
    clock: Clock,
    *,
    target: Path | None = None,
    report: Report = silent,
) -> Backup:
    """Write a backup to `target` (default: `backups/` in the data directory), sealed to `recipient`.

    Without `target` the newest `KEPT` stay. The database comes first, then files: a file more than the rows know does
    no harm, a row without its file would.
    Raises InvalidInput where the target exists, Failed when the disk is full; then no file is left.
    """
    file = (target or home / BACKUP_FOLDER / f"jobbot-{clock.now():%Y%m%d-%H%M%S}.jobbot").expanduser().absolute()
    if file.exists():
        raise InvalidInput(f"{file} exists already; name another file with --output")
    try:
        private_folder(file.parent)
        with staging_folder(home) as staging:
            result = _make(database, home, outputs, recipient, clock, file, staging, report)
    except OSError as error:
        raise disk(error, file) from None
    with database.write() as session:
        kv.put(session, kv.LAST_BACKUP, iso(clock.now()))
        made = {"at": iso(clock.now()), "sha256": result.sha256, "here": file.is_relative_to(home.absolute())}
        kv.put(session, kv.BACKUPS, [*(kv.get(session, kv.BACKUPS) or ())[-_REMEMBERED:], made])
    return result if target else replace(result, removed=_prune(file.parent))


def _prune(folder: Path) -> tuple[str, ...]:
    """Remove all but the newest of the backups that jobbot named itself; their names."""
    ours = sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    for path in ours[:-KEPT]:
        path.unlink(missing_ok=True)
    return tuple(path.name for path in ours[:-KEPT])


def _make(
    database: Database,
    home: Path,
    outputs: Path,
    recipient: str,
    clock: Clock,
    file: Path,
    staging: Path,
    report: Report,
) -> Backup:
    report("copying the database", 0, 4)
    counts = _copy_database(database, staging / archive.DATABASE)
    report("copying files", 1, 4)
    left_out = _copy_files(home, outputs, staging)
    members = {name: archive.describe(staging / name) for name in sorted(_relative(staging))}
    manifest = Manifest(__version__, migrations.head(), iso(clock.now()) or "", counts, members, tuple(left_out))
    report("sealing", 2, 4)
    temporary = file.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        witness = archive.pack(staging, manifest, temporary, recipient)
        report("reading it back", 3, 4)
        _read_back(temporary, witness, staging / "check", manifest)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(file.parent)
    report("", 4, 4)
    return Backup(file, archive.file_hash(file), manifest)


def _read_back(file: Path, witness: object, folder: Path, manifest: Manifest) -> None:
    try:
        found = verify(file, witness, folder)
    except Failed as error:
        raise Failed(f"the new backup did not pass its check and was not kept; see jobbot doctor ({error})") from None
    if found != manifest:
        raise Failed("the new backup reads back differently and was not kept; is the disk failing?")


def verify(file: Path, identity: object, folder: Path) -> Manifest:
    """Open a backup into `folder` (made here), compare every checksum, check its database. Raises Failed."""
    folder.mkdir(mode=0o700)
    manifest = archive.unpack(file, identity, folder)
    sound_database(folder / archive.DATABASE, manifest)
    return manifest


def sound_database(file: Path, manifest: Manifest) -> None:
    """Raises Failed when the copy is damaged, holds other rows than stated, or brings code (triggers) not of ours."""
    migrations.refuse_newer(manifest.schema, "this backup")
    database = Database.open(file.parent, file=file)
    try:
        _compare(database, manifest)
        problems = database.problems()
    except DBAPIError as error:
        raise archive.damaged(f"its database cannot be read: {type(error.orig).__name__}") from None
    finally:
        database.close()
    if problems:
        raise archive.damaged(f"its database says: {problems[0]}")


def _compare(database: Database, manifest: Manifest) -> None:
    if database.schema() != manifest.schema:
        raise archive.damaged("its schema is not the one it states")
    with database.engine.connect() as connection:
        _no_foreign_code(connection.exec_driver_sql, manifest.schema, database.file)
        if transfer.counts(connection) != dict(manifest.counts):
            raise archive.damaged("its rows are not those it states")


def _no_foreign_code(execute: Any, schema: str, file: Path | None) -> None:
    """Triggers and views run when data is touched; only those that our own chain makes may be there."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    found = set(map(tuple, execute(query).fetchall()))
    if not found or file is None:
        return
    with fresh_sqlite(file.with_name("reference.db"), schema) as reference, reference.engine.connect() as connection:
        ours = set(map(tuple, connection.exec_driver_sql(query).fetchall()))
    if not found <= ours:
        raise archive.damaged("its database brings code of its own")


@contextmanager
def fresh_sqlite(file: Path, schema: str) -> Iterator[Database]:
    """A new SQLite database at a revision of the chain."""
    database = Database.open(file.parent, file=file)
    try:
        migrations.upgrade(database.engine, schema)
        yield database
    finally:
        database.close()


@contextmanager
def staging_folder(home: Path) -> Iterator[Path]:
    """A private folder (0700) in the data directory, gone afterwards; those of killed runs go too."""
    for old in home.glob(f"{STAGING}*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = home / f"{STAGING}{secrets.token_hex(6)}"
    private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_database(database: Database, target: Path) -> dict[str, int]:
    if database.dialect == "sqlite":
        database.snapshot(target)
    else:
        with (
            fresh_sqlite(target, migrations.head()) as copy,
            explained(database.place),
            database.read() as session,
            copy.engine.connect().execution_options(jobbot_write=True) as connection,
        ):
            transfer.copy_rows(session.connection(), connection)
            connection.commit()
    snapshot = Database.open(target.parent, file=target)
    try:
        with snapshot.engine.connect() as connection:
            return transfer.counts(connection)
    finally:
        snapshot.close()
        for name in ("write.lock", "write.turn"):
            (target.parent / name).unlink(missing_ok=True)


def _copy_files(home: Path, outputs: Path, staging: Path) -> list[str]:
    """Copy what belongs in a backup; returns what was seen and left out (links, odd names)."""
    left_out = []
    for name in archive.SINGLE[1:]:
        if (home / name).is_file():
            _copy(home / name, staging / name)
    for name, folder in (("records", home / RECORDS_FOLDER), ("outputs", outputs)):
        for path in _files(folder):
            member = f"{name}/{path.relative_to(folder).as_posix()}"
            if path.is_symlink() or not path.is_file() or not archive.allowed(member):
                left_out.append(member)
                continue
            private_folder((staging / member).parent)
            _copy(path, staging / member)
    return left_out


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as content, archive.new_file(target) as file:
        shutil.copyfileobj(content, file)


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            if not (name.startswith(".") and name.endswith(".tmp")):
                yield Path(root) / name


def _relative(staging: Path) -> Iterator[str]:
    return (path.relative_to(staging).as_posix() for path in _files(staging))
