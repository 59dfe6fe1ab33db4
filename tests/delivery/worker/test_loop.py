"""`jobbot worker` as a process and its loop: drains, ends when told, loses nothing when killed, obeys the switch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import typer.main

from jobbot.bootstrap import App
from jobbot.delivery.cli.commands import find
from jobbot.delivery.cli.root import build
from jobbot.delivery.demo.replay import answers, serve
from jobbot.delivery.log import open_log
from jobbot.delivery.worker.loop import Background, noted, work
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.features.sources.tasks import ingest_wanted, refresh_wanted
from jobbot.kernel.clock import FixedClock, SystemClock
from jobbot.kernel.errors import RefusedByPolicy
from jobbot.platform.work.model import State, Task, Wanted
from jobbot.settings import Keys, Models, Network, Schedule, Settings

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


def settings(folder: Path, prefix: str = "http://127.0.0.1:9", **more: Any) -> Settings:
    network = Network(offline=True, http_replay=prefix, http_spacing=0)
    keys, models = Keys(kek_file=str(folder / "kek")), Models(embedding="none")
    return Settings(**{"home": folder / "home", "models": models, "keys": keys, "network": network, **more})


@pytest.fixture
def boards() -> Iterator[str]:
    with serve(answers(1, SystemClock().now())) as prefix:
        yield prefix


@pytest.fixture
def program(tmp_path: Path, boards: str) -> Iterator[App]:
    app = App(settings(tmp_path, boards))
    yield app
    app.close()


def queued(app: App, company: str = "tidewellhealth") -> Task:
    return app.tasks.enqueue(ingest_wanted(app.plugins, "greenhouse", company), app.clock.now())


class Command:
    """`jobbot WORDS` as a process over the same data directory."""

    def __init__(self, app: App, *words: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        network = app.settings.network
        own = {"JOBBOT_KEK_FILE": app.settings.keys.kek_file, "JOBBOT_OFFLINE": "1", "JOBBOT_EMBEDDING_MODEL": "none"}
        own |= {"JOBBOT_HTTP_REPLAY": network.http_replay, "JOBBOT_HTTP_SPACING": "0"}
        command = [sys.executable, "-m", "jobbot", "--home", str(app.settings.home), *words, "--json"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, env={**kept, **own}, text=True, **pipes)  # type: ignore[call-overload]

    def ended(self) -> tuple[int, Any]:
        out, _ = self.process.communicate(timeout=120)
        return self.process.returncode, json.loads(out) if out else None

    def first(self) -> Any:
        """The one document, as soon as it is whole."""
        text = ""
        for line in self.process.stdout:
            text += line
            if line.rstrip() == "}":
                return json.loads(text)
        raise AssertionError(self.process.communicate()[1])


def cli(app: App, *words: str) -> Any:
    """The answer of a command in this process."""
    command = find(words[0])
    assert command
    return typer.main.get_command(build((command,))).main(list(words), standalone_mode=False, obj=app)


def until(condition: Callable[[], bool]) -> None:
    pause = Event()
    for _ in range(600):
        if condition():
            return
        pause.wait(0.1)
    raise AssertionError("it did not come about")


def test_once_does_what_is_to_be_done_and_ends(program: App) -> None:
    good, bad = queued(program), queued(program, "nobody")
    answer = cli(program, "worker", "--once")
    assert answer.exit_code == 1, "one of them failed"
    told = {task["id"]: task for task in answer.data["tasks"]}
    assert (told[good.id]["state"], told[bad.id]["state"]) == ("done", "failed")
    assert told[good.id]["result"]["new"] > 0
    assert (answer.data["waiting"], answer.data["running"]) == (0, 0)
    again = cli(program, "worker", "--once")
    assert (again.exit_code, again.data["tasks"]) == (0, [])


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_works_until_it_is_told_to_end(number: int, program: App) -> None:
    worker = Command(program, "worker")
    told = worker.first()
    assert set(told) == {"pid", "waiting", "running", "schedule"}
    assert told["pid"] == worker.process.pid
    task = queued(program)
    program.bell.ring()
    until(lambda: program.tasks.get(task.id).state is State.DONE)
    worker.process.send_signal(number)
    assert worker.process.wait(60) == 0


class Slow(BaseHTTPRequestHandler):
    """A board that is asked and never answers."""

    asked = Event()
    over = Event()

    def do_GET(self) -> None:
        self.asked.set()
        self.over.wait(100)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def silent_board() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    Slow.asked.clear()
    Slow.over.clear()
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Slow.over.set()
    server.shutdown()
    server.server_close()


@posix
def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path, silent_board: str, boards: str) -> None:
    stuck, free = App(settings(tmp_path, silent_board)), App(settings(tmp_path, boards))
    task = queued(stuck)
    worker = Command(stuck, "worker")
    assert Slow.asked.wait(60)
    assert stuck.tasks.get(task.id).state is State.RUNNING
    worker.process.kill()
    worker.process.communicate()
    code, told = Command(free, "worker", "--once").ended()
    assert (code, [one["state"] for one in told["tasks"]]) == (0, ["done"])
    done = free.tasks.get(task.id)
    assert (done.attempts, done.result["new"] > 0) == (2, True)
    stuck.close()
    free.close()


def test_the_server_does_not_wait_for_a_board_that_does_not_answer(tmp_path: Path, silent_board: str) -> None:
    app = App(settings(tmp_path, silent_board))
    task = queued(app)
    background = Background(app.settings)
    background.start()
    assert Slow.asked.wait(60)
    assert background.stop() is False
    assert app.tasks.get(task.id).state is State.RUNNING, "the next worker takes it up"
    Slow.over.set()
    until(background.stop)
    app.close()


def test_the_airplane_switch_is_obeyed_between_tasks(tmp_path: Path, boards: str) -> None:
    """Thrown in another program over the same data directory, it holds for the worker's next request."""
    free = settings(tmp_path, boards).model_copy(update={"network": Network()})
    app, other = App(free), App(free)
    assert app.guard.offline is False
    other.switch(offline=True)
    task = queued(app)
    app.worker(Event(), lambda _: None).drain()
    failed = app.tasks.get(task.id)
    assert failed.state is State.FAILED
    assert failed.problem
    assert failed.problem["type"] == RefusedByPolicy.type
    assert "airplane" in failed.problem["detail"]
    app.close()
    other.close()


def test_a_look_that_fails_is_noted_without_words_and_made_anew(tmp_path: Path, program: App) -> None:
    """The data of a person is erased while a worker runs: it finds the new key by itself."""
    stop = Event()
    task = queued(program)
    note = noted(open_log(tmp_path / "logs"))
    with program.database.write() as session:
        session.connection().exec_driver_sql("UPDATE tasks SET body = x'0100000000000000000000000000'")
    worker = Thread(target=work, args=(program.settings, stop, note))
    worker.start()
    log = tmp_path / "logs" / "jobbot.log"
    until(lambda: "Failed" in log.read_text())
    with program.database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM tasks")
    fine = program.tasks.enqueue(Wanted("nobody-knows", "x"), program.clock.now())
    until(lambda: program.tasks.get(fine.id).state is State.FAILED)
    stop.set()
    worker.join(60)
    assert not worker.is_alive()
    assert task.id not in log.read_text()


def test_a_worker_makes_no_key_where_there_is_none(tmp_path: Path, boards: str) -> None:
    own = settings(tmp_path, boards)
    app, stop = App(own), Event()
    assert app.fresh
    worker = Thread(target=work, args=(own, stop, lambda _: None))
    worker.start()
    until((tmp_path / "home" / "cache" / "wake.db").exists)
    assert app.fresh
    assert not (tmp_path / "kek").exists()
    task = queued(app)
    until(lambda: app.tasks.get(task.id).state is State.DONE)
    stop.set()
    worker.join(60)
    app.close()


def test_a_schedule_is_shown_and_kept(tmp_path: Path, boards: str) -> None:
    clock = FixedClock()
    app = App(settings(tmp_path, boards, schedule=Schedule(frequency="daily", hour=0)), clock=clock)
    app.ingest.board("greenhouse", "tidewellhealth")
    first = cli(app, "schedule").data
    assert (first["frequency"], first["day"], first["hour"], first["last"]) == ("daily", None, 0, [])
    clock.at = clock.at.replace(month=12)
    app.worker(Event(), lambda _: None).drain()
    told = cli(app, "schedule").data
    assert [(one["name"], one["state"]) for one in told["last"]] == [("sources.refresh", "done")]
    assert first["next"] < told["last"][0]["created_at"] < told["next"]
    gave = told["last"][0]["gave"]
    assert (gave["read"], gave["new"], gave["under_way"]) == (1, 0, gave["boards"] - gave["failed"] - 1)
    assert gave["under_way"] == 0
    _, boards = RoundStore(app.database).of_task(told["last"][0]["id"]) or (None, [])
    assert [(board.ref.board, board.state) for board in boards if board.ref.board] == [("tidewellhealth", "done")]
    assert app.tasks.enqueue(refresh_wanted(), clock.now()).state is State.WAITING, "asking by hand is another run"
    app.close()


@pytest.mark.parametrize("words", [("schedule",), ("worker", "--once")])
def test_a_person_is_shown_something(words: tuple[str, ...], program: App) -> None:
    from rich.console import Console

    queued(program, "nobody")
    screen = Console(record=True, width=200)
    answer = cli(program, *words)
    answer.show(screen)
    shown = screen.export_text()
    assert ("No run is scheduled" in shown) is (words == ("schedule",))
    assert ("Greenhouse: nobody" in shown) is (words != ("schedule",))
