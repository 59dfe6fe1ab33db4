"""`outbox`: effects that are to come about, sealed, each once for its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Index, Integer, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.kernel.ids import LOCAL_USER, UserId, new_id
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault
from jobbot.platform.work.digest import digest
from jobbot.platform.work.model import Effect

KEPT = timedelta(days=30)
TURN = timedelta(minutes=2)
"""For so long an effect on the outside is left to the worker that has begun it."""


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("user_id", "unique_key"),
        Index("ix_outbox_delivered_at_available_at", "delivered_at", "available_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    unique_key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(80))
    attempts: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment())
    available_at: Mapped[datetime] = mapped_column(Moment())
    delivered_at: Mapped[datetime | None] = mapped_column(Moment())
    given_up_at: Mapped[datetime | None] = mapped_column(Moment())
    payload: Mapped[Any] = mapped_column(SealedColumn("outbox", "payload"))
    problem: Mapped[Any | None] = mapped_column(SealedColumn("outbox", "problem"))


class Letter(NamedTuple):
    """An effect as it waits; `key` tells a repetition from a second one."""

    id: str
    user: UserId
    kind: str
    key: str
    attempts: int
    payload: Mapping[str, Any]


def add(session: Session, vault: Vault, effect: Effect, now: datetime, user: UserId = LOCAL_USER) -> None:
    """Keep an effect with the change that it follows from; one whose key is known is there already."""
    key = digest(vault, effect.key)
    same = select(OutboxRow.id).where(OutboxRow.user_id == user, OutboxRow.unique_key == key)
    if session.scalar(same) is not None:
        return
    session.execute(delete(OutboxRow).where(func.coalesce(OutboxRow.delivered_at, OutboxRow.given_up_at) <= now - KEPT))
    made = new_id()
    session.add(
        OutboxRow(
            id=made,
            user_id=user,
            unique_key=key,
            kind=effect.kind,
            attempts=0,
            created_at=now,
            available_at=now,
            payload=vault.seal_json(dict(effect.payload), _place("payload", made, user)),
        )
    )
    session.flush()


class Outbox:
    """What waits to come about."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault

    def due(self, now: datetime, user: UserId = LOCAL_USER, limit: int = 100) -> list[Letter]:
        """Those whose time has come, oldest first."""
        waiting = (OutboxRow.user_id == user, OutboxRow.available_at <= now, *_open())
        order = (OutboxRow.available_at, OutboxRow.id)
        with self.database.read() as session:
            rows = session.scalars(select(OutboxRow).where(*waiting).order_by(*order).limit(limit))
            return [self._read(row) for row in rows]

    def take(self, letter: Letter, now: datetime) -> bool:
        """Begin to bring it about outside; False where somebody else has, or it is done."""
        free = (OutboxRow.id == letter.id, OutboxRow.available_at <= now, *_open())
        values = {"available_at": now + TURN, "attempts": OutboxRow.attempts + 1}
        with self.database.write() as session:
            return session.execute(_update(*free).values(values).returning(OutboxRow.id)).first() is not None

    def mark(self, letter: Letter, now: datetime) -> bool:
        """It has come about; False where that was known."""
        with self.database.write() as session:
            done = _update(OutboxRow.id == letter.id, *_open()).values(delivered_at=now, problem=None)
            return session.execute(done.returning(OutboxRow.id)).first() is not None

    def postpone(self, letter: Letter, at: datetime | None, now: datetime, problem: Mapping[str, Any]) -> None:
        """Try again `at` that moment, or (None) never."""
        values = {
            "available_at": at or now,
            "given_up_at": now if at is None else None,
            "attempts": letter.attempts + 1,
            "problem": self.vault.seal_json(dict(problem), _place("problem", letter.id, letter.user)),
        }
        with self.database.write() as session:
            session.execute(_update(OutboxRow.id == letter.id, *_open()).values(values))

    def _read(self, row: OutboxRow) -> Letter:
        user = UserId(row.user_id)
        payload = self.vault.open_json(row.payload, _place("payload", row.id, user))
        return Letter(row.id, user, row.kind, row.unique_key, row.attempts, payload)


def _open() -> tuple[Any, Any]:
    return OutboxRow.delivered_at.is_(None), OutboxRow.given_up_at.is_(None)


def _update(*where: Any) -> Any:
    return update(OutboxRow).where(*where).execution_options(synchronize_session=False)


def _place(column: str, row: str, user: str) -> Context:
    return Context("outbox", column, row, user)
