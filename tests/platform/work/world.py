"""A worker over a database, with tasks that count what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import Any

from jobbot.kernel.clock import FixedClock
from jobbot.kernel.report import Report
from jobbot.platform.storage import Database, Vault, kv
from jobbot.platform.work.model import Effect, State, Task, Wanted
from jobbot.platform.work.outbox.deliver import Inside, Outside
from jobbot.platform.work.outbox.store import Outbox
from jobbot.platform.work.owners import Owners
from jobbot.platform.work.run import Handler, Outcome, Worker, follow_up
from jobbot.platform.work.store import TaskStore


class World:
    """`handlers` may be changed by a test; `told` are the keys of effects outside, as they were received."""

    def __init__(self, database: Database, vault: Vault, folder: Path, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.tasks, self.outbox = TaskStore(database, vault), Outbox(database, vault)
        self.owners = Owners(folder / "workers")
        self.stop = Event()
        self.told: list[str] = []
        self.noted: list[Exception] = []
        self.handlers: dict[str, Handler] = {"count": self._count, "spread": self._spread}
        self.effects = {"add": Inside(self._add), "tell": Outside(self._tell)}

    def worker(self) -> Worker:
        return Worker(
            self.tasks,
            self.outbox,
            self.handlers,
            self.owners,
            self.clock,
            effects=self.effects,
            stop=self.stop,
            note=self.noted.append,
            jitter=lambda: 0.5,
        )

    def want(self, name: str, key: str = "", **arguments: Any) -> Task:
        return self.tasks.enqueue(Wanted(name, name.title(), arguments, key), self.clock.now())

    def drain(self) -> int:
        return self.worker().drain()

    def state(self, task: Task) -> State:
        return self.tasks.get(task.id).state

    def sum(self) -> int:
        with self.database.read() as session:
            return int(kv.get(session, "sum") or 0)

    def does(self, name: str, work: Callable[[Report], Any]) -> None:
        """Register a handler that only works."""

        def handler(_task: Task, report: Report) -> Outcome:
            return Outcome(work(report))

        self.handlers[name] = handler

    def _count(self, task: Task, report: Report) -> Outcome:
        report("counting", 1, 2)
        number = task.arguments.get("n", 1)
        return Outcome(
            {"n": number}, (Effect("add", f"add {task.id}", {"n": number}), Effect("tell", f"tell {task.id}"))
        )

    def _spread(self, task: Task, _report: Report) -> Outcome:
        wanted = [Wanted("count", f"Count {n}", {"n": n}, f"count {n}") for n in task.arguments["numbers"]]
        return Outcome(None, [follow_up(f"{task.id} {one.key}", one) for one in wanted])

    def _add(self, payload: Mapping[str, Any]) -> None:
        with self.database.write() as session:
            kv.put(session, "sum", int(kv.get(session, "sum") or 0) + payload["n"])

    def _tell(self, _payload: Mapping[str, Any], key: str) -> None:
        self.told.append(key)
