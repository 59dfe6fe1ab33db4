"""A person who uses this jobbot, and what opens it for them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobbot.kernel.clock import iso
from jobbot.kernel.ids import UserId

IDLE = timedelta(days=14)
"""A session that was not used for so long has ended."""
TOUCH = timedelta(hours=1)
"""How coarsely the last use is kept: a read need not write."""


@dataclass(frozen=True, slots=True)
class User:
    """Embedded there is exactly one, `kernel.ids.LOCAL_USER`, made with the database."""

    id: UserId
    created_at: datetime


class Kind(StrEnum):
    """What a secret is good for."""

    LINK = "link"
    """Opens one browser session, once."""
    BROWSER = "browser"
    MACHINE = "machine"


LIFE: dict[Kind, timedelta] = {
    Kind.LINK: timedelta(minutes=10),
    Kind.BROWSER: timedelta(days=30),
    Kind.MACHINE: timedelta(days=365),
}


@dataclass(frozen=True, slots=True)
class Credential:
    """A link, session or token. Its secret is not here: only its SHA-256 is kept, and only in the database."""

    id: str
    user: UserId
    kind: Kind
    label: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime

    def open_at(self, now: datetime) -> bool:
        """Whether it still opens: not expired, and a session not idle for too long."""
        idle = self.kind is Kind.BROWSER and now - self.seen_at > IDLE
        return now < self.expires_at and not idle

    def as_dict(self) -> dict[str, str | None]:
        return {
            "id": self.id,
            "label": self.label,
            "created_at": iso(self.created_at),
            "seen_at": iso(self.seen_at),
            "expires_at": iso(self.expires_at),
        }
