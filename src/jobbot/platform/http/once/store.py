"""`idempotency_keys`: the answer to a request that changed something, sealed, for a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Index, Integer, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.kernel.ids import UserId
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault

KEPT = timedelta(days=1)


class IdempotencyRow(Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment())
    answer: Mapped[Any] = mapped_column(SealedColumn("idempotency_keys", "answer"))


class Answered(NamedTuple):
    """`request` is the digest of method, address and body; `data` what was answered."""

    request: str
    status: int
    data: Any


class KeyStore:
    """Keys of users. The write methods work in the caller's transaction, which is the point."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self._vault = vault

    def find(self, user: UserId, name: str, now: datetime) -> Answered | None:
        with self.database.read() as session:
            return self.find_in(session, user, name, now)

    def find_in(self, session: Session, user: UserId, name: str, now: datetime) -> Answered | None:
        """What was answered under this key in the last day."""
        mine = (IdempotencyRow.user_id == user, IdempotencyRow.name == name, IdempotencyRow.created_at > now - KEPT)
        row = session.scalar(select(IdempotencyRow).where(*mine))
        if row is None:
            return None
        return Answered(row.request, row.status, self._vault.open_json(row.answer, _place(name, user)))

    def keep(self, session: Session, user: UserId, name: str, answered: Answered, now: datetime) -> None:
        """Keep an answer with the change it belongs to; what is older than a day is forgotten."""
        session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at <= now - KEPT))
        session.add(
            IdempotencyRow(
                user_id=user,
                name=name,
                request=answered.request,
                status=answered.status,
                created_at=now,
                answer=self._vault.seal_json(answered.data, _place(name, user)),
            )
        )


def _place(name: str, user: str) -> Context:
    return Context("idempotency_keys", "answer", name, user)
