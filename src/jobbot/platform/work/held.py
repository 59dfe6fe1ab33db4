"""What of the tables of background work is whose."""

from __future__ import annotations

from jobbot.platform.storage.holder import Holder, owned
from jobbot.platform.work.outbox.store import OutboxRow
from jobbot.platform.work.store import TaskRow

HOLDER = Holder("work", (owned(OutboxRow), owned(TaskRow)))
