"""Bring about what the outbox holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from jobbot.kernel.clock import Clock
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.work.decide import Decision, after_failure
from jobbot.platform.work.outbox.store import Letter, Outbox
from jobbot.platform.work.problem import problem_of

UNKNOWN = timedelta(hours=1)
"""An effect that this program does not know waits for one that does (a newer one, a plugin)."""


@dataclass(frozen=True, slots=True)
class Inside:
    """An effect on the database: `apply(payload)` writes, in the transaction of the mark. Exactly once."""

    apply: Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Outside:
    """An effect on the world: `apply(payload, key)`, at least once, always with the same key."""

    apply: Callable[[Mapping[str, Any], str], None]


Effects = Mapping[str, Inside | Outside]


def deliver(
    outbox: Outbox, effects: Effects, clock: Clock, jitter: Callable[[], float], user: UserId = LOCAL_USER
) -> int:
    """Everything that is due, once. How many came about; one that fails is tried again later and holds up no other."""
    return sum(_one(outbox, effects, clock, jitter, letter) for letter in outbox.due(clock.now(), user))


def _one(outbox: Outbox, effects: Effects, clock: Clock, jitter: Callable[[], float], letter: Letter) -> int:
    effect, now = effects.get(letter.kind), clock.now()
    if effect is None:
        outbox.postpone(letter, now + UNKNOWN, now, {"detail": "this program does not know the effect"})
        return 0
    try:
        return int(
            _inside(outbox, effect, letter, clock)
            if isinstance(effect, Inside)
            else _outside(outbox, effect, letter, clock)
        )
    except Exception as error:
        decision: Decision = after_failure(error, letter.attempts + 1, clock.now(), jitter())
        outbox.postpone(letter, decision.at, clock.now(), problem_of(error, decision.at))
        return 0


def _inside(outbox: Outbox, effect: Inside, letter: Letter, clock: Clock) -> bool:
    with outbox.database.unit():
        if not outbox.mark(letter, clock.now()):
            return False
        effect.apply(letter.payload)
    return True


def _outside(outbox: Outbox, effect: Outside, letter: Letter, clock: Clock) -> bool:
    if not outbox.take(letter, clock.now()):
        return False
    effect.apply(letter.payload, letter.key)
    return outbox.mark(letter, clock.now())
