"""doctor, init, backup, restore, ledger, db: the contract's shapes and exit codes, through the real command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobbot.bootstrap import App
from jobbot.delivery.cli.root import main
from jobbot.kernel.clock import FixedClock
from jobbot.platform.safety.ledger import EgressLedger, Entry
from jobbot.settings import load

Run = Callable[..., tuple[int, Any]]
RESUME = {"basics": {"name": "Zebulon Quist", "email": "zq@example.org"}}
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`jobbot --json WORDS` in the test's own data directory: exit code and the one JSON document."""

    def call(*words: str, at: Path = home) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--home", str(at), *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def lived_in(home: Path, run: Run) -> str:
    """An installation with a profile; returns its recovery key."""
    key = run("init")[1]["recovery_key"]
    app = App(load(home))
    app.profiles.save(RESUME)
    app.outputs.put("resume_x.pdf", b"%PDF")
    app.close()
    return str(key)


class TestInit:
    def test_it_makes_everything_and_shows_the_recovery_key_once(self, home: Path, run: Run) -> None:
        code, first = run("init")
        assert code == 0
        assert first["recovery_key"].startswith("AGE-SECRET-KEY-1")
        assert Path(first["resume"]).parent == home
        assert json.loads(Path(first["resume"]).read_text())["basics"]["name"] == ""
        assert "key file" in first["key"]
        code, second = run("init")
        assert (code, second["recovery_key"]) == (0, None)

    def test_it_does_not_overwrite_a_resume(self, home: Path, run: Run) -> None:
        run("init")
        (home / "resume.json").write_text("mine")
        run("init")
        assert (home / "resume.json").read_text() == "mine"

    def test_from_a_cv_makes_the_profile_at_once(self, home: Path, run: Run) -> None:
        (home.parent / "cv.json").write_text(json.dumps(RESUME))
        code, answer = run("init", "--from", str(home.parent / "cv.json"))
        assert code == 0
        assert answer["imported"]["version"] == 1
        assert answer["resume"] is None
        assert run("profile", "show")[1]["resume"] == RESUME

    def test_from_a_file_that_is_no_cv_is_refused_and_the_key_is_not_lost(self, home: Path, run: Run) -> None:
        (home.parent / "cv.json").write_text('{"basics": ')
        assert run("init", "--from", str(home.parent / "cv.json"))[0] == 2
        assert run("init", "--from", str(home.parent / "none"))[0] == 3
        assert run("init")[1]["recovery_key"].startswith("AGE-SECRET-KEY-1")

    def test_another_recovery_key_on_request(self, run: Run) -> None:
        first = run("init")[1]["recovery_key"]
        second = run("init", "--new-recovery-key")[1]["recovery_key"]
        assert second.startswith("AGE-SECRET-KEY-1")
        assert second != first

    def test_the_recovery_key_is_in_no_file(self, home: Path, run: Run) -> None:
        key = run("init")[1]["recovery_key"].encode()
        files = [path for folder in (home, home.parent / "keys") for path in folder.rglob("*") if path.is_file()]
        assert len(files) > 3
        assert not [path for path in files if key in path.read_bytes()]

    def test_a_person_sees_it(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--home", str(home), "init"]) == 0
        shown = capsys.readouterr().out
        assert "recovery key" in shown
        assert "AGE-SECRET-KEY-1" in shown

    @posix
    def test_only_the_owner_can_read_it(self, home: Path, run: Run) -> None:
        run("init")
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir() if path.is_file()} == {0o600}


class TestDoctor:
    def test_before_the_first_start_it_finds_nothing_wrong_and_makes_nothing(self, home: Path, run: Run) -> None:
        code, answer = run("doctor")
        assert code == 0
        assert all(set(check) == {"name", "ok", "detail"} for check in answer["checks"])
        assert not (home / "jobbot.db").exists()

    def test_a_sound_installation_is_ok(self, run: Run, lived_in: str) -> None:
        code, answer = run("doctor")
        checks = {check["name"]: check for check in answer["checks"]}
        assert code == 0, [check for check in answer["checks"] if not check["ok"]]
        assert {"python", "sqlite", "database", "schema", "key", "file modes", "disk space", "encoder"} <= set(checks)
        assert {"sources", "network", "backup"} <= set(checks)
        assert "sound" in checks["database"]["detail"]
        assert "recovery key was made" in checks["key"]["detail"]

    def test_a_missing_key_is_found(self, home: Path, run: Run, lived_in: str) -> None:
        (home.parent / "keys" / "kek").unlink()
        assert _failing(run) == {"key"}

    @posix
    def test_files_that_others_can_read_are_found(self, home: Path, run: Run, lived_in: str) -> None:
        (home / "resume.json").chmod(0o644)
        assert _failing(run) == {"file modes"}

    def test_a_newer_schema_is_found(self, home: Path, run: Run, lived_in: str) -> None:
        _sql(home, "UPDATE alembic_version SET version_num = '9999_future'")
        assert "schema" in _failing(run)

    def test_a_damaged_database_is_found(self, home: Path, run: Run, lived_in: str) -> None:
        data = bytearray((home / "jobbot.db").read_bytes())
        data[4096 * 3 : 4096 * 12] = b"\x5a" * (4096 * 9)
        (home / "jobbot.db").write_bytes(data)
        assert "database" in _failing(run)

    def test_an_encoder_that_is_not_there_is_found(
        self, run: Run, lived_in: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JOBBOT_EMBEDDING_MODEL", "/nowhere/model")
        assert _failing(run) == {"encoder"}
        monkeypatch.setenv("JOBBOT_EMBEDDING_MODEL", "none")
        assert _failing(run) == set()

    def test_an_old_backup_is_found(self, home: Path, run: Run, lived_in: str) -> None:
        run("backup", "--output", str(home.parent / "b.jobbot"))
        assert _failing(run) == set()
        _sql(home, "UPDATE settings_kv SET value = '\"2020-01-01T00:00:00+00:00\"' WHERE name = 'last_backup'")
        assert _failing(run) == {"backup"}

    def test_the_airplane_switch_is_shown(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JOBBOT_OFFLINE", "1")
        network = next(check for check in run("doctor")[1]["checks"] if check["name"] == "network")
        assert "airplane" in network["detail"]

    def test_a_person_sees_a_line_for_each(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["--home", str(home), "doctor"])
        assert capsys.readouterr().out.count("ok ") >= 13


class TestBackupAndRestore:
    def test_the_whole_drill(self, home: Path, run: Run, lived_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Back up, lose data directory and key, restore elsewhere with the recovery key: values equal."""
        there = home.parent / "usb"
        code, made = run("backup", "--output", str(there / "b.jobbot"))
        assert code == 0
        assert {"file", "sha256", "contents"} <= set(made)
        assert made["recovery_key"] is None
        shutil.rmtree(home)
        shutil.rmtree(home.parent / "keys")
        (there / "key.txt").write_text(lived_in + "\n")
        new = home.parent / "new"
        monkeypatch.setenv("JOBBOT_KEK_FILE", str(home.parent / "new-keys" / "kek"))
        code, answer = run("restore", str(there / "b.jobbot"), "--key-file", str(there / "key.txt"), at=new)
        assert code == 0, answer
        assert answer["home"] == str(new)
        app = App(load(new))
        assert app.profiles.current().resume == RESUME
        app.close()
        assert (new / "outputs" / "resume_x.pdf").read_bytes() == b"%PDF"
        assert _failing(run, at=new) == set()

    def test_without_init_the_first_backup_shows_a_recovery_key(self, home: Path, run: Run) -> None:
        made = run("backup")[1]
        assert made["recovery_key"].startswith("AGE-SECRET-KEY-1")
        assert Path(made["file"]).parent == home / "backups"

    def test_the_key_can_come_from_the_environment(
        self, home: Path, run: Run, lived_in: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = run("backup")[1]["file"]
        (home.parent / "key.txt").write_text(lived_in)
        monkeypatch.setenv("JOBBOT_RECOVERY_KEY_FILE", str(home.parent / "key.txt"))
        assert run("restore", file, at=home.parent / "new")[0] == 0

    def test_a_backup_can_be_checked_without_placing_anything(self, home: Path, run: Run, lived_in: str) -> None:
        file = home.parent / "usb" / "b.jobbot"
        run("backup", "--output", str(file))
        (home.parent / "key.txt").write_text(lived_in)
        code, answer = run("restore", str(file), "--key-file", str(home.parent / "key.txt"), "--check")
        assert code == 0
        assert answer["rows"]["candidate_profile"] == 1
        assert [path.name for path in file.parent.iterdir()] == ["b.jobbot"]
        file.write_bytes(file.read_bytes()[:-1])
        assert run("restore", str(file), "--key-file", str(home.parent / "key.txt"), "--check")[0] == 1

    def test_refusals_have_the_right_exit_codes(self, home: Path, run: Run, lived_in: str) -> None:
        file = run("backup", "--output", str(home.parent / "b.jobbot"))[1]["file"]
        key, new = home.parent / "key.txt", home.parent / "new"
        key.write_text(lived_in)
        assert run("backup", "--output", file)[0] == 2
        assert run("restore", file, "--key-file", str(key))[0] == 2  # not empty
        assert run("restore", file, at=new)[0] == 2  # no key named
        assert run("restore", file, "--key-file", "/nowhere", at=new)[0] == 3
        assert run("restore", "/nowhere", "--key-file", str(key), at=new)[0] == 3
        key.write_text("AGE-SECRET-KEY-1NOT")
        assert run("restore", file, "--key-file", str(key), at=new)[0] == 2
        key.write_text(lived_in)
        Path(file).write_bytes(Path(file).read_bytes()[:-100])
        code, problem = run("restore", file, "--key-file", str(key), at=new)
        assert (code, problem["exit_code"]) == (1, 1)
        assert "nothing was restored" in problem["detail"]
        assert not (new / "jobbot.db").exists()


def test_the_ledger_has_the_contracts_fields(home: Path, run: Run) -> None:
    assert run("ledger") == (0, [])
    app = App(load(home))
    EgressLedger(app.database).record(Entry(FixedClock().now(), "boards-api.greenhouse.io", "board", 321))
    app.close()
    code, rows = run("ledger")
    assert code == 0
    assert len(rows) == 1
    assert {"at", "host", "purpose", "bytes_out", "bytes_in", "fields", "allowed"} <= set(rows[0])
    assert rows[0]["host"] == "boards-api.greenhouse.io"


def test_db_migrate_says_where_the_schema_is(home: Path, run: Run) -> None:
    code, answer = run("db", "migrate")
    assert code == 0
    assert answer["schema"]
    assert (home / "jobbot.db").exists()


def _failing(run: Run, **options: Any) -> set[str]:
    code, answer = run("doctor", **options)
    failing = {check["name"] for check in answer["checks"] if not check["ok"]}
    assert code == (1 if failing else 0)
    return failing


def _sql(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "jobbot.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.postgres
def test_a_backup_moves_from_server_to_server(
    home: Path, run: Run, postgres: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL by URL: profile, postings and their full-text index are there after a restore into another one."""
    monkeypatch.setenv("JOBBOT_DATABASE_URL", postgres(""))
    (home.parent / "key.txt").write_text(run("init")[1]["recovery_key"])
    (home.parent / "cv.json").write_text(json.dumps(RESUME))
    (home.parent / "postings.jsonl").write_text(json.dumps({"title": "Night nurse", "description": "Ward work"}))
    assert run("import", "resume", str(home.parent / "cv.json"))[0] == 0
    assert run("ingest", "file", str(home.parent / "postings.jsonl"))[1]["new"] == 1
    file = run("backup", "--output", str(home.parent / "b.jobbot"))[1]["file"]
    monkeypatch.setenv("JOBBOT_DATABASE_URL", postgres(""))
    monkeypatch.setenv("JOBBOT_KEK_FILE", str(home.parent / "new-keys" / "kek"))
    new = home.parent / "new"
    assert run("restore", file, "--key-file", str(home.parent / "key.txt"), at=new)[0] == 0
    assert run("profile", "show", at=new)[1]["resume"] == RESUME
    found = run("postings", "search", "nurse", at=new)[1]["items"]
    assert [item["title"] for item in found] == ["Night nurse"]
    assert _failing(run, at=new) == set()
    assert not list(home.parent.rglob("*.db"))
