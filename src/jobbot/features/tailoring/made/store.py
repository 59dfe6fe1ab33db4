"""`document_sets`: one row per tailoring, its answer sealed. The plain files in `outputs/` are the user's to change,
so what is shown and downloaded later comes from here and from the sealed records."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.kernel.errors import NotFound
from jobbot.kernel.ids import UserId
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault


class DocumentSetRow(Base):
    __tablename__ = "document_sets"
    __table_args__ = (Index("ix_document_sets_user_id_created_at", "user_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    posting_id: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment())
    body: Mapped[Any] = mapped_column(SealedColumn("document_sets", "body"))


class MadeSet(NamedTuple):
    """`body` is the contract's `tailor` shape with the names of its files in place of paths."""

    id: str
    posting_id: str
    created_at: datetime
    body: dict[str, Any]


class MadeStore:
    """Sets of one user's documents. Every read and write is filtered by user here, never by callers."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    def add(self, made: MadeSet, user: UserId) -> None:
        sealed = self._vault.seal_json(made.body, _place(made.id, user))
        with self._database.write() as session:
            session.add(
                DocumentSetRow(
                    id=made.id, user_id=user, posting_id=made.posting_id, created_at=made.created_at, body=sealed
                )
            )

    def get(self, identity: str, user: UserId) -> MadeSet:
        """Raises NotFound, also for what belongs to somebody else."""
        query = select(DocumentSetRow).where(DocumentSetRow.id == identity, DocumentSetRow.user_id == user)
        with self._database.read() as session:
            row = session.scalar(query)
        if row is None:
            raise NotFound("there are no documents of that id")
        return self._opened(row, user)

    def page(self, user: UserId, *, posting: str = "", after: str = "", limit: int = 20) -> list[MadeSet]:
        """Newest first, those before the set `after`; one more than `limit` where there are more."""
        query = select(DocumentSetRow).where(DocumentSetRow.user_id == user)
        if posting:
            query = query.where(DocumentSetRow.posting_id == posting)
        with self._database.read() as session:
            if after and (last := session.get(DocumentSetRow, after)) is not None:
                same = and_(DocumentSetRow.created_at == last.created_at, DocumentSetRow.id < after)
                query = query.where(or_(DocumentSetRow.created_at < last.created_at, same))
            order = query.order_by(DocumentSetRow.created_at.desc(), DocumentSetRow.id.desc())
            rows = session.scalars(order.limit(limit + 1)).all()
        return [self._opened(row, user) for row in rows]

    def _opened(self, row: DocumentSetRow, user: UserId) -> MadeSet:
        return MadeSet(row.id, row.posting_id, row.created_at, self._vault.open_json(row.body, _place(row.id, user)))


def _place(identity: str, user: str) -> Context:
    return Context("document_sets", "body", identity, user)
