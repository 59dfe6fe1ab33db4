"""What of the tables of this part is whose. The keys themselves go first of all, see `destroy`."""

from __future__ import annotations

from jobbot.platform.storage.holder import Holder, nobodys, owned
from jobbot.platform.storage.kv import SettingRow
from jobbot.platform.storage.wrapped import KekRow, UserKeyRow

HOLDER = Holder(
    "storage",
    (
        owned(UserKeyRow, taken=False),
        nobodys(KekRow, "the wrapping key's record, while others use it"),
        nobodys(SettingRow, "what the program remembers, nothing personal"),
    ),
)
