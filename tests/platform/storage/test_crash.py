"""Kill -9 and many writers: nothing acknowledged is lost, nothing half is kept, nobody sees a locked database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text

from jobbot.platform.storage import Artefacts, Database, kv
from jobbot.platform.storage.kv import SettingRow

posix = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
ROUNDS = 20

WRITER = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from jobbot.platform.storage import Artefacts, Database, kv

    def write_on_and_on(home, round):
        database, files = Database.open(home), Artefacts(home / "outputs")
        for number in range(100_000):
            with database.write() as session:  # two rows that belong together, and pages enough to tear
                kv.put(session, f"{round}-{number}-a", "x" * 3000)
                kv.put(session, f"{round}-{number}-b", "x" * 3000)
            files.put("last.txt", f"{round}-{number};".encode() * 5000)
            print(number, flush=True)

    for round in sys.stdin:  # each line starts a process; importing once keeps twenty rounds short
        child = os.fork()
        if child == 0:
            print(os.getpid(), flush=True)
            write_on_and_on(Path(sys.argv[1]), round.strip())
        print("ended", os.waitpid(child, 0)[1], flush=True)
    """
)

COUNTER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from jobbot.kernel.errors import JobbotError
    from jobbot.platform.storage import Database, kv
    database = Database.open(Path(sys.argv[1]))
    database.migrate()
    for _ in range(int(sys.argv[2])):
        try:
            with database.write() as session:
                kv.put(session, "n", (kv.get(session, "n") or 0) + 1)
        except JobbotError as error:
            print("SURFACED", error.detail)
    """
)


@posix
def test_sigkill_while_writing_loses_nothing_that_was_acknowledged(sqlite: Database, tmp_path: Path) -> None:
    """At least 20 effective rounds: the process died of SIGKILL, after it had acknowledged something."""
    home, dice = tmp_path / "home", random.Random(9)
    effective = acknowledged = 0
    with _writer(home) as writer:
        for number in range(3 * ROUNDS):
            kept = _killed_round(writer, number, dice)
            if kept is None:
                continue
            effective += 1
            acknowledged += kept + 1
            _check(sqlite, home, number, kept)
            if effective == ROUNDS:
                break
    assert effective == ROUNDS, f"only {effective} of {3 * ROUNDS} rounds were effective"
    assert acknowledged >= ROUNDS
    assert sqlite.problems() == []


@contextmanager
def _writer(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITER, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as writer:
        yield writer
        writer.communicate(timeout=60)


def _killed_round(writer: subprocess.Popen[str], number: int, dice: random.Random) -> int | None:
    """The last write the process acknowledged before it was killed; None where the kill hit nothing."""
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write(f"{number}\n")
    child = int(writer.stdout.readline())
    lines = [writer.stdout.readline()]
    time.sleep(dice.uniform(0, 0.2))
    os.kill(child, signal.SIGKILL)
    while not lines[-1].startswith("ended"):
        lines.append(writer.stdout.readline())
    status = int(lines.pop().split()[1])
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return int(lines[-1]) if killed and lines else None


def _check(database: Database, home: Path, number: int, kept: int) -> None:
    with database.read() as session:
        names = set(session.scalars(select(SettingRow.name).where(SettingRow.name.startswith(f"{number}-"))))
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    lost = [n for n in range(kept + 1) if f"{number}-{n}-a" not in names or f"{number}-{n}-b" not in names]
    assert not lost, f"acknowledged and lost: {lost}"
    assert len(names) % 2 == 0, "half a transaction was kept"
    content = Artefacts(home / "outputs").get("last.txt").decode()
    assert len(set(content.split(";")[:-1])) == 1, "half a file was kept"
    assert content.count(";") == 5000


def test_processes_that_write_at_once_lose_no_update(tmp_path: Path) -> None:
    """Three processes start on an empty directory at once, migrate it, and count: no update lost, nothing surfaced."""
    command = [sys.executable, "-c", COUNTER, str(tmp_path / "home"), "40"]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(*writer.communicate(timeout=120), writer.returncode) for writer in writers]
    assert ended == [("", "", 0)] * 3
    database = Database.open(tmp_path / "home")
    with database.read() as session:
        assert kv.get(session, "n") == 120
    assert database.problems() == []
    database.close()


@pytest.mark.timeout(60)
@posix
def test_a_writer_is_not_starved_by_one_that_never_rests(sqlite: Database, tmp_path: Path) -> None:
    with _writer(tmp_path / "home") as busy:
        assert busy.stdin
        assert busy.stdout
        busy.stdin.write("busy\n")
        child = int(busy.stdout.readline())
        assert busy.stdout.readline()
        for number in range(15):
            with sqlite.write() as session:
                kv.put(session, "mine", number)
        os.kill(child, signal.SIGKILL)
    with sqlite.read() as session:
        assert kv.get(session, "mine") == 14


@posix
def test_a_killed_process_leaves_no_lock_behind(sqlite: Database, tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from jobbot.platform.storage import Database\n"
        "with Database.open(Path(sys.argv[1])).write():\n    print('in', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "home")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "in\n"
        holder.kill()
    with sqlite.write() as session:
        kv.put(session, "mine", 1)
    with sqlite.read() as session:
        assert kv.get(session, "mine") == 1
