"""What a run counts, and how a payload is kept. Pure."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from jobbot.features.sources.lifecycle import Outcome
from jobbot.features.sources.model import Reject


def packed(payload: str) -> bytes:
    """A payload as it is stored: its UTF-8 text, compressed."""
    return zlib.compress(payload.encode("utf-8", "replace"), 1)


def counted(
    outcomes: Counter[Outcome], closed: int, skipped: list[dict[str, str]], rejects: Iterable[Reject]
) -> dict[str, Any]:
    """The counts of the contract: `fetched` is the sum of what happened to each posting."""
    quarantined = [{"ref": reject.ref, "reason": reject.reason} for reject in rejects]
    each = {outcome.value: outcomes[outcome] for outcome in Outcome}
    return {
        "fetched": sum(each.values()) + len(skipped) + len(quarantined),
        "new": each["new"],
        "updated": each["updated"],
        "unchanged": each["unchanged"],
        "reopened": each["reopened"],
        "closed": closed,
        "skipped": skipped,
        "quarantined": quarantined,
    }


def numbers(counts: dict[str, Any]) -> dict[str, int]:
    """The same with how many there are in place of what they are."""
    return {name: value if isinstance(value, int) else len(value) for name, value in counts.items()}
