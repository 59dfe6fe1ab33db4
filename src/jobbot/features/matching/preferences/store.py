"""`match_preferences`: one sealed row per user."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.features.matching.preferences.model import NONE, Preferences, read
from jobbot.kernel.clock import Clock
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault


class PreferencesRow(Base):
    """What somebody weighs, blocks and avoids says a lot about them: it is sealed."""

    __tablename__ = "match_preferences"

    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(Moment())
    body: Mapped[Any] = mapped_column(SealedColumn("match_preferences", "body"))


class PreferenceStore:
    """The preferences of users."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database, self._vault, self._clock = database, vault, clock

    def of(self, user: UserId = LOCAL_USER) -> Preferences:
        """What the user chose; nothing chosen is `NONE`."""
        with self._database.read() as session:
            return self._read(session, user)

    def change(self, how: Callable[[Preferences], Preferences], user: UserId = LOCAL_USER) -> Preferences:
        """Keep what `how` makes of what was kept, in one transaction; nothing chosen leaves no row."""
        with self._database.write() as session:
            after = how(self._read(session, user))
            if after == NONE:
                session.execute(delete(PreferencesRow).where(PreferencesRow.user_id == user))
                return after
            body = self._vault.seal_json(after.as_dict(), _context(user))
            session.merge(PreferencesRow(user_id=user, changed_at=self._clock.now(), body=body))
        return after

    def _read(self, session: Session, user: UserId) -> Preferences:
        row = session.get(PreferencesRow, user)
        return NONE if row is None else read(self._vault.open_json(row.body, _context(user)))


def _context(user: UserId) -> Context:
    return Context("match_preferences", "body", user, user)
