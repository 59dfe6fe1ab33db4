"""The program's log: only named fields, its owner's alone, begun anew when it was erased, never in anybody's way."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobbot.delivery.log import open_log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "deep" / "logs"
    yield folder
    open_log(tmp_path / "elsewhere")  # lets go of the file


def test_only_named_fields_get_in(folder: Path) -> None:
    open_log(folder).error("Zebulon Quist", extra={"command": "match", "secret": "Zebulon", "exit_code": 1})
    told = json.loads((folder / "jobbot.log").read_text())
    assert {name: told[name] for name in told if name != "at"} == {"level": "error", "command": "match", "exit_code": 1}


def test_it_is_begun_anew_when_it_was_erased_under_a_running_program(folder: Path) -> None:
    log = open_log(folder)
    log.info("", extra={"command": "before"})
    shutil.rmtree(folder)
    log.info("", extra={"command": "after"})
    assert [json.loads(line)["command"] for line in (folder / "jobbot.log").read_text().splitlines()] == ["after"]
    assert stat.S_IMODE((folder / "jobbot.log").stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_stops_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = open_log(folder)
    shutil.rmtree(folder)
    folder.write_text("a file in the way")
    log.info("", extra={"command": "match"})
    assert capsys.readouterr().err == ""
