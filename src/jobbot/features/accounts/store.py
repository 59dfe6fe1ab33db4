"""People in the database. The local user's row comes with the schema."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.features.accounts.model import User
from jobbot.kernel.errors import NotFound
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.storage import Base, Database, Moment


class UserRow(Base):
    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment())


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


def _user(row: UserRow) -> User:
    return User(UserId(row.id), row.created_at)
