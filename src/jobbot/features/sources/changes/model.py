"""What a change is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobbot.features.sources.changes.diff import Diff
from jobbot.kernel.clock import iso

TEXT = "text"
POSTED = "posted_at"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words, before and after; None where nothing was stated."""

    field: str
    before: str | None
    after: str | None

    def as_dict(self) -> dict[str, Any]:
        return {"field": self.field, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Change:
    """What differed on a day from the time before; of the text the words that did."""

    at: datetime
    fields: tuple[FieldChange, ...]
    text: Diff | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "at": iso(self.at),
            "fields": [item.as_dict() for item in self.fields],
            "text": self.text.as_dict() if self.text else None,
        }
