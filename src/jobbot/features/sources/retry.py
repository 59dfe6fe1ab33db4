"""Whether to ask again, as a value: one function from what happened to what to do, without clock, chance or network.

Only 429, 502, 503, 504 and broken connections are asked again, three times in all, with growing pauses. A host that
says when it wants to be asked again is not asked before; if that is more than a few seconds away the run ends and the
host is left alone until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

RETRIED = frozenset({429, 502, 503, 504})
ATTEMPTS = 3
PATIENCE = 10.0
"""Longest pause, in seconds, that a person in front of a terminal is made to wait."""
FIRST_PAUSE = 1.0
ENOUGH = 90.0
"""Seconds after which a request that failed is not sent once more: a host that hangs hangs again."""
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Decision:
    """`action` is wait (for `seconds`, then ask again) or give_up; `closed_until`: leave the host alone until then."""

    action: str
    reason: str
    seconds: float = 0.0
    closed_until: datetime | None = None


def decide(
    attempt: int, status: int | None, retry_after: str, now: datetime, jitter: float, spent: float = 0.0
) -> Decision | None:
    """What to do after the `attempt`th answer (1 is the first). None: the answer stands, hand it on.

    `status` None means that no answer came. `spent` is the seconds since the first was asked for. `jitter` is in
    [0, 1) and spreads pauses over half to one and a half.
    """
    if status is not None and status not in RETRIED:
        return None
    what = f"answered {status}" if status is not None else "did not answer"
    asked = asked_pause(retry_after, now)
    until = now + timedelta(seconds=asked) if asked is not None else None
    if asked is not None and asked > PATIENCE:
        return Decision("give_up", f"{what} and asked to be left alone for {asked:.0f} s", closed_until=until)
    if attempt >= ATTEMPTS or spent >= ENOUGH:
        times = f" {attempt} times" if attempt > 1 else ""
        return Decision("give_up", f"{what}{times}", closed_until=until)
    pause = asked if asked is not None else FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + jitter)
    return Decision("wait", f"{what}; asking again", seconds=pause)


def asked_pause(retry_after: str, now: datetime) -> float | None:
    """Seconds of a `Retry-After` (a number or an HTTP date), never negative; None where it says nothing sensible."""
    text = retry_after.strip()
    if text.isdecimal() and len(text) <= 9:
        return min(float(text), LONGEST.total_seconds())
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST.total_seconds())
