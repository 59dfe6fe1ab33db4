"""`jobbot erase`: asks, takes everything of the user and nothing else, says what it did; then jobbot is as new."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from jobbot.bootstrap import App
from jobbot.delivery.cli.root import main
from jobbot.features.accounts.model import Kind
from jobbot.features.profile.store import FactRow
from jobbot.features.tailoring.made.store import MadeSet
from jobbot.kernel.errors import Failed, NotFound
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.http.once.store import Answered
from jobbot.platform.safety.ledger import EgressLedger, Entry
from jobbot.platform.storage import Base, kv
from jobbot.platform.storage.failures import KeyGone
from jobbot.platform.storage.holder import OWNERS
from jobbot.platform.storage.wrapped import KekRow
from jobbot.platform.work.model import Effect, Wanted
from jobbot.platform.work.outbox import store as outbox
from jobbot.settings import load

from .planted import BULLET, OWN_TITLE, OWN_WORD, PLANTED, POSTING, RESUME, leaks

EVERY = (*PLANTED, OWN_TITLE, OWN_WORD)
posix = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals are POSIX")


class Place:
    """A data directory with its key in the user's configuration directory, both in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        self.environment = {**kept, "XDG_CONFIG_HOME": str(folder / "config"), "JOBBOT_EMBEDDING_MODEL": "none"}
        self.environment |= {"JOBBOT_OFFLINE": "1", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

    def run(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "jobbot", "--home", str(self.home), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, **more)

    def json(self, *words: str) -> Any:
        result = self.run(*words, "--json")
        assert result.returncode == 0, result.stdout + result.stderr
        return json.loads(result.stdout)

    def key_files(self) -> list[Path]:
        return list((self.folder / "config").rglob("*.key"))


def fill(place: Place) -> None:
    """The whole loop, and what hangs on it: documents, own posting, requests, sessions, tasks, ledger, backup, edit."""
    cv, own = place.folder / "cv.json", place.folder / "own.jsonl"
    cv.write_text(json.dumps(RESUME))
    own.write_text(json.dumps(POSTING))
    place.json("init")
    place.json("import", "resume", str(cv))
    place.json("ingest", "file", str(own))
    best = place.json("match")[0]["posting_id"]
    place.json("tailor", best)
    place.json("backup")
    shutil.copy(place.home / "jobbot.db", place.home / "backups" / "before-upgrade-from-0007.db")
    (place.home / "resume-edit-default.json").write_text(json.dumps(RESUME))
    (place.home / "outputs" / "mine.txt").write_text("a note of my own")
    (place.home / "outputs" / "mine.txt").chmod(0o600)
    (place.home / ".staging-dead").mkdir()
    (place.home / ".staging-dead" / "resume.txt").write_text(BULLET)
    app = App(load(place.home, place.environment))
    app.sessions.issue(Kind.MACHINE, "a script")
    EgressLedger(app.database).record(Entry(app.clock.now(), "boards.example", "board"))
    _requested(app, best)
    app.close()


def _requested(app: App, posting: str) -> None:
    """What the API and a worker leave: an answer by its key, documents shown again, a task and what follows from it."""
    now, told = app.clock.now(), {"name": PLANTED[0]}
    app.tasks.enqueue(Wanted("sources.ingest", PLANTED[0], told), now)
    app.made.add(MadeSet("made1", posting, now, told), LOCAL_USER)
    with app.database.write() as session:
        app.keys.keep(session, LOCAL_USER, "key-of-a-request", Answered("digest", 200, told), now)
        outbox.add(session, app.vault, Effect("task", PLANTED[0], told), now)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("filled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", place.environment["XDG_CONFIG_HOME"])
        fill(place)
    return place


@pytest.fixture
def place(filled: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    shutil.copytree(filled.folder, tmp_path / "copy", symlinks=True)
    place = Place(tmp_path / "copy")
    monkeypatch.setenv("XDG_CONFIG_HOME", place.environment["XDG_CONFIG_HOME"])
    return place


@pytest.fixture
def app(place: Place) -> Iterator[App]:
    app = App(load(place.home, place.environment))
    yield app
    app.close()


def rows_of_users(app: App) -> dict[str, int]:
    """How many rows of each table name a user."""
    found = {}
    assert app.scope.holders, "asking imports the tables of every slice"
    with app.database.read() as session:
        for table in Base.metadata.sorted_tables:
            owner = next((table.columns[name] for name in OWNERS if name in table.columns), None)
            if owner is not None:
                count = session.scalar(select(func.count()).select_from(table).where(owner == LOCAL_USER)) or 0
                found |= {table.name: count} if count else {}
    return found


def test_it_was_filled_with_everything(place: Place, app: App) -> None:
    assert set(rows_of_users(app)) >= {
        "candidate_profile", "facts", "personas", "postings", "fetch_runs", "documents", "document_lines", "sessions",
        "egress_ledger", "idempotency_keys", "user_keys", "tasks", "outbox", "document_sets",
    }  # fmt: skip
    assert leaks(place.home, *EVERY)
    assert len(place.key_files()) == 1


def test_nothing_sealed_is_in_the_clear_even_before(place: Place) -> None:
    plain = ("outputs/", "resume-edit", ".staging-dead/")
    assert leaks(place.home, *PLANTED, allowed=plain) == []


def test_it_takes_everything_of_the_user_and_says_so(place: Place, app: App) -> None:
    told = place.json("erase", "--yes")
    assert (told["resumed"], told["everything"], told["compacted"]) == (False, False, True)
    assert told["key"] | {"place": ""} == {"data_key": "gone", "wrapping_key": "gone", "place": "", "reason": None}
    assert told["rows"]["facts"] > 5
    assert told["rows"]["postings"] == told["rows"]["posting_payloads"] == 1
    assert told["rows"]["companies"] == told["rows"]["company_aliases"] == 1
    kinds = {"sealed copies", "documents", "profile", "backups", "copies before upgrades", "logs", "left half done"}
    assert told["files"].keys() == kinds
    assert told["backups"][0]["here"] is True
    assert {"what": "files in outputs", "count": 1, "why": "not named as jobbot names documents"} in told["kept"]
    assert rows_of_users(app) == {}
    assert leaks(place.home, *EVERY) == []
    assert place.key_files() == []
    assert (place.home / "outputs" / "mine.txt").read_text() == "a note of my own"
    assert not (place.home / "records").exists()
    assert not (place.home / "backups").exists()


def test_folders_that_are_named_elsewhere_lose_only_what_is_ours(place: Place, tmp_path: Path) -> None:
    """Logs, documents and database may lie in folders that hold other things."""
    elsewhere = tmp_path / "elsewhere"
    config = f"paths:\n  logs: {elsewhere}/logs\n  outputs: {elsewhere}/cvs\n  database: {elsewhere}/db/jobbot.db\n"
    (place.home / "config.yaml").write_text(config)
    shutil.rmtree(place.home / "records")
    (place.home / "jobbot.db").unlink()
    place.json("import", "resume", str(place.folder / "cv.json"))
    place.json("ingest", "file", str(place.folder / "own.jsonl"))
    place.json("tailor", place.json("match")[0]["posting_id"])
    others = [
        elsewhere / "logs" / "syslog.log.1",
        elsewhere / "cvs" / "mine.pdf",
        elsewhere / "db" / "backups" / "a.txt",
    ]
    for other in others:
        other.parent.mkdir(exist_ok=True)
        other.write_text("not jobbot's")
    (elsewhere / "db" / "backups" / "before-upgrade-from-0007.db").write_text("a copy")
    place.json("erase", "--yes")
    assert sorted(path for path in elsewhere.rglob("*") if path.is_file() and path.parent.name != "db") == sorted(
        [*others, elsewhere / "logs" / "jobbot.log"]
    )
    assert leaks(elsewhere, *EVERY) == []


def test_everything_takes_the_database_too(place: Place) -> None:
    (place.home / "config.yaml").write_text("models:\n  embedding: none\n")
    told = place.json("erase", "--yes", "--everything")
    assert told["everything"] is True
    assert {one["what"] for one in told["kept"]} == {"files in outputs", "config.yaml", "cache"}
    left = {path.relative_to(place.home).as_posix() for path in place.home.rglob("*") if path.is_file()}
    assert {name for name in left if not name.startswith("cache/")} == {
        "config.yaml", "outputs/mine.txt", "logs/jobbot.log", "write.lock", "write.turn"
    }  # fmt: skip
    assert place.key_files() == []


def test_everything_can_be_taken_along_first(place: Place, app: App) -> None:
    """Every row that names the user, but what are secrets and copies; every sealed column opened."""
    file = place.folder / "deep" / "mine.zip"
    told = place.json("export", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secrets = {"sessions", "idempotency_keys", "user_keys", "vector_refs", "posting_marks"}
    assert told["rows"] == {name: count for name, count in rows_of_users(app).items() if name not in secrets}
    assert told["documents"] == 3
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        facts = json.loads(archive.read("rows/facts.json"))
        resume = json.loads(archive.read("rows/candidate_profile.json"))[0]["resume"]
        own = json.loads(archive.read("rows/postings.json"))[0]
        pdf = archive.read(next(name for name in names if name.endswith(".pdf")))
    assert resume == RESUME
    assert any(BULLET in json.dumps(fact["body"], ensure_ascii=False) for fact in facts)
    assert own["title"] == OWN_TITLE
    assert pdf.startswith(b"%PDF")
    assert place.run("export", str(file)).returncode == 2
    place.json("erase", "--yes")
    assert place.json("export", str(place.folder / "after.zip"))["rows"] == {}


def test_public_postings_stay_and_can_still_be_found(place: Place, tmp_path: Path) -> None:
    public = {
        **POSTING,
        "id": "p-2",
        "title": "Night Nurse",
        "company": "Rimwater",
        "description": "Dementia ward. " * 9,
    }
    app = App(load(place.home, place.environment))
    _make_public(app, public, tmp_path)
    app.close()
    told = place.json("erase", "--yes")
    assert {"what": "postings", "count": 1, "why": "public postings; --everything removes them"} in told["kept"]
    assert [one["title"] for one in place.json("postings", "search", "dementia")["items"]] == ["Night Nurse"]
    assert place.json("postings", "search", OWN_WORD)["items"] == []


def _make_public(app: App, posting: Any, folder: Path) -> None:
    """A posting as a board gives it."""
    from sqlalchemy import update

    from jobbot.features.sources.store import PostingRow

    (folder / "public.jsonl").write_text(json.dumps(posting))
    app.ingest.file(folder / "public.jsonl")
    with app.database.write() as session:
        session.execute(update(PostingRow).where(PostingRow.title == posting["title"]).values(owner_id=None))


def test_afterwards_jobbot_is_as_new(place: Place) -> None:
    place.json("erase", "--yes")
    first = place.json("init")
    assert first["recovery_key"].startswith("AGE-SECRET-KEY-1")
    assert len(place.key_files()) == 1
    assert place.json("import", "resume", str(place.folder / "cv.json"))["version"] == 1
    assert place.json("profile", "show")["resume"]["basics"]["name"] == PLANTED[0]
    assert place.json("doctor")["checks"]


def test_the_rows_of_another_user_stay(place: Place, app: App) -> None:
    from jobbot.kernel.ids import UserId
    from jobbot.platform.storage.keys import unlock

    other = UserId("other")
    vault = unlock(app.settings.keys, place.home, app.database, other, folder=place.folder / "config" / "jobbot-keys")
    from jobbot.features.profile.store import ProfileStore

    ProfileStore(app.database, vault, app.clock).save({"basics": {"name": "Somebody Else"}}, other)
    assert place.run("erase", "--yes", "--everything").returncode == 4
    told = place.json("erase", "--yes")
    assert told["key"]["wrapping_key"] == "other"
    assert len(place.key_files()) == 1
    assert ProfileStore(app.database, vault, app.clock).current(other).resume["basics"]["name"] == "Somebody Else"
    assert rows_of_users(app) == {}


def test_a_key_file_that_was_named_stays_and_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--home", str(home), "init", "--json"])
    capsys.readouterr()
    assert main(["--home", str(home), "erase", "--yes", "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["key"]
    assert key["wrapping_key"] == "kept"
    assert "you named this file" in key["reason"]
    assert (home.parent / "keys" / "kek").exists()
    assert main(["--home", str(home), "init", "--json"]) == 0


def test_lost_keys_do_not_keep_anybody_from_erasing(place: Place, app: App) -> None:
    place.key_files()[0].unlink()
    assert place.run("profile", "show").returncode == 1
    place.json("erase", "--yes")
    assert rows_of_users(app) == {}


def test_where_nothing_is_nothing_is_made(place: Place, tmp_path: Path) -> None:
    place.home = tmp_path / "nowhere"
    assert place.json("erase", "--yes")["rows"] == {}
    assert not place.home.exists()


def test_without_a_terminal_it_must_be_said(place: Place, app: App) -> None:
    before = rows_of_users(app)
    refused = place.run("erase", "--json", stdin=subprocess.DEVNULL)
    assert refused.returncode == 2
    assert "--yes" in json.loads(refused.stdout)["detail"]
    assert rows_of_users(app) == before


@posix
@pytest.mark.parametrize(("typed", "code"), [("yes", 2), ("", 2), ("Erase everything ", 0)])
def test_on_a_terminal_the_words_are_typed(typed: str, code: int, place: Place, app: App) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "jobbot", "--home", str(place.home), "erase"]
    with subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=place.environment) as asked:
        os.close(theirs)
        os.write(ours, f"{typed}\n".encode())
        answer = asked.stdout.read().decode() if asked.stdout else ""
        assert asked.wait(60) == code, answer
    os.close(ours)
    assert (rows_of_users(app) == {}) == (code == 0)


class TestAProgramThatRunsMeanwhile:
    """`serve` or a worker that has the old key in memory."""

    def test_it_can_seal_nothing_any_more(self, place: Place, app: App) -> None:
        profiles, records = app.profiles, app.records
        profiles.current()
        place.json("erase", "--yes")
        with pytest.raises(NotFound):
            profiles.current()
        with pytest.raises(KeyGone):
            profiles.save(dict(RESUME))
        with pytest.raises(KeyGone):
            records.put("late.pdf", b"...")
        assert rows_of_users(app) == {}
        assert not (place.home / "records").exists()

    def test_one_that_still_reads_keeps_old_pages_and_that_is_told(self, place: Place, app: App) -> None:
        with app.database.read() as session:
            session.execute(select(func.count()).select_from(FactRow))  # a snapshot from before
            first = place.run("erase", "--yes", "--json")
            assert first.returncode == 1
            assert json.loads(first.stdout)["compacted"] is False
        assert place.json("erase", "--yes")["compacted"] is True
        assert leaks(place.home, *EVERY) == []

    def test_it_begins_anew_with_a_new_key(self, place: Place, app: App) -> None:
        old = app.vault.key_id
        place.json("erase", "--yes")
        with pytest.raises(KeyGone):
            app.profiles.save(dict(RESUME))
        app.profiles.save(dict(RESUME))
        assert app.vault.key_id != old
        assert place.json("profile", "show")["resume"]["basics"]["name"] == PLANTED[0]

    def test_a_write_under_way_is_taken_back_whole(self, place: Place, app: App) -> None:
        """The erase comes between the first and the last write of a unit's work: none of it is kept."""
        profiles = app.profiles

        def work() -> None:
            with app.database.unit():  # the lock is taken by the first write
                place.json("erase", "--yes")
                profiles.save(dict(RESUME))

        with pytest.raises(KeyGone):
            work()
        with app.database.read() as session:
            assert session.scalar(select(func.count()).select_from(FactRow)) == 0


@posix
@pytest.mark.parametrize("more", [(), ("--everything",)])
def test_a_server_that_runs_meanwhile_lets_nobody_in_and_ends_cleanly(more: tuple[str, ...], place: Place) -> None:
    command = [sys.executable, "-m", "jobbot", "--home", str(place.home), "serve", "--port", "0", "--json"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=place.environment, **pipes) as server:
        assert server.stdout
        told = json.loads("".join(iter(server.stdout.readline, "}\n")) + "}")
        asked = {"headers": {"Authorization": f"Bearer {told['token']}"}, "trust_env": False, "timeout": 60}
        assert httpx.get(f"{told['url']}api/v1/profile", **asked).status_code == 200
        assert place.json("erase", "--yes", *more)["compacted"]
        assert httpx.get(f"{told['url']}api/v1/profile", **asked).status_code in (401, 409, 503)
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
        assert server.stderr
        assert server.stderr.read() == ""
    app = App(load(place.home, place.environment))
    assert rows_of_users(app) == {} or set(rows_of_users(app)) == {"user_keys"}, (
        "a worker may have made a new, empty key"
    )
    app.close()


def test_nothing_is_sealed_anew_before_an_interrupted_erase_is_finished(place: Place, app: App) -> None:
    from jobbot.platform.storage.destroy import destroy

    destroy(app.settings.keys, app.database, LOCAL_USER, folder=place.folder / "config" / "jobbot-keys")
    with app.database.read() as session:
        assert session.get(KekRow, "current") is None
        assert kv.get(session, kv.ERASING)["last"] is True
    late = App(load(place.home, place.environment))
    with pytest.raises(Failed, match="jobbot erase"):
        _ = late.vault
    late.close()
    checks = json.loads(place.run("doctor", "--json").stdout)["checks"]
    assert "interrupted" in next(one["detail"] for one in checks if one["name"] == "key")
    assert place.json("erase", "--yes")["resumed"] is True
    assert place.json("init")["recovery_key"]
