"""When a posting is new, updated, unchanged or back, when a listing may close what it lacks, when age does. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MANY = 10
"""From this many open postings on, an empty board is believed only when it is empty twice."""

SHRUNK = 0.8
"""A board of many that loses more than this share of them between two listings is reported, and believed."""
SHORTEST = 8
"""Fewest days of being unseen in a feed before a posting is aged out: windows of a week never close anything."""


class Why(StrEnum):
    """Why a posting is closed."""

    GONE = "gone"
    """Its board no longer lists it."""
    UNSEEN = "unseen"
    """Its feed has not shown it for so long that it has been aged out; nobody said that it is closed."""
    ENDED = "ended"
    """The day until which it was to stand has passed, and nothing shows it any more."""


AGED = frozenset({Why.UNSEEN, Why.ENDED})
"""Closed by age, not by a board."""


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


@dataclass(frozen=True, slots=True)
class Alarm:
    """What was odd about a listing. One that is `held` has closed nothing yet."""

    name: str
    says: str
    held: bool = False

    def as_dict(self) -> dict[str, object]:
        return {"name": self.name, "says": self.says, "held": self.held}


def alarm(*, closing: Closing, open_before: int, closed: int) -> Alarm | None:
    """Of a board that shows nothing, or suddenly much less, None where nothing is odd.

    >>> alarm(closing=Closing(True), open_before=100, closed=90).says
    'the board lists 10 of the 100 postings it had; the other 90 were closed'
    """
    if closing.hold:
        return Alarm("shrunk_to_nothing", closing.reason, held=True)
    if open_before < MANY or closed <= SHRUNK * open_before:
        return None
    left = open_before - closed
    said = f"the board lists {left or 'none'} of the {open_before} postings it had; "
    return Alarm(
        "shrunk_to_nothing" if not left else "shrunk", said + f"{'the other' if left else 'all'} {closed} were closed"
    )


def unseen_before(now: datetime, days: int, stated: int | None = None) -> datetime:
    """What a feed last showed before this moment is aged out. `stated`: how many days the source says it keeps one."""
    return now - timedelta(days=max(SHORTEST, stated or days))
