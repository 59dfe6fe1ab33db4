"""Kill -9 in the middle of an erase: the data is whole or unreadable, and running it again finishes.

The child counts what it asks of the disk (statements, commits, fsyncs, unlinks) and kills itself before the n-th. The
points of a run are spread evenly over all of them; `python -m tests.journeys.test_erase_killed [EACH]` takes every one,
or each third, say.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jobbot.bootstrap import App
from jobbot.kernel.errors import Failed, NotFound
from jobbot.settings import load

from .planted import PLANTED, RESUME, leaks
from .test_erase import EVERY, Place, fill, rows_of_users

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX")
POINTS = 14

CHILD = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from jobbot.bootstrap import App
    from jobbot.kernel.ids import LOCAL_USER
    from jobbot.platform.storage.erase import erase
    from jobbot.settings import load

    STEPS = {"execute", "executemany", "commit", "fsync", "unlink", "rmdir", "mkdir", "write", "connect", "close"}

    def run(folder, last):
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        app = App(load(folder / "home"))
        scope, steps = app.scope, 0

        def count(frame, event, called):
            nonlocal steps
            if event == "c_call" and getattr(called, "__name__", "") in STEPS:
                steps += 1
                if steps == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        erase(scope, LOCAL_USER, app.clock)
        sys.setprofile(None)
        app.close()
        print(steps, flush=True)

    App(load(Path(sys.argv[1]))).scope  # import everything once, so that a round is short
    for line in sys.stdin:
        folder, last = line.rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            run(Path(folder), int(last))
            os._exit(0)
        print("ended", os.waitpid(child, 0)[1], flush=True)
    """
)


class Rounds:
    """A process that erases a folder and dies where it is told to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def erase(self, folder: Path, last: int) -> tuple[int, int | None]:
        """How the child ended (a wait status), and how many steps it took if it came to the end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{folder} {last}\n")
        self._process.stdin.flush()
        first = self._process.stdout.readline()
        if first.startswith("ended"):
            return int(first.split()[1]), None
        return int(self._process.stdout.readline().split()[1]), int(first)


@contextmanager
def rounds(place: Place) -> Iterator[Rounds]:
    command = [sys.executable, "-c", CHILD, str(place.home)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=place.environment, **pipes) as process:
        yield Rounds(process)
        assert process.stdin
        process.stdin.close()


@contextmanager
def filled(folder: Path) -> Iterator[Place]:
    folder.mkdir()
    place = Place(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", place.environment["XDG_CONFIG_HOME"])
        fill(place)
        yield place


def killed(place: Place, program: Rounds, last: int, folder: Path) -> str:
    """One round over a copy of the place: what was there after the kill (whole or unreadable), checked to the end."""
    shutil.copytree(place.folder, folder)
    copy = Place(folder)
    status, _ = program.erase(folder, last)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", copy.environment["XDG_CONFIG_HOME"])
        found = state(copy)
        assert leaks(copy.home, *PLANTED, allowed=("outputs/", "resume-edit", ".staging-dead/")) == []
        finish(copy)
    shutil.rmtree(folder)
    return found


def state(place: Place) -> str:
    """Whole: the profile reads as it was. Unreadable: it does not open, or is gone; nothing in between."""
    app = App(load(place.home, place.environment))
    try:
        profile = app.profiles.current()
    except (NotFound, Failed):
        return "unreadable"
    finally:
        app.close()
    assert profile.resume == RESUME
    assert len(profile.facts) > 5
    return "whole"


def finish(place: Place) -> None:
    """The same command again ends it, and then jobbot is as new."""
    from jobbot.kernel.ids import LOCAL_USER
    from jobbot.platform.storage.erase import erase

    app = App(load(place.home, place.environment))
    told = erase(app.scope, LOCAL_USER, app.clock)
    assert told.compacted
    assert rows_of_users(app) == {}
    assert leaks(place.home, *EVERY) == []
    app.let_go()
    app.profiles.save(dict(RESUME))
    app.close()


def test_killed_anywhere_it_is_whole_or_unreadable_and_a_rerun_finishes(tmp_path: Path) -> None:
    with filled(tmp_path / "filled") as place, rounds(place) as program:
        shutil.copytree(place.folder, tmp_path / "whole")
        status, steps = program.erase(tmp_path / "whole", -1)
        assert status == 0
        assert steps is not None
        assert steps > 100
        points = [1 + round(number * (steps - 2) / (POINTS - 1)) for number in range(POINTS)]
        found = [killed(place, program, point, tmp_path / "round") for point in points]
    assert found[0] == "whole"
    assert found[-1] == "unreadable"
    assert found == sorted(found, reverse=True), "once unreadable, it never comes back"


def test_the_check_would_see_data_that_is_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: rows deleted before the key, and a kill in between."""
    from sqlalchemy import delete

    from jobbot.features.profile.store import FactRow

    place = Place(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", place.environment["XDG_CONFIG_HOME"])
    app = App(load(place.home, place.environment))
    app.profiles.save(dict(RESUME))
    assert state(place) == "whole"
    with app.database.write() as session:
        session.execute(delete(FactRow))
    app.close()
    with pytest.raises(AssertionError):
        state(place)


if __name__ == "__main__":
    import tempfile

    with (
        tempfile.TemporaryDirectory() as name,
        filled(Path(name) / "filled") as _place,
        rounds(_place) as _program,
    ):
        shutil.copytree(_place.folder, Path(name) / "whole")
        _steps = _program.erase(Path(name) / "whole", -1)[1] or 0
        _points = range(1, _steps + 1, int((sys.argv[1:] or ["1"])[0]))
        _found = [killed(_place, _program, _point, Path(name) / "round") for _point in _points]
        _whole = _found.count("whole")
        print(f"{_steps} steps, {len(_found)} kills: {_whole} whole, {len(_found) - _whole} unreadable, 0 neither")
