"""Processes: two workers race for a hundred tasks; killed ones leave nothing that is not made up for."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from evals.kill import GAP, MISTAKES, Bench, bench, campaign, dump

from jobbot.platform.work.model import State

from .world import World

posix = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX")
ROUNDS = 8

RACER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from jobbot.kernel.clock import FixedClock
    from jobbot.platform.storage import Database, Vault, kv
    from jobbot.platform.work.model import Effect
    from jobbot.platform.work.outbox.deliver import Inside, Outside
    from jobbot.platform.work.outbox.store import Outbox
    from jobbot.platform.work.owners import Owners
    from jobbot.platform.work.run import Outcome, Worker
    from jobbot.platform.work.store import TaskStore

    folder, url, key = Path(sys.argv[1]), sys.argv[2], bytes.fromhex(sys.argv[3])
    database, vault = Database.open(folder / "home", url), Vault(key, "test")

    def count(task, report):
        print("did", task.id, flush=True)
        return Outcome(None, [Effect("add", f"add {task.id}", {}), Effect("tell", f"tell {task.id}", {})])

    def add(payload):
        with database.write() as session:
            kv.put(session, "sum", (kv.get(session, "sum") or 0) + 1)

    effects = {"add": Inside(add), "tell": Outside(lambda payload, key: print("told", key, flush=True))}
    worker = Worker(TaskStore(database, vault), Outbox(database, vault), {"count": count},
                    Owners(folder / "workers"), FixedClock(), effects=effects)
    print("ready", flush=True)
    sys.stdin.readline()
    worker.drain()
    """
)


def test_two_processes_race_for_a_hundred_tasks(world: World, tmp_path: Path) -> None:
    """Each task is done once by one of them, each effect comes about once; both get some."""
    for _ in range(100):
        world.want("count")
    database = world.database
    url = database.engine.url.render_as_string(hide_password=False) if database.dialect != "sqlite" else ""
    command = [sys.executable, "-c", RACER, str(tmp_path), url, world.tasks.vault._key.hex()]
    racers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    ended = [racer.communicate(timeout=200) for racer in racers]
    assert [error for _, error in ended] == ["", ""]
    lines = [out.split("\n") for out, _ in ended]
    did = Counter(line for part in lines for line in part if line.startswith("did"))
    told = Counter(line for part in lines for line in part if line.startswith("told"))
    assert (len(did), set(did.values())) == (100, {1})
    assert (len(told), set(told.values())) == (100, {1})
    assert world.sum() == 100
    assert all(any(line.startswith("did") for line in part) for part in lines), "it was no race"
    assert {task.state for task in world.tasks.page(limit=200)[0]} == {State.DONE}


@pytest.fixture(scope="module")
def made() -> Iterator[Bench]:
    with bench() as made:
        yield made


@posix
def test_killed_work_run_again_ends_in_the_same_state(made: Bench) -> None:
    """A sample of `./run eval kill`, which does 200 rounds."""
    tally = campaign(made, ROUNDS)
    assert (tally.effective, tally.wrong) == (ROUNDS, ())
    assert tally.commits >= ROUNDS
    assert 0 < tally.by_statement < ROUNDS


@posix
@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_campaign_sees_a_runner_that_makes_the_mistake(mistake: str, made: Bench) -> None:
    """Killed between its two transactions, such a runner loses or doubles something."""
    with made.copy() as home:
        assert made.run(home, mistake=mistake).status == 0
        expected = dump(made, home)
    with made.copy() as home:
        assert made.run(home, GAP, mistake=mistake).killed
        assert made.run(home, mistake=mistake).status == 0
        found = dump(made, home)
    assert [name for name in expected if found[name] != expected[name]]


@posix
def test_the_undisturbed_run_does_all_there_is_to_do(made: Bench) -> None:
    """Else the comparison would be of nothing with nothing."""
    with made.copy() as home:
        before = dump(made, home)
        assert made.run(home).status == 0
        after = dump(made, home)
    assert {state for _, _, state in after["tasks"]} == {"done"}
    assert (after["inside"], len(after["outside"]), after["sound"]) == (6, 3, [])
    assert [name for name in before if before[name] == after[name]] == ["sound"]
