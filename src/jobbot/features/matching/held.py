"""What of this slice's tables is whose."""

from __future__ import annotations

from jobbot.features.matching.store import RequirementsRow
from jobbot.platform.storage.holder import Holder, nobodys

HOLDER = Holder("matching", (nobodys(RequirementsRow, "what public postings ask for", shown=True),))
