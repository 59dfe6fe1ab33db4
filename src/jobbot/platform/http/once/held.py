"""What of this table is whose."""

from __future__ import annotations

from jobbot.platform.http.once.store import IdempotencyRow
from jobbot.platform.storage.holder import Holder, owned

HOLDER = Holder("requests", (owned(IdempotencyRow, named=lambda row: str(row.name), taken=False),))
