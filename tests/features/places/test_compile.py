"""The table of towns is kept, made again when it cannot be read, and done without a place to keep it."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobbot.features.places.compile import table


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return table(None)


def test_towns_are_found_by_folded_name(made: dict[str, str]) -> None:
    assert made["goteborg"].startswith("SE,") or made["gothenburg"].startswith("SE,")
    assert made["paris"].startswith("FR,")
    assert len(made) > 20_000


def test_the_kept_table_is_the_same(made: dict[str, str], tmp_path: Path) -> None:
    assert table(tmp_path) == made
    (kept,) = tmp_path.iterdir()
    assert table(tmp_path) == made
    if os.name != "nt":
        assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "damage",
    [b"", b"not gzip", gzip.compress(b"a line without a tab", mtime=0), gzip.compress(b"\xff\xff", mtime=0)],
    ids=["empty", "not gzip", "no tab", "no text"],
)
def test_a_damaged_table_is_made_again(damage: bytes, made: dict[str, str], tmp_path: Path) -> None:
    table(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage)
    assert table(tmp_path) == made
    assert kept.read_bytes() != damage


def test_a_folder_that_cannot_be_written_does_no_harm(made: dict[str, str], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert table(blocked / "cache") == made


def test_reading_a_posting_keeps_the_table(tmp_path: Path) -> None:
    """A process that reads one posting would else spend most of its time on making the table."""
    (tmp_path / "one.json").write_text(
        '[{"title": "Nurse", "company": "Acme", "locations": ["Oslo"], "text": "Care."}]'
    )
    home = tmp_path / "home"
    command = [sys.executable, "-m", "jobbot", "--home", str(home), "ingest", "file", str(tmp_path / "one.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert [kept.name for kept in (home / "cache").glob("towns-*")]
