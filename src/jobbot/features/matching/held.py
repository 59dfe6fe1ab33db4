"""What of this slice's tables is whose."""

from __future__ import annotations

from jobbot.features.matching.preferences.store import PreferencesRow
from jobbot.features.matching.store import RequirementsRow
from jobbot.platform.storage.holder import Holder, nobodys, owned

HOLDER = Holder(
    "matching",
    (
        owned(PreferencesRow, named=lambda row: str(row.user_id)),
        nobodys(RequirementsRow, "what public postings ask for", shown=True),
    ),
)
