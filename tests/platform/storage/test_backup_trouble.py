"""Backup and restore on a full disk and under kill -9: clear words, nothing half, the next try works."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from jobbot.kernel.clock import FixedClock
from jobbot.platform.storage import Artefacts, Database
from jobbot.platform.storage.backup import back_up
from jobbot.platform.storage.keys import make_recovery, recipient
from jobbot.settings import Keys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="resource limits and SIGKILL are POSIX")

FULL = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    from jobbot.kernel.clock import FixedClock
    from jobbot.kernel.errors import JobbotError
    from jobbot.platform.storage import Database
    from jobbot.platform.storage.backup import back_up
    from jobbot.platform.storage.keys import recipient
    from jobbot.platform.storage.restore import Target, restore
    from jobbot.settings import Keys
    base, identity, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    home, new = base / "home", base / "new"
    database = Database.open(home)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        back_up(database, home, home / "outputs", recipient(database), FixedClock(), target=base / "full.jobbot")
    except JobbotError as error:
        print(type(error).__name__, error.detail)
    try:
        restore(base / "b.jobbot", identity, Keys(kek_file=str(base / "k2")), Target(new, new / "jobbot.db"))
    except JobbotError as error:
        print(type(error).__name__, error.detail)
    """
)

KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from jobbot.platform.storage.restore import Target, restore
    from jobbot.settings import Keys
    base, new, identity, steps = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    def report(message, done=0, total=0):
        if done == steps:
            os.kill(os.getpid(), signal.SIGKILL)
    keys = Keys(kek_file=str(new.with_suffix(".key")))
    restore(base / "b.jobbot", identity, keys, Target(new, new / "jobbot.db"), report=report)
    print("restored")
    """
)


@pytest.fixture
def made(sqlite: Database, tmp_path: Path) -> str:
    """`b.jobbot` beside a small installation with 600 kB of documents; returns the recovery key."""
    home, keys = tmp_path / "home", Keys(kek_file=str(tmp_path / "k1"))
    identity = make_recovery(keys, home, sqlite)
    for name in ("a.pdf", "b.pdf"):
        Artefacts(home / "outputs").put(name, bytes(range(256)) * 1200)
    back_up(sqlite, home, home / "outputs", recipient(sqlite) or "", FixedClock(), target=tmp_path / "b.jobbot")
    return identity


@pytest.mark.parametrize("limit", [60_000, 320_000, 700_000])
def test_a_full_disk_stops_both_with_clear_words_and_leaves_nothing(tmp_path: Path, made: str, limit: int) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    run = subprocess.run([sys.executable, "-c", FULL, str(tmp_path), made, str(limit)], capture_output=True, text=True)
    lines = run.stdout.splitlines()
    assert len(lines) == 2, run.stderr
    assert all(line.startswith("Failed") and "the disk" in line for line in lines), lines
    assert {path.name for path in tmp_path.iterdir()} == before
    assert not list((tmp_path / "home").glob(".staging-*"))


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_killed_restore_can_be_run_again(tmp_path: Path, made: str, step: int) -> None:
    new = tmp_path / "new"
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(new), made]
    assert subprocess.run([*command, str(step)]).returncode == -signal.SIGKILL
    assert not (new / "jobbot.db").exists()
    again = subprocess.run([*command, "99"], capture_output=True, text=True)
    assert again.stdout == "restored\n", again.stderr
    assert (new / "outputs" / "b.pdf").exists()
    assert not list(new.glob(".staging-*"))
