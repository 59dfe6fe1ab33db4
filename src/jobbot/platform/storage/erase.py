"""Erase: everything of one user, so that a kill at any moment leaves it whole or unreadable and a rerun finishes.

The order (ADR 13): the keys, the rows of every holder, the files, then the file of the database is written anew without
what was deleted. Nothing of it needs the key, so that data whose key is lost can be erased too.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, func, select

from jobbot.kernel.clock import Clock, iso
from jobbot.kernel.errors import RefusedByPolicy
from jobbot.kernel.ids import UserId
from jobbot.kernel.report import Report, silent
from jobbot.platform.storage import kv
from jobbot.platform.storage.database import Database
from jobbot.platform.storage.destroy import Destroyed, destroy
from jobbot.platform.storage.failures import disk
from jobbot.platform.storage.holder import Files, Holder
from jobbot.platform.storage.wrapped import UserKeyRow
from jobbot.settings import Keys

WORDS = "erase everything"
"""What a person types or a page sends, so that nobody erases by accident."""
_UNTIL = "until you delete it: jobbot does not know where its copies are"


@dataclass(frozen=True)
class Kept:
    """Something that is still there, how much of it, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True)
class Scope:
    """What belongs to an installation: tables by their holders, files, and what is counted because it stays."""

    database: Database
    home: Path
    keys: Keys
    holders: Sequence[Holder]
    files: Sequence[Files]
    stays: Sequence[Files] = ()
    folder: Path | None = None


@dataclass
class Erased:
    """The report of an erase, filled while it goes on."""

    at: str | None
    everything: bool
    key: Destroyed
    backups: list[dict[str, Any]]
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    compacted: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The shape of `jobbot erase --json` (docs/reference/privacy.md)."""
        return {
            "at": self.at,
            "everything": self.everything,
            "resumed": self.key.resumed,
            "key": {
                "data_key": "gone" if self.key.data_key else "none",
                "wrapping_key": self.key.wrapping,
                "place": self.key.place,
                "reason": self.key.reason,
            },
            "rows": {name: count for name, count in sorted(self.rows.items()) if count},
            "files": {name: count for name, count in self.files.items() if count},
            "kept": [{"what": one.what, "count": one.count, "why": one.why} for one in self.kept],
            "backups": self.backups,
            "compacted": self.compacted,
        }


def erase(scope: Scope, user: UserId, clock: Clock, *, everything: bool = False, report: Report = silent) -> Erased:
    """Erase what is `user`'s; with `everything` public postings and the whole database as well. Safe to repeat.

    Raises RefusedByPolicy for `everything` where other people's data is there, Failed or TryLater where disk or
    database refuse: what is done stays done, and the next call goes on.
    """
    if everything:
        _refuse_others(scope.database, user)
    report("destroying the key", 0, 5)
    done = Erased(
        iso(clock.now()), everything, destroy(scope.keys, scope.database, user, folder=scope.folder), _backups(scope)
    )
    report("deleting rows", 1, 5)
    done.rows = _rows(scope, user)
    report("deleting files", 2, 5)
    done.files = {files.what: _remove(files, scope.home) for files in scope.files}
    report("writing the database anew", 3, 5)
    done.compacted = scope.database.compact()
    done.kept = _kept(scope, everything)
    report("finishing", 4, 5)
    _finish(scope.database, everything)
    report("", 5, 5)
    return done


def nothing(clock: Clock) -> Erased:
    """The report where there was nothing."""
    return Erased(iso(clock.now()), False, Destroyed(False, "none"), [], compacted=True)


def _refuse_others(database: Database, user: UserId) -> None:
    others = select(func.count()).select_from(UserKeyRow).where(UserKeyRow.user_id != user)
    with database.read() as session:
        if session.scalar(others):
            raise RefusedByPolicy("other people's data is in this database; leave --everything out to erase your own")


def _backups(scope: Scope) -> list[dict[str, Any]]:
    with scope.database.read() as session:
        known: Sequence[Mapping[str, Any]] = kv.get(session, kv.BACKUPS) or ()
    return [{**one, "opens_with": "its recovery key", "until": _UNTIL} for one in known]


def _rows(scope: Scope, user: UserId) -> dict[str, int]:
    found: dict[str, int] = {}
    with scope.database.write() as session:
        for holder in scope.holders:
            found.update(holder.erase(session, user))
    return found


def _remove(files: Files, home: Path) -> int:
    """Unlink them, and the folders of the data directory that are empty then; how many there were."""
    found = list(files.found())
    for path in found:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise disk(error, path) from None
    for folder in {above for path in found for above in path.parents if above != home and above.is_relative_to(home)}:
        if folder.is_dir() and not any(path.is_file() for path in folder.rglob("*")):
            shutil.rmtree(folder, ignore_errors=True)
    return len(found)


def _kept(scope: Scope, everything: bool) -> list[Kept]:
    """Tables that are nobody's, unless the database goes with them, and files that are the user's own."""
    kept = []
    with scope.database.read() as session:
        for held in (held for holder in scope.holders for held in holder.tables if held.shown and not everything):
            count = session.scalar(select(func.count()).select_from(held.model)) or 0
            kept += [Kept(held.table, count, held.why)] if count else []
    if scope.database.file is None:
        kept.append(
            Kept("PostgreSQL", 1, "old bytes of deleted rows until VACUUM FULL, and its operator's own backups")
        )
    found = ((files, len(files.found())) for files in scope.stays)
    return kept + [Kept(files.what, count, files.why) for files, count in found if count]


def _finish(database: Database, everything: bool) -> None:
    if everything:
        _drop(database)
        return
    with database.write() as session:
        kv.drop(session, kv.ERASING, kv.BACKUPS, kv.LAST_BACKUP)
    database.checkpoint()


def _drop(database: Database) -> None:
    """The whole database: the files of SQLite, the tables of PostgreSQL."""
    if database.file is None:
        metadata = MetaData()
        with database.engine.begin() as connection:
            metadata.reflect(connection)
            metadata.drop_all(connection)
        return
    with database.locked():
        database.close()
        for name in ("-wal", "-shm", ""):
            Path(f"{database.file}{name}").unlink(missing_ok=True)
