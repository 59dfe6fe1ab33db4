"""A worker: what it does with a task that works, fails, is cancelled, is left by the dead; what follows, once."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest

from jobbot.kernel.errors import Failed, TryLater
from jobbot.kernel.report import Report
from jobbot.platform.work.decide import FROZEN
from jobbot.platform.work.model import Effect, State, Task, Wanted
from jobbot.platform.work.outbox.deliver import Inside, Outside
from jobbot.platform.work.run import Outcome
from jobbot.platform.work.store import Lost

from .world import World


def test_a_task_is_done_and_what_follows_happens_once(world: World) -> None:
    task = world.want("count", n=5)
    assert world.drain() > 0
    done = world.tasks.get(task.id)
    assert (done.state, done.result, done.attempts) == (State.DONE, {"n": 5}, 1)
    assert done.progress == (1, 2, "counting")
    assert done.finished_at == world.clock.now()
    assert (world.sum(), len(world.told)) == (5, 1)
    assert world.drain() == 0
    assert (world.sum(), len(world.told)) == (5, 1)


def test_a_task_that_fans_out(world: World) -> None:
    world.want("spread", numbers=[1, 2, 3])
    world.clock.sleep(1)
    world.want("count", key="count 2", n=2)  # is there when the follow-up comes, and is the same task
    world.drain()
    assert world.sum() == 6
    assert sorted(task.title for task in world.tasks.page(name="count")[0]) == ["Count", "Count 1", "Count 3"]


def test_what_can_help_is_tried_again_and_then_told(world: World) -> None:
    later = world.clock.now() + timedelta(hours=2)

    def busy(_report: Report) -> None:
        raise TryLater("the board is busy", retry_at=later)

    world.does("fetch", busy)
    task = world.want("fetch")
    world.drain()
    waiting = world.tasks.get(task.id)
    assert (waiting.state, waiting.retry_at) == (State.WAITING, later)
    assert waiting.problem
    assert waiting.problem["detail"] == "the board is busy"
    assert waiting.problem["retry_at"] == "2026-11-20T11:00:00+00:00"
    world.clock.at = later
    world.does("fetch", lambda _report: "read")
    world.drain()
    done = world.tasks.get(task.id)
    assert (done.state, done.result, done.problem, done.attempts) == (State.DONE, "read", None, 2)


def test_what_cannot_help_fails_at_once(world: World) -> None:
    def wrong(_report: Report) -> None:
        raise Failed("no such thing")

    world.does("fetch", wrong)
    task = world.want("fetch")
    world.drain()
    assert world.state(task) is State.FAILED
    unknown = world.want("nobody-knows")
    world.drain()
    problem = world.tasks.get(unknown.id).problem
    assert problem
    assert "no task" in problem["detail"]


def test_a_bug_is_told_without_its_words(world: World) -> None:
    def bug(_report: Report) -> None:
        raise KeyError("mara@example.org")

    world.does("fetch", bug)
    task = world.want("fetch")
    world.drain()
    world.clock.sleep(600)
    world.drain()
    failed = world.tasks.get(task.id)
    assert failed.state is State.FAILED
    assert failed.problem
    assert "KeyError at test_run.py:" in failed.problem["detail"]
    assert "mara" not in str(failed.problem)
    assert [type(error) for error in world.noted] == [KeyError, KeyError]


def test_cancel_ends_a_run_at_its_next_report(here: World) -> None:
    reached: list[str] = []

    def long(report: Report) -> None:
        report("first")
        here.tasks.cancel(task.id, here.clock.now())
        try:
            report("second")
        except Exception:  # a plugin that hushes everything up cannot hush this up
            reached.append("hushed")
        reached.append("third")

    here.does("long", long)
    task = here.want("long")
    here.drain()
    assert (here.state(task), reached) == (State.CANCELLED, [])


def test_stop_puts_a_task_back_as_if_it_was_never_begun(here: World) -> None:
    def long(report: Report) -> None:
        report("first")
        here.stop.set()
        report("second")

    here.does("long", long)
    task = here.want("long")
    here.drain()
    waiting = here.tasks.get(task.id)
    assert (waiting.state, waiting.attempts, waiting.retry_at) == (State.WAITING, 0, None)


def test_who_lost_its_task_stops_and_says_nothing(here: World) -> None:
    def stolen(report: Report) -> None:
        held = here.tasks.held()[0]
        here.tasks.take_away(held, here.clock.now(), here.clock.now(), {})
        here.stop.set()
        report("too late")

    here.does("stolen", stolen)
    task = here.want("stolen")
    here.drain()
    assert here.state(task) is State.WAITING


def test_the_task_of_a_dead_worker_is_taken_up_at_once_that_of_a_living_one_is_not(world: World) -> None:
    task = world.want("count")
    with world.owners.signed_in() as living:
        world.tasks.claim(living, world.clock.now())
        world.clock.sleep(FROZEN.total_seconds())
        assert world.drain() == 0
        assert world.state(task) is State.RUNNING
    world.drain()
    assert (world.state(task), world.tasks.get(task.id).attempts, world.sum()) == (State.DONE, 2, 1)


def test_of_a_worker_elsewhere_its_heartbeat_tells(world: World) -> None:
    task = world.want("count")
    world.tasks.claim("another-machine".replace("-", ""), world.clock.now())
    world.clock.sleep(60)
    assert world.drain() == 0
    world.clock.sleep(1)
    world.drain()
    assert world.state(task) is State.DONE


def test_a_task_that_kills_its_worker_is_given_up(world: World) -> None:
    task = world.want("count")
    for _ in range(5):
        with world.owners.signed_in() as doomed:
            assert world.tasks.claim(doomed, world.clock.now())
        worker = world.worker()
        worker.stop.clear()
        for held in world.tasks.held():
            worker._take_up(held)
    failed = world.tasks.get(task.id)
    assert (failed.state, failed.attempts) == (State.FAILED, 5)
    assert failed.problem
    assert "ended 5 times" in failed.problem["detail"]


def test_an_effect_that_fails_is_rolled_back_and_tried_again(world: World) -> None:
    works = Event()
    add = world.effects["add"]
    assert isinstance(add, Inside)

    def sometimes(payload: object) -> None:
        add.apply(payload)  # type: ignore[arg-type]
        if not works.is_set():
            raise TryLater("not yet")

    world.effects["add"] = Inside(sometimes)
    world.want("count", n=3)
    world.drain()
    assert (world.sum(), len(world.told)) == (0, 1), "the other effect is not held up"
    works.set()
    assert world.drain() == 0, "it is not yet time"
    world.clock.sleep(60)
    world.drain()
    assert world.sum() == 3


def test_an_effect_outside_is_given_its_key_again(world: World) -> None:
    said: list[str] = []

    def unsure(_payload: object, key: str) -> None:
        said.append(key)
        if len(said) == 1:
            raise TryLater("no answer came")

    world.effects["tell"] = Outside(unsure)
    world.want("count")
    world.drain()
    world.clock.sleep(3600)
    world.drain()
    assert len(said) == 2
    assert len(set(said)) == 1
    assert len(said[0]) == 64


def test_an_effect_that_cannot_come_about_is_given_up(world: World) -> None:
    def never(_payload: object, _key: str) -> None:
        raise Failed("refused")

    world.effects["tell"] = Outside(never)
    world.want("count")
    world.drain()
    world.clock.at += timedelta(days=2)
    assert world.outbox.due(world.clock.now()) == []


def test_an_effect_that_nobody_knows_waits(world: World) -> None:
    world.handlers["odd"] = lambda _task, _report: Outcome(None, [Effect("newer", "k")])
    world.want("odd")
    world.drain()
    assert world.outbox.due(world.clock.now()) == []
    world.clock.sleep(3600)
    assert [letter.kind for letter in world.outbox.due(world.clock.now())] == ["newer"]


def test_the_same_key_is_one_effect(world: World) -> None:
    world.handlers["twin"] = lambda _task, _report: Outcome(None, [Effect("add", "same", {"n": 1})] * 2)
    world.want("twin")
    world.want("twin")
    world.drain()
    assert world.sum() == 1


def test_an_end_that_cannot_be_written_is_made_up_for(here: World) -> None:
    """A full disk: the same worker finds the task in its own hands and begins it again."""
    task, left = here.want("count"), [1]
    real = here.tasks.finish

    class Trouble(type(here.tasks)):  # type: ignore[misc]
        def finish(self, *arguments: object, **more: object) -> object:
            if left:
                left.pop()
                raise Failed("the disk is full")
            return real(*arguments, **more)  # type: ignore[arg-type]

    here.tasks = Trouble(here.database, here.tasks.vault)
    worker = here.worker()
    with here.owners.signed_in() as worker._me:
        with pytest.raises(Failed):
            worker.look()
        while worker.look():
            pass
    assert (here.state(task), here.sum()) == (State.DONE, 1)


def test_a_lease_is_seen_as_lost_by_a_beat(here: World) -> None:
    task = here.want("count")
    claim = here.tasks.claim("somebody", here.clock.now())
    assert claim
    here.tasks.take_away(here.tasks.held()[0], here.clock.now(), here.clock.now(), {})
    assert not here.tasks.beat(claim, here.clock.now())
    with pytest.raises(Lost):
        here.tasks.finish(claim, State.DONE, here.clock.now())
    assert here.state(task) is State.WAITING


def test_threads_that_race_for_tasks_do_each_once(here: World) -> None:
    for number in range(20):
        here.want("count", n=number)
    workers = [Thread(target=here.drain) for _ in range(3)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(60)
    here.drain()
    assert here.sum() == sum(range(20))
    assert len(here.told) == len(set(here.told)) == 20
    assert {task.attempts for task in here.tasks.page(limit=50)[0]} == {1}


def test_a_follow_up_is_what_was_wanted(here: World) -> None:
    got: list[Task] = []

    def keep(task: Task, _report: Report) -> Outcome:
        got.append(task)
        return Outcome(None)

    here.handlers["count"] = keep
    here.want("spread", numbers=[4])
    here.drain()
    assert [(one.name, one.title, dict(one.arguments)) for one in got] == [("count", "Count 4", {"n": 4})]
    assert here.tasks.enqueue(Wanted("count", "x", key="count 4"), here.clock.now()).title == "x"
