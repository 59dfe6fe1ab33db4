"""When a posting is new, updated, unchanged or back, and when a listing may close what it lacks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MANY = 10
"""From this many open postings on, an empty board is believed only when it is empty twice."""


class Outcome(StrEnum):
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a posting."""

    content_hash: str
    closed_at: datetime | None


def judge(known: Known | None, content_hash: str) -> Outcome:
    """What a listed posting is, compared with what is stored. Back is back, changed meanwhile or not."""
    if known is None:
        return Outcome.NEW
    if known.closed_at is not None:
        return Outcome.REOPENED
    return Outcome.UNCHANGED if known.content_hash == content_hash else Outcome.UPDATED


@dataclass(frozen=True, slots=True)
class Closing:
    """May what is absent be closed? `reason` says why not; `hold` marks a first empty listing."""

    close: bool
    reason: str = ""
    hold: bool = False


def may_close(*, complete: bool, listed: int, unidentified: int, open_before: int, empty_before: bool) -> Closing:
    """Closing needs one complete, successful listing in which every row is known by its id.

    All three vendors answer an unknown board with 404, so an empty list is a statement. Yet a board of many postings
    that is empty from one day to the next is more often a mishap than a hiring stop: the first time it is held and
    reported, the second time believed.
    """
    if not complete:
        return Closing(False, "the listing was not complete; nothing was closed")
    if unidentified:
        return Closing(False, f"{unidentified} rows had no id and may be any posting; nothing was closed")
    if listed == 0 and open_before >= MANY and not empty_before:
        return Closing(
            False, f"the board lists nothing; its {open_before} postings stay open until it says so twice", True
        )
    return Closing(True)
