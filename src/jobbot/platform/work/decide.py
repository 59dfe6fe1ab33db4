"""What to do with a task that failed or whose worker is gone, as values with reasons: no clock, chance or database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobbot.kernel.errors import JobbotError, TryLater, YoursToFix

ATTEMPTS = 5
"""Most times a task is begun that can be tried again."""
BUG_ATTEMPTS = 2
"""A bug mostly gives the same again, but a machine that ran out of something does not."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_WISH = timedelta(days=7)
LEASE = timedelta(seconds=60)
"""A holder of whom nothing is known is believed to be alive for so long after its last heartbeat."""
FROZEN = timedelta(minutes=15)
"""A process that is there but has not beaten for so long is not coming back to its task."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Try again `at` that moment, or (None) give up; `reason` says why."""

    at: datetime | None
    reason: str

    @property
    def again(self) -> bool:
        return self.at is not None


def after_failure(error: Exception, attempts: int, now: datetime, jitter: float) -> Decision:
    """What becomes of a task whose `attempts`th try ended in `error`. `jitter` in [0, 1) spreads pauses."""
    if isinstance(error, YoursToFix):
        return Decision(None, "trying again would end the same way")
    if isinstance(error, TryLater):
        return _later(error, attempts, now, jitter)
    what = "it is a bug" if not isinstance(error, JobbotError) else "it could not be completed"
    if attempts >= BUG_ATTEMPTS:
        return Decision(None, f"{what}, {attempts} times")
    return Decision(now + _pause(attempts, jitter), f"{what}; once more")


def _later(error: TryLater, attempts: int, now: datetime, jitter: float) -> Decision:
    if attempts >= ATTEMPTS:
        return Decision(None, f"tried {attempts} times")
    wish = error.retry_at
    if wish is not None and wish - now > LONGEST_WISH:
        return Decision(None, f"not before {wish.date().isoformat()}")
    at = now + _pause(attempts, jitter)
    return Decision(max(at, wish) if wish else at, "asked to come back then" if wish else "later it may work")


def _pause(attempts: int, jitter: float) -> timedelta:
    """Twice as long each time, between half and one and a half of it."""
    doubled: int = 2 ** min(max(attempts - 1, 0), 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE) * (0.5 + jitter)


def after_death(attempts: int, now: datetime) -> Decision:
    """What becomes of a task whose process ended in the middle of it."""
    if attempts >= ATTEMPTS:
        return Decision(None, f"the program ended {attempts} times while it worked on this")
    return Decision(now, "the program ended while it worked on this")


@dataclass(frozen=True, slots=True)
class Verdict:
    """May a lease be taken from its holder?"""

    take: bool
    reason: str


def judge(alive: bool | None, age: timedelta) -> Verdict:
    """Whether a lease may be taken from a holder whose last heartbeat is `age` old. `alive` None: nobody here knows.

    A process of this machine that is gone is believed at once. One that is there but was asleep with the machine is
    given time to notice; what it writes after that does not count any more.
    """
    if alive is False:
        return Verdict(True, "its process is gone")
    most = LEASE if alive is None else FROZEN
    if age > most:
        return Verdict(True, f"no heartbeat for {age.total_seconds():.0f} s")
    return Verdict(False, "its process is there" if alive else "its heartbeat is fresh")
