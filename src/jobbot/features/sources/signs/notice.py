"""Which signs a posting shows, from the life of its copies and what was changed in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobbot.features.sources.group.rank import BOARD
from jobbot.features.sources.signs.model import Sight, Sign

LATELY = timedelta(days=120)
"""Reposts are counted over so long."""
LONG = timedelta(days=180)
UNCHANGED = timedelta(days=200)
MOVES = 3
"""So often a posted date must have moved forward."""
_EVERGREEN = re.compile(
    r"talent (?:pool|community|network|pipeline)|future (?:opening|opportunit|role|position)|"
    r"general (?:application|interest)|open application|speculative|spontaneous|expression of interest|evergreen|"
    r"always hiring|initiativbewerbung|candidature spontan|candidatura espont",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of one posting over time. `rank` is `group.rank`'s; `board` is its source and board."""

    id: str
    board: tuple[str, str]
    rank: int
    title: str
    first_seen: datetime
    last_seen: datetime
    posted_at: datetime | None = None
    closed_at: datetime | None = None
    aged: bool = False

    @property
    def since(self) -> datetime:
        """Since when it has been there, as far as anybody says."""
        return min(self.first_seen, self.posted_at) if self.posted_at else self.first_seen


@dataclass(frozen=True, slots=True)
class Move:
    """The posted date was another one when it was read again."""

    at: datetime
    before: datetime
    after: datetime


def signs_of(
    life: Life, others: Sequence[Life], moves: Sequence[Move], edited: datetime | None, now: datetime
) -> tuple[Sign, ...]:
    """`others` are the copies of the advert, `edited` is when anything in it but its date was last changed."""
    found = (
        _reposted(life, others, now),
        _gone_at_the_employer(life, others),
        _moved(life, moves, edited),
        _evergreen(life, edited, now),
    )
    return tuple(sign for sign in found if sign is not None)


def _reposted(life: Life, others: Sequence[Life], now: datetime) -> Sign | None:
    """The board had it, had it not, and had it again under another id. Cities that come and go are no repost."""
    line = sorted((one for one in (life, *others) if one.board == life.board and one.rank == BOARD), key=_order)
    again = [
        Sight(
            f"back on the board under another id, {_days(one.first_seen - gone)} after the last one had gone",
            when,
            one.id,
        )
        for place, one in enumerate(line)
        for when, gone in [(one.first_seen, _gone_before(line[:place], one))]
        if gone is not None
    ]
    lately = [sight for sight in again if sight.at >= now - LATELY]
    if len(lately) > 1:
        return Sign(
            "reposted",
            f"Posted {len(lately) + 1} times in {LATELY.days} days.",
            lately[0],
            lately[1],
            tuple(lately[2:]),
        )
    if again and now - line[0].since >= LONG:
        start = Sight(f"there for the first time, {_days(now - line[0].since)} ago", line[0].since, line[0].id)
        return Sign("reposted", f"Posted again; first there {_days(now - line[0].since)} ago.", start, again[-1])
    return None


def _gone_before(line: Sequence[Life], one: Life) -> datetime | None:
    """When the last of the earlier ones had gone, None where one was still there or there is none."""
    gone = [other.closed_at for other in line if other.closed_at is not None and not other.aged]
    if not line or len(gone) < len(line) or max(gone) > one.first_seen:
        return None
    return max(gone)


def _gone_at_the_employer(life: Life, others: Sequence[Life]) -> Sign | None:
    """Of what a feed shows: the employer's own board has closed every copy of it since."""
    if life.rank == BOARD or life.closed_at is not None:
        return None
    own = [other for other in others if other.rank == BOARD]
    if not own or any(other.closed_at is None for other in own):
        return None
    last = max(own, key=lambda other: (other.closed_at or other.last_seen, other.id))
    gone = last.closed_at
    if gone is None or life.last_seen <= gone:
        return None
    seen = Sight(f"still shown by {life.board[0]}", life.last_seen, life.id)
    closed = Sight(f"no longer on the employer's board ({last.board[0]})", gone, last.id)
    return Sign(
        "gone_at_employer", "The employer's own board no longer lists it; this source still does.", closed, seen
    )


def _moved(life: Life, moves: Sequence[Move], edited: datetime | None) -> Sign | None:
    forward = [
        Sight(f"the posted date went from {move.before:%Y-%m-%d} to {move.after:%Y-%m-%d}", move.at, life.id)
        for move in sorted(moves, key=lambda move: move.at)
        if move.after > move.before and (edited is None or move.at > edited)
    ]
    if len(forward) < MOVES:
        return None
    says = f"Its posted date moved forward {len(forward)} times; the text stayed the same."
    return Sign("date_moved", says, forward[0], forward[1], tuple(forward[2:]))


def _evergreen(life: Life, edited: datetime | None, now: datetime) -> Sign | None:
    words = _EVERGREEN.search(life.title)
    since = max(life.first_seen, edited) if edited else life.first_seen
    if words is None or life.closed_at is not None or now - since < UNCHANGED:
        return None
    named = Sight(f"the title says “{words[0]}”", life.first_seen, life.id)
    still = Sight(f"unchanged for {_days(now - since)}", since, life.id)
    return Sign("standing_advert", f"A standing advert: {still.what}, and {named.what}.", named, still)


def _order(life: Life) -> tuple[datetime, str]:
    return life.first_seen, life.id


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"
