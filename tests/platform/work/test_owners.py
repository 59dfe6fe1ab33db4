"""Who is alive: by a lock that the system lets go with the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from jobbot.platform.work.owners import KEPT, Owners

PROGRAM = """
import sys
from pathlib import Path
from jobbot.platform.work.owners import Owners
with Owners(Path(sys.argv[1])).signed_in() as me:
    print(me, flush=True)
    sys.stdin.read()
"""


def test_a_worker_is_alive_while_it_is_signed_in(tmp_path: Path) -> None:
    owners = Owners(tmp_path / "workers")
    with owners.signed_in() as me:
        assert owners.alive(me) is True
        assert Owners(tmp_path / "workers").alive(me) is True
    assert owners.alive(me) is False
    assert owners.alive(me) is False, "asking changes nothing"


def test_of_strangers_nothing_is_known(tmp_path: Path) -> None:
    owners = Owners(tmp_path / "workers")
    assert owners.alive("06gviu") is None
    assert owners.alive("../../etc/passwd") is None
    assert not (tmp_path / "workers").exists()


def test_a_process_that_is_killed_is_dead_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        me = process.stdout.readline().strip()
        assert Owners(tmp_path).alive(me) is True
        process.kill()
    assert Owners(tmp_path).alive(me) is False


def test_the_files_of_the_dead_do_not_pile_up(tmp_path: Path) -> None:
    owners = Owners(tmp_path)
    with owners.signed_in() as first:
        for _ in range(KEPT + 20):
            with owners.signed_in():
                pass
        assert owners.alive(first) is True, "the living are kept"
    assert len(list(tmp_path.iterdir())) <= KEPT + 2
