"""The database: one writer at a time, whole transactions, clear words when something is in the way."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from jobbot.features.accounts.store import UserRow, UserStore
from jobbot.kernel.errors import Failed, InvalidInput, NotFound, TryLater
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.kernel.report import silent
from jobbot.platform.storage import Database, health, kv, migrations
from jobbot.platform.storage.lock import WriteLock

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and resource limits are POSIX")


def test_fixture_is_at_the_head_of_the_chain(database: Database) -> None:
    assert migrations.current(database.engine) == migrations.head()


def test_a_write_is_whole_or_not_at_all(database: Database) -> None:
    def interrupted() -> None:
        with database.write() as session:
            kv.put(session, "half", 1)
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    with database.write() as session:
        kv.put(session, "whole", {"n": 1})
    with database.read() as session:
        assert kv.get(session, "half") is None
        assert kv.get(session, "whole") == {"n": 1}


def test_a_read_sees_one_snapshot(database: Database) -> None:
    with database.read() as session:
        assert kv.get(session, "later") is None
        writer = threading.Thread(target=_put, args=(database, "later", 1))
        writer.start()
        writer.join()
        session.expire_all()
        assert session.get(kv.SettingRow, "later") is None
    with database.read() as session:
        assert kv.get(session, "later") == 1


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises((Failed, DBAPIError), match=r"read.?only|opened for writing"), database.read() as session:
        session.execute(text("DELETE FROM users"))
    assert UserStore(database).get().id == LOCAL_USER


def test_rows_stay_readable_after_a_read(database: Database) -> None:
    with database.read() as session:
        row = session.get_one(UserRow, LOCAL_USER)
    assert row.id == LOCAL_USER


def test_threads_that_count_lose_no_update(database: Database) -> None:
    _put(database, "n", 0)
    threads = [threading.Thread(target=_count, args=(database, 25)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert kv.get(session, "n") == 100


def test_a_write_inside_a_write_is_a_bug_that_says_so(sqlite: Database) -> None:
    with sqlite.write(), pytest.raises(RuntimeError, match="inside"), sqlite.write():
        pass


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with database.write() as session:
        session.add(UserRow(id="other", created_at=at))
    stored = UserStore(database).get(UserId("other"))
    assert stored.created_at == at
    assert stored.created_at.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="naive"), database.write() as session:
        session.add(UserRow(id="naive", created_at=at.replace(tzinfo=None)))


def test_the_local_user_comes_with_the_schema(database: Database) -> None:
    assert [user.id for user in UserStore(database).all()] == [LOCAL_USER]
    assert abs(UserStore(database).get().created_at - datetime.now(UTC)) < timedelta(hours=1)
    with pytest.raises(NotFound, match="nobody"):
        UserStore(database).get(UserId("nobody"))


def test_a_broken_rule_of_the_schema_stays_what_it_is(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO users SELECT * FROM users"))


def test_sqlite_is_set_up_for_durability(sqlite: Database) -> None:
    with sqlite.write() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in _PRAGMAS}
    assert found == _PRAGMAS


_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}


def test_a_reader_that_closes_last_does_not_checkpoint(sqlite: Database) -> None:
    """Checkpoints belong to the holder of the lock; a read-only connection cannot make one."""
    assert sqlite.file is not None
    log = Path(f"{sqlite.file}-wal")
    with sqlite.read() as session:
        session.execute(text("SELECT 1 FROM users")).all()
        _put(sqlite, "kept in the log", 1)  # the reader is still there, so closing the writer does not checkpoint
        assert log.stat().st_size > 0
    assert log.stat().st_size > 0
    with WriteLock(sqlite.file.parent, silent).held():
        Database.open(sqlite.file.parent).close()
        assert log.stat().st_size > 0, "a checkpoint without the lock"
    sqlite.close()
    assert not log.exists()
    with sqlite.read() as session:
        assert kv.get(session, "kept in the log") == 1


def test_a_commit_of_any_program_is_another_version(sqlite: Database) -> None:
    assert sqlite.file is not None
    other = Database.open(sqlite.file.parent)
    seen = [sqlite.version()]
    assert sqlite.version() == seen[0]
    for database in (other, sqlite):
        _put(database, "n", len(seen))
        seen.append(sqlite.version())
        assert sqlite.version() == seen[-1]
    assert len(set(seen)) == 3
    sqlite.close()
    assert sqlite.version() not in seen, "a connection of its own cannot tell what was before it"
    sqlite.close()
    other.close()


def test_readers_are_kept_until_the_file_is_another_one(sqlite: Database, tmp_path: Path) -> None:
    """A restore puts a new file in the place; what was opened before must not go on reading the old one."""

    def seen() -> tuple[object, int]:
        with sqlite.read() as session:
            raw = session.connection().connection.driver_connection
            return kv.get(session, "which"), id(raw)

    _put(sqlite, "which", "before")
    kept = seen()
    assert seen() == kept
    sqlite.snapshot(tmp_path / "other.db")
    other = Database.open(tmp_path, file=tmp_path / "other.db")
    _put(other, "which", "after")
    other.close()
    assert sqlite.file is not None
    sqlite.close()
    assert seen()[0] == "before"
    (tmp_path / "other.db").replace(sqlite.file)
    assert seen()[0] == "after"


@posix
def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = Database.open(tmp_path / "home")
        database.migrate()
        with database.write() as session:
            kv.put(session, "x", 1)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").iterdir()}
        database.close()
    finally:
        os.umask(before)
    assert {"jobbot.db", "jobbot.db-wal", "jobbot.db-shm", "write.lock", "write.turn"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert health.open_to_others(tmp_path / "home") == []
    (tmp_path / "home" / "jobbot.db").chmod(0o644)
    assert [path.name for path in health.open_to_others(tmp_path / "home")] == ["jobbot.db"]


def test_a_waiting_writer_says_so_and_gives_up_at_last(tmp_path: Path) -> None:
    said: list[str] = []

    def report(message: str, done: int = 0, total: int = 0) -> None:
        said.append(message)

    first, second = WriteLock(tmp_path, report), WriteLock(tmp_path, report, patience=0.2)
    with first.held(), pytest.raises(TryLater, match="another jobbot process"), second.held():
        pass
    assert said[0].startswith("waiting for another jobbot")
    with second.held():
        pass


def test_the_lock_is_taken_at_once_or_not_at_all_where_nobody_should_wait(tmp_path: Path) -> None:
    lock, free = WriteLock(tmp_path, silent), []

    def look() -> None:
        with lock.if_free() as found:
            free.append(found)

    with lock.held():
        look()  # this thread holds it already
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    look()
    with lock.if_free() as found, WriteLock(tmp_path, silent).if_free() as other:
        assert (found, other) == (True, False)
    with lock.held():
        pass
    assert free == [False, False, True]


def test_every_write_and_upgrade_waits_for_the_lock(tmp_path: Path) -> None:
    """The lock, not SQLite's own, keeps two writers apart: nothing is begun while another holds it."""
    database = Database.open(tmp_path)
    done: list[str] = []

    def work() -> None:
        database.migrate()
        done.append("migrated")
        _put(database, "x", 1)
        done.append("written")

    with WriteLock(tmp_path, silent).held():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(0.3)
        assert done == []
        assert (tmp_path / "jobbot.db").stat().st_size == 0
    thread.join()
    assert done == ["migrated", "written"]
    database.close()


def test_a_writer_that_never_rests_lets_others_in(tmp_path: Path) -> None:
    """Without the turnstile the one who waits would have to hit the instant between two locks."""
    greedy, patient, stop = WriteLock(tmp_path, silent), WriteLock(tmp_path, silent), threading.Event()

    turns = 0

    def write_on_and_on() -> None:
        nonlocal turns
        while not stop.is_set():
            with greedy.held():
                turns += 1
                time.sleep(0.02)

    thread = threading.Thread(target=write_on_and_on)
    thread.start()
    try:
        for _ in range(20):
            with patient.held():
                pass
    finally:
        stop.set()
        thread.join()
    assert turns < 100  # about one for each turn of the other; without the turnstile hundreds


def test_another_program_that_locks_the_file_gives_a_clear_answer(sqlite: Database) -> None:
    assert sqlite.file is not None
    other = sqlite3.connect(sqlite.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(TryLater, match="locked"), sqlite.write():
            pass
    finally:
        other.close()
    _put(sqlite, "again", 1)


def test_a_full_disk_is_said_in_clear_words_and_changes_nothing(sqlite: Database) -> None:
    """SQLite's own page limit gives the error of a full disk, on every platform."""
    _put(sqlite, "before", 1)

    def too_much() -> None:
        with sqlite.write() as session:
            pages = session.execute(text("PRAGMA page_count")).scalar_one()
            session.execute(text(f"PRAGMA max_page_count={pages + 2}"))
            kv.put(session, "large", "x" * 200_000)

    with pytest.raises(Failed, match="full"):
        too_much()
    with sqlite.read() as session:
        assert kv.get(session, "before") == 1
        assert kv.get(session, "large") is None
    assert sqlite.problems() == []
    _put(sqlite, "large", "x" * 200_000)


@posix
def test_a_disk_that_takes_no_more_bytes_loses_nothing(tmp_path: Path) -> None:
    """A real refusal by the operating system, in the middle of a run of writes: clear words, all acknowledged kept."""
    program = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from jobbot.kernel.errors import Failed
        from jobbot.platform.storage import Artefacts, Database, kv
        home = Path(sys.argv[1])
        database = Database.open(home)
        database.migrate()
        size = database.file.stat().st_size + 400_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        for number in range(1000):
            try:
                with database.write() as session:
                    kv.put(session, f"row-{number}", "x" * 20_000)
            except Failed as error:
                print("FAILED", error)
                break
            print("kept", number, flush=True)
        try:
            Artefacts(home / "outputs").put("large.pdf", b"x" * (size + 1))
        except Failed as error:
            print("FAILED", error)
        """
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True)
    lines = run.stdout.splitlines()
    assert run.returncode == 0, run.stderr
    assert len([line for line in lines if line.startswith("kept")]) >= 5
    assert [("disk" in line, "kept" in line) for line in lines if line.startswith("FAILED")] == [(True, True)] * 2
    assert list((tmp_path / "outputs").iterdir()) == []
    database = Database.open(tmp_path)
    assert database.problems() == []
    with database.read() as session:
        kept = [kv.get(session, f"row-{line.split()[1]}") for line in lines if line.startswith("kept")]
    assert all(kept)
    database.close()


def test_what_is_no_database_is_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "jobbot.db").write_bytes(b"not a database at all, but long enough to look at\n" * 40)
    database = Database.open(tmp_path)
    with pytest.raises(Failed, match="restore"):
        database.migrate()


def test_a_damaged_database_is_noticed(sqlite: Database) -> None:
    assert sqlite.file is not None
    with sqlite.write() as session:
        for number in range(200):
            kv.put(session, f"row-{number}", "y" * 500)
    data = bytearray(sqlite.file.read_bytes())
    place = data.rindex(b"y" * 400)
    data[place - 600 : place + 3000] = os.urandom(3600)
    sqlite.file.write_bytes(data)
    noticed = False
    try:
        noticed = bool(sqlite.problems())
    except Failed:
        noticed = True
    assert noticed


@pytest.mark.parametrize("url", ["mysql://host/db", "sqlite:///x.db", "nonsense", "://"])
def test_an_address_that_is_no_postgresql_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidInput, match="postgresql"):
        Database.open(tmp_path, url)


@pytest.mark.postgres
def test_a_server_that_is_not_there_gives_try_later(tmp_path: Path) -> None:
    database = Database.open(tmp_path, "postgresql://nobody@127.0.0.1:9/none?connect_timeout=2")
    with pytest.raises(TryLater, match="cannot be reached"):
        database.migrate()


def test_a_home_that_cannot_be_made_gives_clear_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here first")
    with pytest.raises(Failed, match="is no folder"):
        Database.open(tmp_path / "file" / "home")


@pytest.mark.parametrize("name", ["with space", "q?m=1#h%41", "ünïcode-日本", "it's"])
@posix
def test_odd_names_of_the_data_directory_work(tmp_path: Path, name: str) -> None:
    database = Database.open(tmp_path / name)
    database.migrate()
    _put(database, "x", 1)
    with database.read() as session:
        assert kv.get(session, "x") == 1
    database.close()
    assert (tmp_path / name / "jobbot.db").stat().st_size > 0
    assert {path.name for path in tmp_path.iterdir()} == {name}


@pytest.mark.parametrize(("version", "words"), [((3, 40, 1), "3.51.3"), ((3, 51, 2), "defect"), ((3, 51, 3), "3.51.3")])
def test_the_verdict_names_the_defect(version: tuple[int, int, int], words: str) -> None:
    verdict = health.sqlite_verdict(version)
    assert words in verdict.detail
    assert ("defect" in verdict.detail) is (version < (3, 51, 3))


def test_network_file_systems_are_told_from_local_ones(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 254:0 / / rw - ext4 /dev/vda rw\n"
        "40 22 0:50 / /mnt/home rw shared:1 - nfs4 server:/home rw\n"
        "41 40 0:51 / /mnt/home/local rw - ext4 /dev/vdb rw\n"
        "short line\n"
    )
    assert health.network_filesystem(Path("/mnt/home/ada/jobbot"), mounts) == "nfs4"
    assert health.network_filesystem(Path("/mnt/home/local/jobbot"), mounts) == ""
    assert health.network_filesystem(Path("/srv"), mounts) == ""
    assert health.network_filesystem(Path("/srv"), tmp_path / "none") == ""


def _put(database: Database, name: str, value: object) -> None:
    with database.write() as session:
        kv.put(session, name, value)


def _count(database: Database, times: int) -> None:
    for _ in range(times):
        with database.write() as session:
            kv.put(session, "n", kv.get(session, "n") + 1)
