"""When postings want vectors: after any of them changed, and when another model makes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from jobbot.features.sources.store import CHANGED
from jobbot.kernel.clock import Clock
from jobbot.platform.storage import Database, kv
from jobbot.platform.work.model import Task, Wanted
from jobbot.platform.work.store import TaskStore

EMBED = "matching.embed"
EMBEDDED = "postings_embedded"
"""Setting: the change of postings and the mark of the model up to which all of them have vectors."""


def embed_wanted() -> Wanted:
    """Make the vectors that search and match look at, of every posting that lacks them."""
    return Wanted(EMBED, "Vectors of new postings", key=EMBED)


class Backlog:
    """`mark` names the model that is set, "" where there is none; asked once."""

    def __init__(self, database: Database, tasks: TaskStore, clock: Clock, mark: Callable[[], str]) -> None:
        self._database, self._tasks, self._clock = database, tasks, clock
        self._ask = mark
        self._asked: list[str] = []

    @cached_property
    def _mark(self) -> str:
        return self._ask()

    def due(self) -> list[str]:
        """What the vectors are out of date with: the last change of postings and the model. [] where nothing is."""
        with self._database.read() as session:
            changed, done = kv.get(session, CHANGED), kv.get(session, EMBEDDED)
        if not changed or not self._mark or done == [changed, self._mark]:
            return []
        return [changed, self._mark]

    def enqueue_due(self) -> Task | None:
        """The task, where vectors are out of date. One that failed or was cancelled is not begun again before something
        changes."""
        due = self.due()
        if not due or due == self._asked:
            return None
        self._asked = due
        return self._tasks.enqueue(embed_wanted(), self._clock.now())

    def done(self, due: list[str]) -> None:
        """All of it was done; what changed meanwhile is due again."""
        with self._database.write() as session:
            kv.put(session, EMBEDDED, due)
