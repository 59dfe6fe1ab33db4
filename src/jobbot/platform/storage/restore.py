"""Restore: into an empty place only, everything verified before anything is placed, the database last."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.kernel.private import private_folder, sync_folder
from jobbot.kernel.report import Report, silent
from jobbot.platform.storage import archive, keys, migrations, transfer
from jobbot.platform.storage.archive import Manifest
from jobbot.platform.storage.artefacts import write_whole
from jobbot.platform.storage.backup import STAGING, staging_folder, verify
from jobbot.platform.storage.database import Database
from jobbot.platform.storage.failures import disk, explained
from jobbot.platform.storage.wrapped import parse_identity
from jobbot.settings import Keys

_MAY_BE_THERE = frozenset({".env", "config.yaml", "logs"})
"""Settings and logs may stand in the target before: they are how the restore itself was started."""


@dataclass(frozen=True)
class Target:
    """Where to: the data directory, and PostgreSQL if `url` is set, else the SQLite `file`."""

    home: Path
    file: Path
    url: str = ""


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    key: keys.KeyState
    home: Path

    def as_dict(self) -> dict[str, Any]:
        return {
            "home": str(self.home),
            "app": self.manifest.app,
            "schema": self.manifest.schema,
            "created_at": self.manifest.created_at,
            "rows": dict(self.manifest.counts),
            "files": len(self.manifest.members) - 1,
            "key": self.key.place,
        }


def restore(
    file: Path,
    identity: str,
    settings: Keys,
    target: Target,
    *,
    folder: Path | None = None,
    derive: transfer.Derive | None = None,
    report: Report = silent,
) -> Restored:
    """Restore `file` with the recovery key `identity` into the empty `target`; a new key home is made there.

    `folder` is where a key file goes (see `keys.unlock`), `derive` fills PostgreSQL's full-text index.
    Raises NotFound, InvalidInput (wrong key, a target that is not empty), Failed (damaged, changed, newer schema, no
    space). After any of these the target is as it was.
    """
    key = parse_identity(identity)
    if not file.is_file():
        raise NotFound(f"there is no backup file {file}")
    _refuse_occupied(target)
    try:
        with _created(target.home), staging_folder(target.home) as staging:
            report("opening and checking the backup", 0, 3)
            manifest = verify(file, key, staging / "in")
            report("making a new key home", 1, 3)
            state = _prepare(staging / "in" / archive.DATABASE, identity, settings, target.home, folder)
            report("placing", 2, 3)
            _place(staging / "in", target, derive)
            report("", 3, 3)
    except OSError as error:
        raise disk(error, target.home) from None
    return Restored(manifest, state, target.home)


def look_into(file: Path, identity: str) -> Manifest:
    """Open and check a backup as a restore would, and place nothing. Raises as `restore` does."""
    key = parse_identity(identity)
    if not file.is_file():
        raise NotFound(f"there is no backup file {file}")
    try:
        with staging_folder(file.absolute().parent) as staging:
            return verify(file, key, staging / "in")
    except OSError as error:
        raise disk(error, file) from None


def _refuse_occupied(target: Target) -> None:
    home = target.home
    if home.exists() and not home.is_dir():
        raise InvalidInput(f"{home} is a file; name a new directory with --home")
    present = [path.name for path in home.iterdir() if not path.name.startswith(STAGING)] if home.exists() else []
    found = sorted(set(present) - _MAY_BE_THERE)
    if found or target.file.exists():
        shown = ", ".join(found[:5]) or str(target.file)
        raise InvalidInput(
            f"{home} is not empty ({shown}); restore into a new directory: jobbot --home NEW restore ..."
        )
    if target.url:
        _refuse_occupied_server(target)


def _refuse_occupied_server(target: Target) -> None:
    database = Database.open(target.home, target.url)
    try:
        with explained(database.place):
            if inspect(database.engine).get_table_names():
                raise InvalidInput(f"{database.place} has tables already; restore into an empty database")
    finally:
        database.close()


@contextmanager
def _created(home: Path) -> Iterator[None]:
    """Make the data directory; take it away again if the restore fails and it was not there before."""
    existed = home.exists()
    private_folder(home)
    try:
        yield
    except BaseException:
        if not existed and not any(home.iterdir()):
            home.rmdir()
        raise


def _prepare(file: Path, identity: str, settings: Keys, home: Path, folder: Path | None) -> keys.KeyState:
    """In the staging folder still: bring the schema up to date, wrap the keys anew."""
    database = Database.open(file.parent, file=file)
    try:
        database.migrate()
        return keys.adopt(identity, settings, home, database, folder=folder)
    finally:
        database.close()


def _place(staging: Path, target: Target, derive: transfer.Derive | None) -> None:
    """Files first, the database last: without it the directory is no installation. Taken back when a step fails."""
    placed: list[Path] = []
    try:
        for name in (*archive.FOLDERS, *archive.SINGLE[1:]):
            if (staging / name).exists() and not (target.home / name).exists():
                (staging / name).rename(target.home / name)
                placed.append(target.home / name)
        if target.url:
            _load_server(staging / archive.DATABASE, target, derive)
        else:
            _place_file(staging / archive.DATABASE, target.file)
    except BaseException:
        _take_back(placed)
        raise
    sync_folder(target.home)


def _take_back(placed: list[Path]) -> None:
    for path in placed:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _place_file(source: Path, target: Path) -> None:
    log = Path(f"{source}-wal")
    if log.exists() and log.stat().st_size:
        raise Failed("the restored database was not closed cleanly; nothing was placed")
    private_folder(target.parent)
    try:
        source.rename(target)
    except OSError:  # the database is configured to another disk
        write_whole(target, source.read_bytes(), replace=False)
    sync_folder(target.parent)


def _load_server(file: Path, target: Target, derive: transfer.Derive | None) -> None:
    """Schema and rows in one transaction: PostgreSQL has all of it or nothing."""
    source, server = Database.open(file.parent, file=file), Database.open(target.home, target.url)
    try:
        with explained(server.place), server.engine.connect() as connection, source.read() as session:
            migrations.run(connection)
            transfer.copy_rows(session.connection(), connection)
            if derive:
                derive(connection)
            connection.commit()
    finally:
        source.close()
        server.close()
