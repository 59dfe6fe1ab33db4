"""Several writes as one transaction: all or nothing, no lock before the first, the lock at once after it."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest

from jobbot.platform.storage import Database, kv
from jobbot.platform.storage.failures import disk


def value(database: Database, name: str) -> Any:
    with database.read() as session:
        return kv.get(session, name)


def put(database: Database, name: str, value: Any) -> None:
    with database.write() as session:
        kv.put(session, name, value)


def test_writes_inside_are_one_transaction(database: Database) -> None:
    with database.unit():
        put(database, "first", 1)
        assert value(database, "first") == 1, "a read inside sees what was written"
        seen: list[Any] = []
        thread = threading.Thread(target=lambda: seen.append(value(database, "first")))
        thread.start()
        thread.join()
        assert seen == [None], "a read outside does not, yet"
        put(database, "second", 2)
    assert (value(database, "first"), value(database, "second")) == (1, 2)


def test_a_failure_at_the_end_takes_everything_back(database: Database) -> None:
    def half() -> None:
        with database.unit():
            put(database, "first", 1)
            put(database, "second", 2)
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert (value(database, "first"), value(database, "second")) == (None, None)
    put(database, "after", 3)
    assert value(database, "after") == 3


def test_a_failed_write_that_is_hushed_up_spoils_the_unit(database: Database) -> None:
    def hushed() -> None:
        with database.unit():
            put(database, "first", 1)
            with pytest.raises(ZeroDivisionError), database.write():
                raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="not passed on"):
        hushed()
    assert value(database, "first") is None


def test_no_lock_is_held_before_the_first_write(sqlite: Database) -> None:
    with sqlite.unit():
        other = threading.Thread(target=put, args=(sqlite, "meanwhile", 1))
        other.start()
        other.join(5)
        assert not other.is_alive()
        assert value(sqlite, "meanwhile") == 1


def test_after_the_first_write_others_wait_for_the_end(sqlite: Database) -> None:
    with sqlite.unit():
        put(sqlite, "mine", 1)
        other = threading.Thread(target=put, args=(sqlite, "mine", 2))
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(5)
    assert value(sqlite, "mine") == 2


def test_who_wants_to_know_is_told_with_the_lock_in_hand_and_may_end_it(database: Database) -> None:
    told: list[int] = []

    def refuse(_session: Any) -> None:
        told.append(1)
        raise LookupError

    def attempt() -> None:
        with database.unit(begun=refuse):
            assert told == []
            put(database, "never", 1)

    with pytest.raises(LookupError):
        attempt()
    assert told == [1]
    assert value(database, "never") is None


def test_a_unit_that_writes_nothing_is_nothing(database: Database) -> None:
    with database.unit():
        assert value(database, "x") is None
    put(database, "x", 1)
    assert value(database, "x") == 1


def test_another_database_is_not_drawn_in(database: Database, tmp_path: Any) -> None:
    other = Database.open(tmp_path / "other")
    other.migrate()
    try:
        with pytest.raises(KeyError):
            both(database, other)
        assert value(database, "mine") is None
        assert value(other, "theirs") == 1
    finally:
        other.close()


def both(database: Database, other: Database) -> None:
    with database.unit():
        put(database, "mine", 1)
        put(other, "theirs", 1)
        raise KeyError


def test_a_file_where_a_folder_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "cv.json").write_text("{}")
    told = disk(OSError(errno.EEXIST, "File exists"), tmp_path / "cv.json" / "resume.pdf").detail
    assert told.startswith(f"{tmp_path / 'cv.json'} is no folder")
