"""People and their credentials in the database. The local user's row comes with the schema."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.features.accounts.model import Credential, Kind, User
from jobbot.kernel.errors import NotFound
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.storage import Base, Database, Moment


class UserRow(Base):
    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment())


class SessionRow(Base):
    """A link, a browser session or a machine token; `parent` is the token a session was opened with."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_user_id_kind", "user_id", "kind"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(80))
    parent: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Moment())
    seen_at: Mapped[datetime] = mapped_column(Moment())
    expires_at: Mapped[datetime] = mapped_column(Moment())


class UserStore:
    """Reads people; each answer is about exactly the user that was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, user: UserId = LOCAL_USER) -> User:
        """Raises NotFound."""
        with self._database.read() as session:
            row = session.get(UserRow, user)
        if row is None:
            raise NotFound(f"there is no user {user!r}")
        return _user(row)

    def all(self) -> tuple[User, ...]:
        """Everybody, oldest first."""
        with self._database.read() as session:
            return tuple(
                _user(row) for row in session.scalars(select(UserRow).order_by(UserRow.created_at, UserRow.id))
            )


class SessionStore:
    """Credentials by the digest of their secret; a secret itself never comes here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> object | None:
        """The same value as before says that nothing has changed since; None says nothing."""
        return self._database.version()

    def find(self, digest: str) -> Credential | None:
        with self._database.read() as session:  # columns, for every request asks this
            row = session.execute(_FOUND, {"digest": digest}).first()
        return _credential(row) if row else None

    def add(self, digest: str, made: Credential, parent: str | None = None) -> None:
        """Keep a new credential; what has expired by then is forgotten in the same transaction."""
        with self._database.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= made.created_at))
            session.add(
                SessionRow(
                    digest=digest,
                    id=made.id,
                    user_id=made.user,
                    kind=made.kind.value,
                    label=made.label,
                    parent=parent,
                    created_at=made.created_at,
                    seen_at=made.seen_at,
                    expires_at=made.expires_at,
                )
            )

    def spend(self, digest: str) -> bool:
        """Take a link out, once: False when somebody was faster."""
        with self._database.write() as session:
            taken = session.execute(
                delete(SessionRow)
                .where(SessionRow.digest == digest, SessionRow.kind == Kind.LINK.value)
                .returning(SessionRow.id)
            )
            return taken.first() is not None

    def touch(self, digest: str, now: datetime) -> None:
        with self._database.write() as session:
            session.execute(update(SessionRow).where(SessionRow.digest == digest).values(seen_at=now))

    def of(self, user: UserId, kind: Kind) -> tuple[Credential, ...]:
        """A user's credentials of a kind, newest first."""
        query = select(SessionRow).where(SessionRow.user_id == user, SessionRow.kind == kind.value)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(SessionRow.created_at.desc(), SessionRow.id.desc()))
            return tuple(map(_credential, rows))

    def end(self, identity: str, user: UserId, kind: Kind) -> bool:
        """End a credential and the sessions opened with it; False where the user has none of that id and kind."""
        mine = SessionRow.user_id == user
        own = (SessionRow.id == identity) & (SessionRow.kind == kind.value)
        with self._database.write() as session:
            gone = session.execute(delete(SessionRow).where(mine, own).returning(SessionRow.id)).first()
            if gone is not None:
                session.execute(delete(SessionRow).where(mine, SessionRow.parent == identity))
            return gone is not None


def _user(row: UserRow) -> User:
    return User(UserId(row.id), row.created_at)


def _credential(row: Any) -> Credential:
    return Credential(
        row.id, UserId(row.user_id), Kind(row.kind), row.label, row.created_at, row.seen_at, row.expires_at
    )


_FOUND = select(
    SessionRow.id,
    SessionRow.user_id,
    SessionRow.kind,
    SessionRow.label,
    SessionRow.created_at,
    SessionRow.seen_at,
    SessionRow.expires_at,
).where(SessionRow.digest == bindparam("digest"))
