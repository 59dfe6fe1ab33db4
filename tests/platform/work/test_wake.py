"""The bell wakes; whatever becomes of its file, it only falls silent."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from jobbot.platform.work.wake import FILE, Bell


def test_a_ring_wakes_once(tmp_path: Path) -> None:
    bell = Bell(tmp_path / "cache")
    assert not bell.wait(0.1, Event())
    bell.ring()
    assert bell.wait(0.1, Event())
    assert not bell.wait(0.1, Event())
    bell.close()


def test_another_process_wakes_us(tmp_path: Path) -> None:
    bell = Bell(tmp_path)
    ring = "import pathlib, sys; from jobbot.platform.work.wake import Bell; Bell(pathlib.Path(sys.argv[1])).ring()"
    subprocess.run([sys.executable, "-c", ring, str(tmp_path)], check=True)
    assert bell.wait(0.1, Event())
    bell.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_file_is_ours_alone_and_holds_no_pickle(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Bell(tmp_path / "cache").ring()
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "cache").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    kept = (tmp_path / "cache" / FILE).read_bytes()
    assert b"wake.look" in kept
    assert b"\x80\x04\x95" not in kept, "the beginning of a pickle"


def test_stop_ends_the_waiting(tmp_path: Path) -> None:
    stop, bell = Event(), Bell(tmp_path)
    thread = Thread(target=bell.wait, args=(3600, stop))
    thread.start()
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.parametrize("damage", ["gone", "garbage", "folder gone", "foreign message"])
def test_a_bell_that_is_damaged_rings_again(damage: str, tmp_path: Path) -> None:
    bell, folder = Bell(tmp_path / "cache"), tmp_path / "cache"
    bell.ring()
    if damage == "foreign message":
        bell._queue.storage.enqueue(b"cos\nsystem\n(S'true'\ntR.", 9)
        assert not bell.wait(0.1, Event()), "a message that is no JSON wakes nobody and runs nothing"
    else:
        (folder / FILE).unlink()
        if damage == "garbage":
            (folder / FILE).write_bytes(b"this is no database" * 100)
        if damage == "folder gone":
            shutil.rmtree(folder)
    bell.ring()
    bell.ring()
    assert bell.wait(0.1, Event())
    bell.close()


def test_a_bell_that_cannot_be_hung_is_silent(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder belongs")
    bell = Bell(tmp_path / "cache")
    bell.ring()
    assert not bell.wait(0.1, Event())
