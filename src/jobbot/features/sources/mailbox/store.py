"""`mailboxes`: how far a person's mailbox was read. Whose mailbox it is stands there sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.kernel.ids import UserId, new_id
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault


class MailboxRow(Base):
    __tablename__ = "mailboxes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), index=True)
    account: Mapped[Any] = mapped_column(SealedColumn("mailboxes", "account"))
    validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[datetime] = mapped_column(Moment)


class Mark(NamedTuple):
    """Every mail up to `uid` was read, in the numbering called `validity` (RFC 3501, 2.3.1.1)."""

    validity: int
    uid: int


class MarkStore:
    """`account` is host, user and folder, as a list."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def find(self, user: UserId, account: list[str]) -> Mark | None:
        with self._database.read() as session:
            row = self._row(session, user, account)
            return Mark(row.validity, row.last_uid) if row else None

    def keep(self, user: UserId, account: list[str], mark: Mark, now: datetime) -> None:
        with self._database.write() as session:
            row = self._row(session, user, account)
            if row is None:
                made = new_id()
                sealed = self._vault.seal_json(account, _place(made, user))
                row = MailboxRow(id=made, user_id=user, account=sealed)
            row.validity, row.last_uid, row.read_at = mark.validity, mark.uid, now
            session.add(row)

    def _row(self, session: Session, user: UserId, account: list[str]) -> MailboxRow | None:
        """A person has a mailbox or two: each is opened and compared."""
        rows = session.scalars(select(MailboxRow).where(MailboxRow.user_id == user))
        return next((row for row in rows if self._vault.open_json(row.account, _place(row.id, user)) == account), None)


def _place(identity: str, user: str) -> Context:
    return Context("mailboxes", "account", identity, user)
