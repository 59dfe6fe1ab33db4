"""What of this slice's tables is whose."""

from __future__ import annotations

from jobbot.features.accounts.store import SessionRow, UserRow
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.storage.holder import Held, Holder, owned

HOLDER = Holder(
    "accounts",
    (
        owned(SessionRow, taken=False),
        Held(
            UserRow,
            lambda user: (UserRow.id == user) & (UserRow.id != LOCAL_USER),
            why="the one implicit user of this machine, without a name",
        ),
    ),
)
