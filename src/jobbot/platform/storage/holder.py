"""Whose rows are whose: each slice says it for its tables, so that one user's data can be erased or taken along whole.

A table is held by exactly one holder; a test walks the metadata and fails for one that is not. A holder never opens
or commits a transaction of its own.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobbot.kernel.clock import iso
from jobbot.platform.storage.base import Base
from jobbot.platform.storage.vault import Context, SealedColumn, Vault

OWNERS = ("user_id", "owner_id")
"""Columns that name a person."""
Mine = Callable[[str], Any]
Step = Callable[[Session, str], None]


@dataclass(frozen=True)
class Held:
    """A table. `mine` picks the rows of a user; without it none is anybody's, and `why` says so.

    `named` gives the row's name in the context of its sealed columns. Of a table that is not `taken` along, rows are
    only erased: they are copies, secrets or bookkeeping of the program. The report of an erase names what stays of a
    table that is `shown`.
    """

    model: type[Base]
    mine: Mine | None = None
    why: str = ""
    named: Callable[[Any], str] = field(default=lambda row: str(row.id))
    taken: bool = True
    shown: bool = False

    @property
    def table(self) -> str:
        return str(self.model.__tablename__)


def owned(model: type[Base], *, named: Callable[[Any], str] | None = None, taken: bool = True) -> Held:
    """A table whose rows name their user in a column."""
    column = next(model.__table__.columns[name] for name in OWNERS if name in model.__table__.columns)
    return Held(model, lambda user: column == user, named=named or (lambda row: str(row.id)), taken=taken)


def nobodys(model: type[Base], why: str, *, shown: bool = False) -> Held:
    """A table that holds nothing of a person."""
    return Held(model, why=why, shown=shown)


def nothing(_session: Session, _user: str) -> None:
    """The step of a holder that needs none."""


@dataclass(frozen=True)
class Holder:
    """The tables of one slice, those that point at others first: they are erased in this order."""

    name: str
    tables: Sequence[Held]
    before: Step = nothing
    after: Step = nothing

    def erase(self, session: Session, user: str) -> dict[str, int]:
        """Delete a user's rows in the caller's transaction; how many of each table. Safe to repeat."""
        self.before(session, user)
        gone = {}
        for held in self.tables:
            if held.mine is not None:
                result: Any = session.execute(delete(held.model).where(held.mine(user)))
                gone[held.table] = int(result.rowcount)
        self.after(session, user)
        return gone

    def export(self, session: Session, user: str, vault: Vault) -> dict[str, list[dict[str, Any]]]:
        """A user's rows as plain JSON, sealed columns opened."""
        found: dict[str, list[dict[str, Any]]] = {}
        for held in self.tables:
            if held.mine is not None and held.taken:
                rows = session.scalars(select(held.model).where(held.mine(user)))
                found[held.table] = [_plain(held, row, user, vault) for row in rows]
        return found


@dataclass(frozen=True)
class Files:
    """Files that hold or held something of the user, outside the database. `found` looks at the disk each time; `why`
    says for those that stay why they do."""

    what: str
    found: Callable[[], Sequence[Path]]
    why: str = ""


def below(folder: Path, *patterns: str) -> Callable[[], Sequence[Path]]:
    """The files of a folder, all of them or those of the patterns."""

    def found() -> Sequence[Path]:
        every = (path for pattern in patterns or ("**/*",) for path in folder.glob(pattern))
        return [path for path in sorted(every) if path.is_symlink() or path.is_file()] if folder.is_dir() else []

    return found


def _plain(held: Held, row: Any, user: str, vault: Vault) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column in held.model.__table__.columns:
        value = getattr(row, column.key)
        if isinstance(column.type, SealedColumn) and value is not None:
            value = vault.open_text(value, Context(held.table, column.name, held.named(row), user))
            value = _parsed(value)
        told[column.name] = _json(value)
    return told


def _parsed(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except ValueError:
        return text


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
