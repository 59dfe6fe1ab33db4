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
    """What is stored of a posting. `complete`: with its description."""

    content_hash: str
    closed_at: datetime | None
    complete: bool = True


def judge(known: Known | None, content_hash: str, *, complete: bool = True) -> Outcome:
    """What a listed posting is, compared with what is stored. Back is back, changed meanwhile or not.

    One that comes without its description (`complete` False) changes nothing of one that is known whole.
    """
    if known is None:
        return Outcome.NEW
    if known.closed_at is not None:
        return Outcome.REOPENED
    same = known.content_hash == content_hash or (known.complete and not complete)
    return Outcome.UNCHANGED if same else Outcome.UPDATED


@dataclass(frozen=True, slots=True)
class Closing:
    """May what is absent be closed? `reason` says why not; `hold` marks a first empty listing."""

    close: bool
    reason: str = ""
    hold: bool = False


CLOSES_NOTHING = Closing(False)
"""Of a feed: it shows some of what is there, and what it lacks may well be open."""


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
