"""Files that let the system start a run: read by the system's own checker, and by a reader of cron lines."""

from __future__ import annotations

import importlib.util
import os
import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from jobbot.bootstrap import App
from jobbot.delivery.cli.commands import find
from jobbot.delivery.cli.root import build
from jobbot.delivery.worker.units import Program, cron, folder, launchd, samples, systemd, written
from jobbot.kernel.errors import InvalidInput
from jobbot.settings import Schedule, Settings

ROOT = Path(__file__).resolve().parents[3]
WEEKLY = Schedule(frequency="weekly", day="sunday", hour=5)
ODD = Program(("/bin/true",), "/srv/my jobs/50% $HOME", ("/srv/kept;here",))


def cli(home: Path, *words: str) -> Any:
    app = App(Settings(home=home))
    command = find("schedule")
    assert command
    try:
        program = typer.main.get_command(build((command,)))
        return program.main(["schedule", *words], standalone_mode=False, obj=app)
    finally:
        app.close()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here (package systemd)")
@pytest.mark.parametrize("program", [Program(("/bin/true",), "/srv/jobbot"), ODD], ids=["plain", "odd"])
def test_systemd_reads_its_units_without_a_word(program: Program, tmp_path: Path) -> None:
    for name, text in systemd(program, WEEKLY).items():
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "verify", "--user", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    own = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path.parent)}
    checked = subprocess.run(command, capture_output=True, text=True, timeout=60, env=own)
    about = [line for line in checked.stderr.splitlines() if "jobbot" in line or str(tmp_path) in line]
    assert about == [], checked.stderr
    (tmp_path / "jobbot-run.timer").write_text("[Timer]\nOnCalendar=someday\nNoSuchSetting=1\n")
    broken = subprocess.run(command, capture_output=True, text=True, timeout=60, env=own)
    assert "someday" in broken.stderr, "it does read them"


def test_the_services_may_write_to_their_own_folders_alone() -> None:
    units = systemd(ODD, WEEKLY)
    for name in ("jobbot-worker.service", "jobbot-run.service"):
        told = dict(line.split("=", 1) for line in units[name].splitlines() if "=" in line)
        for setting in ("NoNewPrivileges", "PrivateTmp", "PrivateUsers"):
            assert told[setting] == "yes", setting
        assert told["ProtectSystem"] == "strict"
        assert told["ReadWritePaths"] == '"-/srv/my jobs/50%% $HOME" "-/srv/kept;here"'
        assert told["ExecStart"].startswith('/bin/true --home "/srv/my jobs/50%% $$HOME" ')
    assert "OnCalendar=Sun *-*-* 05:00:00" in units["jobbot-run.timer"]


def fields(line: str) -> tuple[list[str], list[str]]:
    """The five of crontab(5), and the command as the shell reads it, `%` unescaped."""
    *when, command = line.split(None, 5)
    assert not re.search(r"(?<!\\)%", command), "a bare % ends the command"
    return when, shlex.split(command.replace("\\%", "%"))


@pytest.mark.parametrize(
    ("schedule", "when"),
    [(WEEKLY, ["7", "5", "*", "*", "0"]), (Schedule(frequency="daily", hour=0), ["7", "0", "*", "*", "*"])],
)
def test_a_line_of_cron(schedule: Schedule, when: list[str]) -> None:
    line = cron(ODD, schedule)["jobbot.cron"].splitlines()[-1]
    assert fields(line)[0] == when
    assert fields(line)[1][:5] == ["/bin/true", "--home", "/srv/my jobs/50% $HOME", "ingest", "all"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40))
def test_any_folder_survives_cron_and_launchd(name: str) -> None:
    program = Program(("/bin/true",), f"/srv/{name}")
    line = cron(program, WEEKLY)["jobbot.cron"].splitlines()[-1]
    assert fields(line)[1][2] == f"/srv/{name}"
    agent = plistlib.loads(next(iter(launchd(program, WEEKLY).values())).encode())
    assert agent["ProgramArguments"][2] == f"/srv/{name}"
    assert agent["StartCalendarInterval"] == {"Hour": 5, "Minute": 7, "Weekday": 0}


def test_the_ready_files_are_those_the_program_writes() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    stale = [str(path) for path, text in generate.unit_files().items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run python docs/generate.py"
    assert len(samples()) == 5


def test_the_command_prints_them_and_writes_them_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    place = tmp_path / "config" / "systemd" / "user"
    shown = cli(tmp_path / "home", "--systemd")
    assert not place.exists()
    assert {file["path"] for file in shown.data["files"]} == {
        f"{place}/{name}" for name in ("jobbot-worker.service", "jobbot-run.service", "jobbot-run.timer")
    }
    assert f"--home {tmp_path / 'home'} worker" in shown.data["files"][0]["text"]
    done = cli(tmp_path / "home", "--systemd", "--write")
    assert done.data["written"]
    assert (place / "jobbot-run.timer").read_text() == done.data["files"][2]["text"]
    assert cli(tmp_path / "home", "--systemd", "--write").data["written"], "the same again harms nothing"
    (place / "jobbot-run.timer").write_text("mine")
    with pytest.raises(InvalidInput, match=r"jobbot-run\.timer in .* is another"):
        cli(tmp_path / "home", "--systemd", "--write")
    with pytest.raises(InvalidInput, match="crontab -e"):
        cli(tmp_path / "home", "--cron", "--write")
    with pytest.raises(InvalidInput, match="one of"):
        cli(tmp_path / "home", "--cron", "--systemd")


def test_where_they_go_and_what_is_off_is_daily() -> None:
    assert folder("launchd", PurePosixPath("/u/mara")) == PurePosixPath("/u/mara/Library/LaunchAgents")
    assert folder("cron", PurePosixPath("/u/mara")) is None
    timer = written("systemd", ODD, Schedule())["jobbot-run.timer"]
    assert "OnCalendar=*-*-* 07:00:00" in timer
