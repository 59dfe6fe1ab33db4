"""A person who uses this jobbot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jobbot.kernel.ids import UserId


@dataclass(frozen=True, slots=True)
class User:
    """Embedded there is exactly one, `kernel.ids.LOCAL_USER`, made with the database."""

    id: UserId
    created_at: datetime
