"""Read many boards: a thread for each of several lanes fetches and parses, this one keeps the books.

What a board gave is written as it ends. Asked to end, every lane stops between two requests or two batches; what was
read stays, and the round can be gone on with: boards it has read are not asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, NamedTuple, Protocol

from jobbot.features.sources import connected
from jobbot.features.sources.fetch import policy_of
from jobbot.features.sources.meter import Halted, Meter, Way
from jobbot.features.sources.rounds.lanes import Lane, lanes, left, spoken
from jobbot.features.sources.rounds.model import DONE, FAILED, NUMBERS, RUNNING, STOPPED, Part, Round
from jobbot.features.sources.rounds.store import RoundStore, TakenOver
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import JobbotError, TryLater
from jobbot.kernel.report import Report, silent
from jobbot.platform.plugins import Plugins
from jobbot.sdk import BoardRef, Kind, Source
from jobbot.settings import Settings

AT_ONCE = 12
"""Lanes read at the same time: hosts do not share the load, this machine's memory does."""
LOOK_SECONDS = 0.25
"""So often somebody who wants it to end is heard."""
PATIENCE_SECONDS = 3.0
"""A lane that is in the middle of a request is waited for so long; what it then gets is not stored."""
COMMAND_LINE, SCHEDULE, WEB = "command line", "schedule", "web app"


class Reading(Protocol):
    """What `Ingest` does, as a round needs it."""

    @property
    def guard(self) -> Way: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def store(self) -> Any: ...
    def telling(self, report: Report) -> Reading: ...
    def board(self, source: str, board: str, region: str = "", meter: Meter | None = None) -> dict[str, Any]: ...


class _News(NamedTuple):
    """What a lane says: a board of it begins (`RUNNING`), ended, or (`part` None) the lane is through."""

    lane: str
    part: Part | None = None
    run: dict[str, Any] | None = None
    error: Exception | None = None


@dataclass
class _Books:
    """What is known while it goes on."""

    parts: dict[int, Part]
    lane_of: dict[int, str]
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    runs: dict[int, dict[str, Any]] = field(default_factory=dict)
    failures: dict[int, Exception] = field(default_factory=dict)

    def waiting(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for position, lane in self.lane_of.items():
            found[lane] += not self.parts[position].over
        return found

    def hear(self, news: _News, part: Part) -> None:
        self.parts[part.position] = part
        if part.over:
            self.took[news.lane].append(part.seconds)
        if news.run is not None:
            self.runs[part.position] = news.run
        if news.error is not None:
            self.failures[part.position] = news.error


class Rounds:
    """`ingest` gives the one to read with, looked up for each board: the airplane switch exchanges it."""

    def __init__(self, ingest: Callable[[], Reading], store: RoundStore, clock: Clock, report: Report = silent) -> None:
        self._ingest, self._finding = ingest, Lock()
        self._store = store
        self._clock = clock
        self._report = report
        self._last = ""

    def read(self, origin: str, task_id: str | None = None, *, resume: bool = False) -> dict[str, Any]:
        """`{run, boards, failed, warnings, resumed, seconds}`: what each board gave now, in the order of the plan.

        With `resume` the latest round that was stopped goes on, that of the task where there is one, and `resumed` is
        how many of its boards were read before; where there is none a new one begins. Raises NotFound where there is
        nothing to read, and what `report` raises: then the round is stopped and can be gone on with.
        """
        one, parts = self._planned(origin, task_id, resume=resume)
        todo = {part.position: part.ref for part in parts if not part.over}
        found = lanes(todo, self._hosts)
        lane_of = {position: lane.name for lane in found for position in lane.positions}
        books = _Books({part.position: part for part in parts}, lane_of)
        started = self._clock.now()
        with suppress(TakenOver):
            self._kept(one, books, found)
        seconds = round((self._clock.now() - started).total_seconds(), 3)
        return {
            **_told(books),
            "warnings": list(one.warnings),
            "run": one.id,
            "resumed": len(parts) - len(todo),
            "seconds": seconds,
        }

    def _planned(self, origin: str, task_id: str | None, *, resume: bool) -> tuple[Round, list[Part]]:
        now = self._clock.now()
        if resume and (one := self._store.take_up(now, task_id)):
            return self._store.get(one.id)
        ingest = self._ingest()
        refs, warnings = connected.boards_of(ingest.settings, ingest.plugins, ingest.store.journal.boards())
        one = self._store.begin(refs, now, origin, task_id, warnings)
        return one, [Part(number, ref) for number, ref in enumerate(refs)]

    def _hosts(self, ref: BoardRef) -> frozenset[str]:
        plugin = self._ingest().plugins.loaded.get(ref.source)
        return policy_of(plugin.card, ref).hosts if plugin else frozenset()

    def _kept(self, one: Round, books: _Books, found: Sequence[Lane]) -> None:
        """Every lane to its end, and the books until then; stopped in order where something comes in between."""
        halt, said, todo = Event(), SimpleQueue[_News](), SimpleQueue[Lane]()
        for lane in found:
            todo.put(lane)
        crew = [_Thread(self, books.parts, todo, said, halt) for _ in range(min(AT_ONCE, len(found)))]
        for thread in crew:
            thread.start()
        try:
            self._follow(one, books, said, len(crew))
            self._store.end(one, DONE, self._clock.now())
        except BaseException:
            halt.set()
            for thread in crew:
                thread.join(PATIENCE_SECONDS / len(crew))
            with suppress(TakenOver):
                self._rest(one, books, said)
                self._store.end(one, STOPPED, self._clock.now())
            raise
        self._report("", 1, 1)

    def _follow(self, one: Round, books: _Books, said: SimpleQueue[_News], crew: int) -> None:
        while crew:
            try:
                news = said.get(timeout=LOOK_SECONDS)
            except Empty:
                self._progress(books)
                continue
            crew -= news.part is None
            self._write(one, books, news)
            self._progress(books)

    def _rest(self, one: Round, books: _Books, said: SimpleQueue[_News]) -> None:
        """What the lanes said before they stopped."""
        with suppress(Empty):
            while True:
                self._write(one, books, said.get_nowait())

    def _write(self, one: Round, books: _Books, news: _News) -> None:
        if news.part is not None:
            self._store.note(one, news.part)
            books.hear(news, news.part)

    def _progress(self, books: _Books) -> None:
        over = sum(part.over for part in books.parts.values())
        until = spoken(left(books.waiting(), books.took, AT_ONCE))
        now = [part.ref for part in books.parts.values() if part.state == RUNNING]
        what = self._last or ", ".join(dict.fromkeys(ref.source for ref in now)) or "boards"
        self._report(" · ".join(filter(None, (what, until))), over, len(books.parts))

    # -- in the threads ------------------------------------------------------------------------------------------------

    def one(
        self, part: Part, halt: Event, say: Callable[[Part, dict[str, Any] | None, Exception | None], None]
    ) -> None:
        """Read one board and say how it ended, whatever happens. Raises Halted."""
        started = self._clock.now()
        begun = replace(part, state=RUNNING, started_at=started)
        say(begun, None, None)
        with self._finding:
            ingest = self._ingest()
        meter = Meter(ingest.guard, halt)
        run: dict[str, Any] | None = None
        failure: Exception | None = None
        try:
            meter.go_on()
            ref = part.ref
            run = ingest.telling(self._heard(meter)).board(ref.source, ref.board, ref.region, meter)
        except Exception as error:  # a bug with one board is no reason to leave the others unread
            failure = error
        seconds = (self._clock.now() - started).total_seconds()
        counted = replace(begun, seconds=round(seconds, 3), requests=meter.requests, bytes_in=meter.bytes_in)
        say(_done(counted, run, self._window(ingest, part.ref)) if run else _failed(counted, failure), run, failure)

    def _heard(self, meter: Meter) -> Report:
        def report(message: str, done: int = 0, total: int = 0) -> None:
            meter.go_on()
            self._last = message or self._last

        return report

    def _window(self, ingest: Reading, ref: BoardRef) -> bool:
        plugin = ingest.plugins.loaded.get(ref.source)
        return plugin is not None and plugin.card.kind is not Kind.BOARD


class _Thread(Thread):
    """Takes one lane after the other. A daemon: one that hangs in a request does not hold up the end of the program."""

    def __init__(
        self,
        rounds: Rounds,
        parts: Mapping[int, Part],
        todo: SimpleQueue[Lane],
        said: SimpleQueue[_News],
        halt: Event,
    ) -> None:
        super().__init__(daemon=True, name="jobbot-lane")
        self._rounds, self._plan = rounds, dict(parts)
        self._todo, self._said, self._halt = todo, said, halt

    def run(self) -> None:
        with suppress(Empty, Halted):
            while True:
                self._lane(self._todo.get_nowait())
        self._said.put(_News(""))

    def _lane(self, lane: Lane) -> None:
        def say(part: Part, run: dict[str, Any] | None, error: Exception | None) -> None:
            self._said.put(_News(lane.name, part, run, error))

        for position in lane.positions:
            self._rounds.one(self._plan[position], self._halt, say)


def _done(part: Part, run: Mapping[str, Any], window: bool) -> Part:
    stated = {name: run.get(name, 0) for name in NUMBERS}
    numbers = {name: value if isinstance(value, int) else len(value) for name, value in stated.items()}
    words = {name: list(run.get(name, ())) for name in ("notes", "alarms")}
    gave = {**numbers, **words, "not_modified": run["not_modified"], "window": window}
    return replace(part, state=DONE, gave=gave)


def _failed(part: Part, error: Exception | None) -> Part:
    if isinstance(error, JobbotError):
        gave = {"passing": isinstance(error, TryLater)}
        return replace(part, state=FAILED, gave=gave, reason=error.detail, retry_at=error.retry_at)
    return replace(part, state=FAILED, reason=f"a bug in jobbot: {type(error).__name__}")


def _told(books: _Books) -> dict[str, Any]:
    failed = []
    for position in sorted(books.failures):
        part = books.parts[position]
        when = part.retry_at.isoformat(timespec="seconds") if part.retry_at else None
        named = {"source": part.ref.source, "board": part.ref.board}
        failed.append({**named, "reason": part.reason, "retry_at": when})
    return {"boards": [books.runs[position] for position in sorted(books.runs)], "failed": failed}
