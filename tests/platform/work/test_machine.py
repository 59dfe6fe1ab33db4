"""Any sequence of wishes, deaths, cancellations and waiting: no task is lost, no effect is lost or doubled."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import TryLater
from jobbot.kernel.report import Report
from jobbot.platform.storage import Database, Vault
from jobbot.platform.work.decide import ATTEMPTS
from jobbot.platform.work.model import Effect, State, Task
from jobbot.platform.work.run import Outcome

from .world import World

_TEMPLATE: list[Path] = []


@pytest.fixture(autouse=True)
def template(sqlite_template: Path) -> None:
    _TEMPLATE[:] = [sqlite_template]


class Background(RuleBasedStateMachine):
    """The model: which tasks were wanted, and that each ends as done with its effect, or as something else without."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="jobbot-machine-"))
        shutil.copy(_TEMPLATE[0], self.folder / "jobbot.db")
        self.database = Database.open(self.folder)
        self.world = World(self.database, Vault(os.urandom(32), "test"), self.folder, FixedClock())
        self.world.handlers["fickle"] = self._fickle
        self.wanted: dict[str, int] = {}
        self.fails = False
        self.dead: list[str] = []

    def _fickle(self, task: Task, report: Report) -> Outcome:
        report("at it")
        if self.fails:
            raise TryLater("not now")
        return Outcome(None, [Effect("add", f"add {task.id}", {"n": task.arguments["n"]})])

    @rule(n=st.integers(1, 1000))
    def want(self, n: int) -> None:
        self.wanted[self.world.want("fickle", n=n).id] = n

    @rule(fails=st.booleans(), stop_after=st.integers(1, 3))
    def work(self, fails: bool, stop_after: int) -> None:
        self.fails = fails
        worker = self.world.worker()
        with self.world.owners.signed_in() as worker._me:
            for _ in range(stop_after):
                worker.look()

    @rule()
    def die_with_a_task(self) -> None:
        with self.world.owners.signed_in() as me:
            self.world.tasks.claim(me, self.world.clock.now())

    @rule()
    def die_elsewhere(self) -> None:
        self.world.tasks.claim("faraway", self.world.clock.now())

    @rule()
    def die_between_end_and_effect(self) -> None:
        with self.world.owners.signed_in() as me:
            claim = self.world.tasks.claim(me, self.world.clock.now())
            if claim is not None:
                effect = Effect("add", f"add {claim.task.id}", {"n": claim.task.arguments["n"]})
                self.world.tasks.finish(claim, State.DONE, self.world.clock.now(), effects=[effect])

    @precondition(lambda self: self.wanted)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        self.world.tasks.cancel(data.draw(st.sampled_from(sorted(self.wanted))), self.world.clock.now())

    @rule(minutes=st.sampled_from([0, 1, 30, 600]))
    def wait(self, minutes: int) -> None:
        self.world.clock.at += timedelta(minutes=minutes)

    @invariant()
    def rows_make_sense(self) -> None:
        for task in self.world.tasks.page(limit=200)[0]:
            assert task.attempts <= ATTEMPTS
            assert (task.finished_at is not None) == task.state.final
            assert not task.cancelling or task.state is State.RUNNING
        assert self.world.sum() <= sum(self.wanted.values())
        running = {held.id for held in self.world.tasks.held()}
        assert running == {task.id for task in self.world.tasks.page(state=State.RUNNING, limit=200)[0]}

    def teardown(self) -> None:
        """Left to itself, everything ends, and the effects are those of the tasks that are done."""
        self.fails = False
        for _ in range(12):
            self.world.clock.at += timedelta(hours=2)
            self.world.drain()
        found = {task.id: task.state for task in self.world.tasks.page(limit=200)[0]}
        assert set(found) == set(self.wanted), "no task is lost"
        assert all(state.final for state in found.values())
        assert self.world.sum() == sum(n for key, n in self.wanted.items() if found[key] is State.DONE)
        self.database.close()
        shutil.rmtree(self.folder)


TestBackground = Background.TestCase
TestBackground.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
