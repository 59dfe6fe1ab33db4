"""The egress ledger: a row for every request that left or was refused, written before the first byte goes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Index,
    Integer,
    String,
    Text,
    and_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.kernel.clock import iso
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import LOCAL_USER, UserId, new_id
from jobbot.platform.storage.base import Base, Moment
from jobbot.platform.storage.database import Database


class EgressRow(Base):
    __tablename__ = "egress_ledger"
    __table_args__ = (Index("ix_egress_ledger_user_id_at", "user_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment())
    host: Mapped[str] = mapped_column(String(255))
    purpose: Mapped[str] = mapped_column(String(120))
    bytes_out: Mapped[int] = mapped_column(BigInteger())
    bytes_in: Mapped[int] = mapped_column(BigInteger())
    fields: Mapped[str] = mapped_column(Text())
    allowed: Mapped[bool] = mapped_column(Boolean())
    status: Mapped[int | None] = mapped_column(Integer())
    reason: Mapped[str | None] = mapped_column(Text())


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `fields` names what it carried (query parameters, parts of a body), never values.

    `status` is None until an answer came; `reason` says why it was refused or what went wrong.
    """

    at: datetime
    host: str
    purpose: str
    bytes_out: int = 0
    bytes_in: int = 0
    fields: tuple[str, ...] = ()
    allowed: bool = True
    status: int | None = None
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "at": iso(self.at),
            "host": self.host,
            "purpose": self.purpose,
            "bytes_out": self.bytes_out,
            "bytes_in": self.bytes_in,
            "fields": list(self.fields),
            "allowed": self.allowed,
            "status": self.status,
            "reason": self.reason,
        }


class EgressLedger:
    """Append-only for its readers; a row is completed once, when its answer is in."""

    def __init__(self, database: Database, user: UserId = LOCAL_USER) -> None:
        self._database = database
        self._user = user

    def record(self, entry: Entry) -> str:
        """Write a row and return its id. Raises TryLater when the database cannot be written: then nothing may go."""
        row = EgressRow(
            id=new_id(),
            user_id=self._user,
            at=entry.at,
            host=entry.host[:255],
            purpose=entry.purpose[:120],
            bytes_out=entry.bytes_out,
            bytes_in=entry.bytes_in,
            fields=json.dumps(list(entry.fields)),
            allowed=entry.allowed,
            status=entry.status,
            reason=entry.reason,
        )
        with self._database.write() as session:
            session.add(row)
        return row.id

    def complete(
        self, row: str, *, bytes_in: int, status: int | None, reason: str | None = None, bytes_out: int | None = None
    ) -> None:
        """Say how a recorded request ended; of a conversation also how much was sent, which nobody knows before."""
        sent = {} if bytes_out is None else {"bytes_out": bytes_out}
        self._update(row, {"bytes_in": bytes_in, "status": status, "reason": reason, **sent})

    def refuse(self, row: str, reason: str) -> None:
        """A recorded request that was stopped before a byte left, for where its name leads."""
        self._update(row, {"bytes_out": 0, "allowed": False, "reason": reason})

    def _update(self, row: str, values: dict[str, Any]) -> None:
        mine = (EgressRow.id == row, EgressRow.user_id == self._user)
        with self._database.write() as session:
            session.execute(update(EgressRow).where(*mine).values(**values))

    def rows(self, limit: int = 100, *, host: str = "", allowed: bool | None = None) -> list[dict[str, Any]]:
        """The contract's `ledger`, newest first."""
        return self.page(limit, host=host, allowed=allowed)[0]

    def page(
        self, limit: int = 100, cursor: str = "", *, host: str = "", allowed: bool | None = None
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Newest first, and the cursor of the rest. `host` is any part of the host's name; `allowed` tells what left
        from what was refused. Raises InvalidInput for a cursor that is not of this list."""
        query = select(EgressRow).where(EgressRow.user_id == self._user)
        if host:
            query = query.where(EgressRow.host.contains(host.strip().lower(), autoescape=True))
        if allowed is not None:
            query = query.where(EgressRow.allowed == allowed)
        with self._database.read() as session:
            if cursor:
                query = query.where(_before(self._ended(session, cursor)))
            order = query.order_by(EgressRow.at.desc(), EgressRow.id.desc())
            found = session.scalars(order.limit(limit + 1)).all()
        rest = found[limit - 1].id if len(found) > limit else None
        return [_entry(row).as_dict() for row in found[:limit]], rest

    def _ended(self, session: Session, cursor: str) -> EgressRow:
        """The row that a page ended with."""
        row = session.get(EgressRow, cursor[:64])
        if row is None or row.user_id != self._user:
            raise InvalidInput("this is no cursor of this list; take `next` of the page before, or start without")
        return row


def _before(row: EgressRow) -> ColumnElement[bool]:
    same = and_(EgressRow.at == row.at, EgressRow.id < row.id)
    return or_(EgressRow.at < row.at, same)


def _entry(row: EgressRow) -> Entry:
    return Entry(
        at=row.at,
        host=row.host,
        purpose=row.purpose,
        bytes_out=row.bytes_out,
        bytes_in=row.bytes_in,
        fields=tuple(json.loads(row.fields)),
        allowed=row.allowed,
        status=row.status,
        reason=row.reason,
    )
