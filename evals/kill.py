"""SIGKILL in the middle of background work: what is run again ends in the state of a run that nobody disturbed.

Every round starts from the same data directory, in which boards of the day before are known and wait to be read again,
beside three tasks whose effects are counted. A process works on it and is killed: at a random statement, before or
after it or around a commit, or from outside at a random moment. A second process then does the rest. A round counts
only if SIGKILL ended the process, something had been committed by it, and a task or an effect was in the middle. Two
runners that make a mistake are the controls.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from benchmarks.frame import Row
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from jobbot.bootstrap import App
from jobbot.delivery.demo.replay import answers, bundled, serve
from jobbot.features.sources import tasks as sources
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.report import Report
from jobbot.platform.plugins import load
from jobbot.platform.storage import kv
from jobbot.platform.work.model import Claim, Effect, State, Task, Wanted
from jobbot.platform.work.outbox import deliver as delivering
from jobbot.platform.work.outbox.deliver import Inside, Outside
from jobbot.platform.work.outbox.store import TURN, Letter, Outbox
from jobbot.platform.work.outbox.store import add as add_to_outbox
from jobbot.platform.work.owners import Owners
from jobbot.platform.work.run import Outcome, Worker
from jobbot.platform.work.store import TaskStore
from jobbot.settings import JobSource, Keys, Models, Network, PluginSection, Settings

ROUNDS = 200
COUNTED = 3
GAP = -1
"""The point between the two transactions of a mistake, for a control that is short."""
BOARDS = tuple({board.source: board for board in bundled()}.values())
"""One of each vendor."""
ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = "outside.txt"


def settings_of(home: Path, key: str, prefix: str) -> Settings:
    network = Network(offline=True, http_replay=prefix, http_spacing=0)
    ours = {board.source for board in BOARDS}
    others = {name: PluginSection(enabled=False) for name in load("jobbot.sources").loaded if name not in ours}
    read = tuple(JobSource(name=board.source, companies=(board.board,)) for board in BOARDS)
    keys, models = Keys(kek_file=key), Models(embedding="none")
    return Settings(home=home, models=models, keys=keys, network=network, job_sources=read, sources=others)


MISTAKES = {
    "doubles": "effect and mark in two transactions",
    "loses": "a task is done before what follows from it is kept",
}


# -- the process that is killed ---------------------------------------------------------------------------------------


def count(task: Task, report: Report) -> Outcome:
    """A task of which every effect is counted, inside and outside."""
    number = task.arguments["number"]
    for step in range(3):
        report(f"step {step}", step, 3)
    effects = (Effect("eval.add", f"add {number}", {"n": number}), Effect("eval.tell", f"tell {number}"))
    return Outcome({"number": number}, effects)


def work(app: App, mistake: str = "") -> None:
    """Do what is to be done over `app`, with the tasks and effects of this eval beside the real ones."""

    def add(payload: Mapping[str, Any]) -> None:
        with app.database.write() as session:
            kv.put(session, "eval", (kv.get(session, "eval") or 0) + payload["n"])

    def tell(_payload: Mapping[str, Any], key: str) -> None:
        with (app.settings.home / OUTSIDE).open("a") as file:
            file.write(f"{key}\n")

    handlers = {**sources.handlers(app), "eval.count": count}
    effects = {"eval.add": Inside(add), "eval.tell": Outside(tell)}
    owners = Owners(app.settings.home / "cache" / "workers")
    outbox = Outbox(app.database, app.vault)
    tasks = (Forgetful if mistake == "loses" else TaskStore)(app.database, app.vault)
    if mistake == "doubles":
        delivering._inside = in_two_transactions
    worker = Worker(tasks, outbox, handlers, owners, app.clock, effects=effects, stop=Event(), jitter=lambda: 0.5)
    worker.drain()
    app.clock.sleep(TURN.total_seconds())  # an effect outside that a dead worker had begun is left alone for so long
    worker.drain()


def in_two_transactions(outbox: Outbox, effect: Inside, letter: Letter, clock: Any) -> bool:
    """The mistake that the outbox is there to avoid: the effect is committed before the mark."""
    effect.apply(letter.payload)
    if letter.kind == "eval.add":
        _in_the_gap()
    return outbox.mark(letter, clock.now())


class Forgetful(TaskStore):
    """The other mistake: a task is done before what follows from it is kept."""

    def finish(self, claim: Claim, state: State, now: datetime, **more: Any) -> Task:
        effects = more.pop("effects", ())
        done = super().finish(claim, state, now, **more)
        if effects:
            _in_the_gap()
        with self.database.write() as session:
            for effect in effects:
                add_to_outbox(session, self.vault, effect, now)
        return done


def _in_the_gap() -> None:
    """Where a mistake can be seen; the point `GAP` is here."""
    if _PASSED[1] == GAP:
        os.kill(os.getpid(), signal.SIGKILL)


def foundry() -> None:
    """Each line on stdin starts a process that works and is killed at its point: importing once keeps rounds short."""
    key, prefix = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        app = App(settings_of(Path(folder) / "home", str(Path(folder) / "kek"), prefix))
        app.ingest.all()  # imports what the work needs
        app.close()
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            print(os.getpid(), flush=True)
            _watch(order["point"])
            app = App(settings_of(Path(order["home"]), key, prefix), clock=FixedClock())
            work(app, order["mistake"])
            app.close()
            print(f"points {_PASSED[0]}", flush=True)
            os._exit(0)
        sys.stdin.readline()
        print("ended", os.waitpid(child, 0)[1], flush=True)


_PASSED = [0, 0]


def _watch(point: int | None) -> None:
    """Kill this process at its `point`th statement or commit; tell the parent of each commit."""
    _PASSED[1] = point or 0

    def pass_by(*_: Any) -> None:
        _PASSED[0] += 1
        if _PASSED[0] == point:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, pass_by)
    event.listen(Session, "after_commit", lambda _: print("committed", flush=True))
    event.listen(Session, "after_commit", pass_by)


# -- rounds -----------------------------------------------------------------------------------------------------------


class Run(NamedTuple):
    """How a process ended, how many commits it told of, how many points it passed where it reached its end."""

    status: int
    commits: int
    points: int

    @property
    def killed(self) -> bool:
        return os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGKILL


@dataclass
class Bench:
    """A data directory to copy, and the foundry of processes."""

    template: Path
    foundry: subprocess.Popen[str]
    settings: Settings

    def run(self, home: Path, point: int | None = None, after: float | None = None, mistake: str = "") -> Run:
        """One process over `home`, killed at a point or after so many seconds."""
        assert self.foundry.stdin
        assert self.foundry.stdout
        self.foundry.stdin.write(json.dumps({"home": str(home), "point": point, "mistake": mistake}) + "\n")
        self.foundry.stdin.flush()
        child = int(self.foundry.stdout.readline())
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)  # not reaped before the foundry is told to, so the id is nobody else's
        self.foundry.stdin.write("reap\n")
        self.foundry.stdin.flush()
        commits = points = 0
        for line in iter(self.foundry.stdout.readline, ""):
            if line.startswith("ended"):
                return Run(int(line.split()[1]), commits, points)
            commits += line == "committed\n"
            points = int(line.split()[1]) if line.startswith("points") else points
        raise RuntimeError("the foundry ended")

    @contextmanager
    def copy(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="jobbot-kill-") as folder:
            home = Path(folder) / "home"
            shutil.copytree(self.template, home)
            yield home

    def app(self, home: Path) -> App:
        return App(self.settings.model_copy(update={"home": home}), clock=FixedClock())


@contextmanager
def bench() -> Iterator[Bench]:
    """Boards of the day before read, those of today served, tasks waiting."""
    clock, bodies = FixedClock(), {}
    with serve(bodies) as prefix, tempfile.TemporaryDirectory(prefix="jobbot-kill-") as place:
        folder = Path(place)
        own = settings_of(folder / "home", str(folder / "kek"), prefix)
        app = App(own, clock=clock)
        bodies.update(answers(1, clock.now()))
        for board in BOARDS[:-1]:  # the last one is new today
            app.ingest.board(board.source, board.board)
        bodies.update(_with_a_bad_row(answers(2, clock.now())))
        last = BOARDS[-1]
        app.tasks.enqueue(sources.refresh_wanted(), clock.now())
        app.tasks.enqueue(sources.ingest_wanted(app.plugins, last.source, last.board), clock.now())
        for number in range(1, COUNTED + 1):
            app.tasks.enqueue(Wanted("eval.count", f"Count {number}", {"number": number}), clock.now())
        app.close()
        command = [sys.executable, "-c", "from evals.kill import foundry; foundry()", str(folder / "kek"), prefix]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as foundry_of_processes:
            yield Bench(folder / "home", foundry_of_processes, own)
            assert foundry_of_processes.stdin
            foundry_of_processes.stdin.close()


def _with_a_bad_row(bodies: dict[str, bytes]) -> dict[str, bytes]:
    """One posting without a title on each Greenhouse board, for the quarantine."""
    changed = dict(bodies)
    for path, body in bodies.items():
        if path.startswith("boards-api.greenhouse.io"):
            told = json.loads(body)
            told["jobs"].append({**told["jobs"][0], "id": 7, "title": " "})
            changed[path] = json.dumps(told).encode()
    return changed


@dataclass
class Tally:
    """What a campaign saw; `wrong` holds what differed, a line for each round."""

    effective: int = 0
    by_statement: int = 0
    idle: int = 0
    commits: int = 0
    repeated: int = 0
    wrong: tuple[str, ...] = ()


def campaign(made: Bench, rounds: int, seed: int = 1, mistake: str = "", enough: int = 0) -> Tally:
    """`rounds` effective rounds, at most three times as many tries; with `enough` it ends at so many that differ."""
    dice, tally = random.Random(seed), Tally()
    with made.copy() as home:
        started = time.monotonic()
        whole = made.run(home, mistake=mistake)
        seconds = time.monotonic() - started
        expected = dump(made, home)
    assert whole.status == 0, "the undisturbed run failed"
    for number in range(3 * rounds):
        inside = number % 2 == 0
        point = dice.randrange(1, whole.points + 1) if inside else None
        if mistake and number % 20 == 0:
            point = GAP  # chance alone hits a gap of two statements in a thousand too seldom
        after = None if inside else dice.uniform(0, seconds)
        with made.copy() as home:
            run = made.run(home, point, after, mistake)
            if after is not None and not run.killed:
                seconds = min(seconds, after)  # the first run was slower: later ones are over by then
            _judge(made, home, run, expected, tally, inside, mistake, gap=point == GAP)
        if number % 20 == 19:
            print(f"  {tally.effective} effective of {number + 1}, {len(tally.wrong)} differ", file=sys.stderr)
        if tally.effective == rounds or 0 < enough <= len(tally.wrong):
            break
    return tally


def _judge(
    made: Bench,
    home: Path,
    run: Run,
    expected: dict[str, Any],
    tally: Tally,
    by_statement: bool,
    mistake: str,
    *,
    gap: bool,
) -> None:
    # what a mistake loses in its gap is in nobody's middle any more: that is the mistake
    if not (run.killed and run.commits and (gap or in_the_middle(made, home))):
        tally.idle += 1
        return
    tally.effective += 1
    tally.by_statement += by_statement
    tally.commits += run.commits
    rest = made.run(home, mistake=mistake)
    found = dump(made, home)
    told = (home / OUTSIDE).read_text().splitlines()
    tally.repeated += len(told) - len(set(told))
    if rest.status or found != expected:
        differs = [name for name in expected if found[name] != expected[name]]
        tally.wrong += (f"round {tally.effective}: {', '.join(differs) or f'ended with {rest.status}'}",)


def in_the_middle(made: Bench, home: Path) -> bool:
    """A task is running for nobody, or an effect has been kept and has not come about."""
    app = made.app(home)
    try:
        with app.database.read() as session:
            running = session.execute(text("SELECT count(*) FROM tasks WHERE state = 'running'")).scalar_one()
            waiting = session.execute(text("SELECT count(*) FROM outbox WHERE delivered_at IS NULL")).scalar_one()
        return bool(running or waiting)
    finally:
        app.close()


# -- the state --------------------------------------------------------------------------------------------------------

POSTINGS = """
    SELECT p.source, p.region, p.board, p.external_id, p.id, p.title, p.company, p.content_hash, p.posted_at,
    p.listed_at, p.first_seen, p.last_seen, p.closed_at, p.owner_id, p.text, c.name, b.board_key,
    (SELECT count(*) FROM postings_fts f WHERE f.rowid = p.number)
    FROM postings p LEFT JOIN companies c ON c.id = p.company_id LEFT JOIN source_boards b ON b.id = p.board_id
"""
QUERIES = {
    "postings": POSTINGS,
    "payloads": "SELECT posting_id, fetched_at, body FROM posting_payloads",
    "boards": "SELECT source, region, board_key, company, etag, reader, last_success, health FROM source_boards",
    "quarantine": "SELECT source, board, owner_id, ref, reason, raw FROM quarantine",
    "companies": "SELECT normal, name FROM company_aliases",
    "outbox": "SELECT kind, delivered_at IS NOT NULL, given_up_at FROM outbox",
}
"""Everything that tasks are there to change, without the ids and numbers that chance and order give. The journals of
runs and requests are left out: a run that was killed and its repetition both took place."""


def dump(made: Bench, home: Path) -> dict[str, Any]:
    """The state as digests, and what can be counted as it is."""
    app = made.app(home)
    try:
        with app.database.read() as session:
            found = {name: _rows(session.execute(text(query))) for name, query in QUERIES.items()}
            counted = kv.get(session, "eval")
        state: dict[str, Any] = {name: (len(rows), _digest(rows)) for name, rows in found.items()}
        items, _ = app.tasks.page(limit=200)
        outside = (home / OUTSIDE).read_text().splitlines() if (home / OUTSIDE).exists() else []
        ends = sorted((task.name, task.title, task.state.value) for task in items)
        return {
            **state,
            "tasks": ends,
            "inside": counted,
            "outside": sorted(set(outside)),
            "sound": app.database.problems(),
        }
    finally:
        app.close()


def _rows(result: Any) -> list[str]:
    return sorted(repr(tuple(row)) for row in result)


def _digest(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def run() -> list[Row]:
    with bench() as made:
        ours = campaign(made, ROUNDS)
        controls = {mistake: campaign(made, ROUNDS, mistake=mistake, enough=2) for mistake in MISTAKES}
    print(*ours.wrong, sep="\n")
    note = f"{ours.by_statement} at a statement or commit, the others from outside; {ours.commits} commits told"
    rows = [
        Row("effective rounds", ours.effective, bar=f">= {ROUNDS}", note=note),
        Row("rounds that end in another state", len(ours.wrong), bar="<= 0"),
        Row(
            "repeated effects outside", ours.repeated, note="allowed: each has its key, by which the receiver knows it"
        ),
    ]
    for mistake, seen in controls.items():
        told = f"{MISTAKES[mistake]}; in {seen.effective} effective rounds"
        rows.append(
            Row(f"control that {mistake}: rounds that end in another state", len(seen.wrong), bar=">= 1", note=told)
        )
    return rows
