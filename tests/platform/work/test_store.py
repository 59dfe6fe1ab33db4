"""The tasks table on both engines: keys, leases, what is sealed, what is whose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.kernel.ids import UserId
from jobbot.platform.work.model import Claim, Effect, Progress, State, Wanted
from jobbot.platform.work.store import KEPT, Lost

from .world import World

OTHER = UserId("other")


def claimed(world: World, owner: str = "a") -> Claim:
    claim = world.tasks.claim(owner, world.clock.now())
    assert claim
    return claim


def test_a_task_of_the_same_key_is_the_same_until_it_ends(world: World) -> None:
    first, again = world.want("count", "one"), world.want("count", "one")
    assert first.id == again.id
    assert world.want("count", "two").id != first.id
    assert world.want("count").id != world.want("count").id, "no key, no sameness"
    assert claimed(world).task.id == first.id
    assert world.want("count", "one").id == first.id
    world.drain()
    world.clock.sleep(3600)
    world.drain()
    assert world.tasks.get(first.id).state is State.DONE
    assert world.want("count", "one").id != first.id


def test_a_key_that_is_for_once_stays_taken(world: World) -> None:
    wanted = Wanted("count", "Slot", key="slot", once=True)
    first = world.tasks.enqueue(wanted, world.clock.now())
    world.drain()
    assert world.tasks.enqueue(wanted, world.clock.now()).state is State.DONE
    found = world.tasks.by_key("slot")
    assert found
    assert found.id == first.id


def test_enqueueing_joins_the_callers_transaction(world: World) -> None:
    def half() -> None:
        with world.database.unit():
            world.want("count", "never")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert world.tasks.by_key("never") is None


def test_what_a_task_says_of_the_person_is_sealed(world: World) -> None:
    task = world.tasks.enqueue(Wanted("count", "Lever: secretive", {"n": 7}, "key of secretive"), world.clock.now())
    claim = claimed(world)
    world.tasks.tell(claim, Progress(1, 2, "Lever secretive"), world.clock.now())
    effect = Effect("add", "add secretive", {"n": 1, "board": "secretive"})
    world.tasks.finish(claim, State.FAILED, world.clock.now(), problem={"detail": "secretive"}, effects=[effect])
    with world.database.read() as session:
        rows = [*session.execute(text("SELECT * FROM tasks")), *session.execute(text("SELECT * FROM outbox"))]
    assert rows
    assert all(b"secretive" not in bytes(str(tuple(map(_plain, row))), "utf-8") for row in rows)
    kept = world.tasks.get(task.id)
    assert (kept.title, kept.arguments, kept.problem) == ("Lever: secretive", {"n": 7}, {"detail": "secretive"})
    assert kept.progress == Progress(1, 2, "Lever secretive")


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_the_one_that_has_waited_longest_is_first_and_the_future_waits(world: World) -> None:
    early = world.want("count")
    world.clock.sleep(1)
    late = world.want("count")
    claim = claimed(world)
    assert claim.task.id == early.id
    world.tasks.put_back(claim, world.clock.now() + timedelta(hours=1), world.clock.now())
    assert claimed(world).task.id == late.id
    assert not world.tasks.ready(world.clock.now())
    assert world.tasks.claim("a", world.clock.now()) is None
    waiting = world.tasks.get(early.id)
    assert waiting.retry_at == world.clock.now() + timedelta(hours=1)
    world.clock.sleep(3600)
    assert claimed(world).task.attempts == 2


def test_a_try_that_is_not_counted_never_was(world: World) -> None:
    world.want("count")
    claim = claimed(world)
    world.tasks.put_back(claim, world.clock.now(), world.clock.now(), counted=False)
    assert claimed(world).task.attempts == 1


def test_who_lost_the_lease_writes_nothing(world: World) -> None:
    task = world.want("count")
    lost = claimed(world, "a")
    assert world.tasks.beat(lost, world.clock.now())
    held = world.tasks.held()
    assert [(one.id, one.owner, one.attempts) for one in held] == [(task.id, "a", 1)]
    assert world.tasks.take_away(held[0], world.clock.now(), world.clock.now(), {})
    assert not world.tasks.take_away(held[0], world.clock.now(), world.clock.now(), {}), "once"
    mine = claimed(world, "b")
    now = world.clock.now()
    assert not world.tasks.beat(lost, now)
    assert not world.tasks.standing(lost).mine
    assert world.tasks.standing(mine).mine
    with pytest.raises(Lost):
        world.tasks.tell(lost, Progress(1), now)
    with pytest.raises(Lost):
        world.tasks.finish(lost, State.DONE, now, effects=[Effect("add", "x", {"n": 1})])
    with pytest.raises(Lost):
        world.tasks.put_back(lost, now, now)
    assert world.outbox.due(now) == [], "the effect went with the refused end"
    assert world.tasks.finish(mine, State.DONE, now).state is State.DONE
    with pytest.raises(Lost):
        world.tasks.finish(mine, State.FAILED, now)


def test_cancel_ends_what_waits_asks_what_runs_and_leaves_what_has_ended(world: World) -> None:
    waiting = world.want("count", "k")
    now = world.clock.now()
    assert world.tasks.cancel(waiting.id, now).state is State.CANCELLED
    running = world.want("count", "k")
    assert running.id != waiting.id, "its key is free again"
    claim = claimed(world)
    asked = world.tasks.cancel(running.id, now)
    assert (asked.state, asked.cancelling) == (State.RUNNING, True)
    assert world.tasks.cancel(running.id, now).version == asked.version, "asked once is asked"
    assert world.tasks.standing(claim).cancelling
    assert world.tasks.put_back(claim, now, now).state is State.CANCELLED, "it is not tried again"
    assert world.tasks.cancel(running.id, now).state is State.CANCELLED


def test_one_that_was_to_end_and_whose_worker_died_ends(world: World) -> None:
    task = world.want("count")
    claimed(world)
    world.tasks.cancel(task.id, world.clock.now())
    world.tasks.take_away(world.tasks.held()[0], world.clock.now(), world.clock.now(), {})
    assert world.state(task) is State.CANCELLED


def test_pages_newest_first_by_state_and_name(world: World) -> None:
    made = [world.want("count" if n % 2 else "spread").id for n in range(7)]
    newest = sorted(made, reverse=True)
    first, cursor = world.tasks.page(limit=4)
    assert cursor
    rest, end = world.tasks.page(limit=4, cursor=cursor)
    assert [task.id for task in first + rest] == newest
    assert end is None
    assert {task.name for task in world.tasks.page(name="spread")[0]} == {"spread"}
    claimed(world)
    assert len(world.tasks.page(state=State.RUNNING)[0]) == 1
    assert world.tasks.counts() == {"waiting": 6, "running": 1}
    for foreign in ("!", "é", "x" * 40):
        with pytest.raises(InvalidInput):
            world.tasks.page(cursor=foreign)


def test_the_tasks_of_others_are_not_there(world: World) -> None:
    mine, now = world.want("count", "k"), world.clock.now()
    theirs = world.tasks.enqueue(Wanted("count", "Theirs", key="k"), now, OTHER)
    assert theirs.id != mine.id
    for refused in (lambda: world.tasks.get(theirs.id), lambda: world.tasks.cancel(theirs.id, now)):
        with pytest.raises(NotFound):
            refused()
    assert [task.id for task in world.tasks.page()[0]] == [mine.id]
    assert claimed(world).task.id == mine.id
    assert world.tasks.claim("a", now) is None
    assert [held.id for held in world.tasks.held(OTHER)] == []


def test_what_ended_long_ago_is_forgotten(world: World) -> None:
    old = world.want("count")
    world.drain()
    world.clock.at += KEPT
    world.want("count")
    with pytest.raises(NotFound):
        world.tasks.get(old.id)
