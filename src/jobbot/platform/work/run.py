"""A worker: takes up what others left, brings about what follows, does one task after the other.

A task that is killed in the middle is begun again, so a handler must do no harm when it runs twice; what must happen
once it hands back as an effect, which is kept in the transaction that ends the task.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import Failed, JobbotError
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.kernel.report import Report
from jobbot.platform.work.decide import after_death, after_failure, judge
from jobbot.platform.work.model import Claim, Effect, Held, Progress, State, Task, Wanted
from jobbot.platform.work.outbox.deliver import Effects, Inside, deliver
from jobbot.platform.work.outbox.store import Outbox
from jobbot.platform.work.owners import Owners
from jobbot.platform.work.problem import problem_of, told
from jobbot.platform.work.store import Lost, TaskStore
from jobbot.platform.work.wake import Bell

LOOK_SECONDS = 3.0
"""A worker that nobody wakes looks by itself so often."""
BEAT_SECONDS = 10
QUIET = timedelta(milliseconds=200)
"""Progress is written at most so often."""
FOLLOW = "task"
"""The effect that is another task."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler gives back: the task's result and what follows from it."""

    result: Any
    effects: Sequence[Effect] = ()


Handler = Callable[[Task, Report], Outcome]
Handlers = Mapping[str, Handler]


class Stopped(BaseException):
    """Ends a handler from inside its report. No Exception, so that nothing in between takes it for a failure."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


LOST, CANCELLED, ENDING = "lost", "cancelled", "ending"


def follow_up(key: str, wanted: Wanted) -> Effect:
    """Another task, as an effect."""
    asked = {"name": wanted.name, "title": wanted.title, "arguments": dict(wanted.arguments)}
    return Effect(FOLLOW, key, {**asked, "key": wanted.key, "once": wanted.once, "after": wanted.after})


class Worker:
    """One task at a time. `before` is called at each look and `heed` every second of a task; `note` hears of bugs."""

    def __init__(
        self,
        tasks: TaskStore,
        outbox: Outbox,
        handlers: Handlers,
        owners: Owners,
        clock: Clock,
        *,
        effects: Effects | None = None,
        stop: Event | None = None,
        before: Callable[[], object] = lambda: None,
        heed: Callable[[], object] = lambda: None,
        note: Callable[[Exception], None] = lambda _: None,
        jitter: Callable[[], float] = random.random,
        user: UserId = LOCAL_USER,
    ) -> None:
        self.stop = stop or Event()
        self._tasks, self._outbox = tasks, outbox
        self._handlers, self._effects = handlers, {FOLLOW: Inside(self._follow), **(effects or {})}
        self._owners, self._clock = owners, clock
        self._before, self._heed, self._note, self._jitter = before, heed, note, jitter
        self._user = user
        self._me = ""

    def run(self, bell: Bell) -> None:
        """Work until `stop` is set. Raises what a look raises; begun anew, it goes on where the rows say."""
        with self._owners.signed_in() as self._me:
            while not self.stop.is_set():
                if not self.look():
                    bell.wait(LOOK_SECONDS, self.stop)

    def drain(self) -> int:
        """Do what is to be done now, then end; how many looks found something."""
        with self._owners.signed_in() as self._me:
            found = 0
            while not self.stop.is_set() and self.look():
                found += 1
            return found

    def look(self) -> bool:
        """One look; True when something was done."""
        self._before()
        taken = [self._take_up(held) for held in self._tasks.held(self._user)]
        delivered = deliver(self._outbox, self._effects, self._clock, self._jitter, self._user)
        claim = self._claim()
        if claim is not None:
            self._work(claim)
        return bool(any(taken) or delivered or claim)

    def _claim(self) -> Claim | None:
        now = self._clock.now()
        return self._tasks.claim(self._me, now, self._user) if self._tasks.ready(now, self._user) else None

    def _follow(self, payload: Mapping[str, Any]) -> None:
        self._tasks.enqueue(Wanted(**payload), self._clock.now(), self._user)

    def _take_up(self, held: Held) -> bool:
        now = self._clock.now()
        mine = held.owner == self._me  # and I am not at it: its end could not be written
        verdict = judge(False if mine else self._owners.alive(held.owner), now - held.heartbeat_at)
        if not verdict.take:
            return False
        decision = after_death(held.attempts, now)
        return self._tasks.take_away(held, decision.at, now, told(decision.reason))

    def _work(self, claim: Claim) -> None:
        try:
            with self._beating(claim) as lost:
                outcome = self._handled(claim, _Teller(self._tasks, claim, self._clock, self.stop, lost))
        except Stopped as stopped:
            self._stopped(claim, stopped.why)
        except Exception as error:
            self._failed(claim, error)
        else:
            self._end(claim, State.DONE, result=outcome.result, effects=outcome.effects)

    def _handled(self, claim: Claim, report: Report) -> Outcome:
        handler = self._handlers.get(claim.task.name)
        if handler is None:
            raise Failed(f"this jobbot knows no task {claim.task.name!r}; update it")
        return handler(claim.task, report)

    def _stopped(self, claim: Claim, why: str) -> None:
        if why == CANCELLED:
            self._end(claim, State.CANCELLED)
        elif why == ENDING:
            self._put_back(claim, counted=False)

    def _failed(self, claim: Claim, error: Exception) -> None:
        decision = after_failure(error, claim.task.attempts, self._clock.now(), self._jitter())
        problem = problem_of(error, decision.at)
        if not isinstance(error, JobbotError):
            self._note(error)
        if decision.at is None:
            self._end(claim, State.FAILED, problem=problem)
        else:
            self._put_back(claim, at=decision.at, problem=problem)

    def _end(self, claim: Claim, state: State, **more: Any) -> None:
        try:
            self._tasks.finish(claim, state, self._clock.now(), **more)
        except Lost:
            return  # another worker has it; what it finds is what counts

    def _put_back(self, claim: Claim, at: Any = None, **more: Any) -> None:
        now = self._clock.now()
        try:
            self._tasks.put_back(claim, at or now, now, **more)
        except Lost:
            return

    @contextmanager
    def _beating(self, claim: Claim) -> Iterator[Event]:
        """Beats while the block runs; the event is set when the lease is lost."""
        over, lost = Event(), Event()
        thread = Thread(target=self._beat, args=(claim, over, lost), daemon=True, name="jobbot-beat")
        thread.start()
        try:
            yield lost
        finally:
            over.set()
            thread.join()

    def _beat(self, claim: Claim, over: Event, lost: Event) -> None:
        ticks = 0
        while not over.wait(1.0):
            ticks += 1
            try:
                self._heed()
                if ticks % BEAT_SECONDS == 0 and not self._tasks.beat(claim, self._clock.now()):
                    lost.set()
            except JobbotError as error:
                self._note(error)  # a busy or full database; the next beat says it again


class _Teller:
    """The report a handler is given: keeps progress, and ends the handler when it should end."""

    def __init__(self, tasks: TaskStore, claim: Claim, clock: Clock, stop: Event, lost: Event) -> None:
        self._tasks, self._claim, self._clock = tasks, claim, clock
        self._stop, self._lost = stop, lost
        self._told = claim.task.progress
        self._at = clock.now() - QUIET

    def __call__(self, message: str, done: int = 0, total: int = 0) -> None:
        if not message:
            return  # the end of a stage; the task's own end follows
        self._check()
        progress, now = Progress(done, total or None, message), self._clock.now()
        if progress == self._told or now - self._at < QUIET:
            return
        try:
            self._tasks.tell(self._claim, progress, now)
        except Lost:
            raise Stopped(LOST) from None
        self._told, self._at = progress, now

    def _check(self) -> None:
        standing = self._tasks.standing(self._claim)
        if self._lost.is_set() or not standing.mine:
            raise Stopped(LOST)
        if standing.cancelling:
            raise Stopped(CANCELLED)
        if self._stop.is_set():
            raise Stopped(ENDING)
