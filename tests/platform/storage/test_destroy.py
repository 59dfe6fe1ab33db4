"""Crypto-erase: after it no byte of the database holds the key, wherever the key had its home."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from jobbot.kernel.errors import Failed
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.storage import Context, Database, kv
from jobbot.platform.storage.destroy import destroy
from jobbot.platform.storage.failures import KeyGone
from jobbot.platform.storage.keyhomes import MADE_FILE, FileHome, KeyringHome
from jobbot.platform.storage.keys import make_recovery, unlock
from jobbot.platform.storage.kv import SettingRow
from jobbot.platform.storage.vault import SealedColumn
from jobbot.platform.storage.wrapped import KekRow, UserKeyRow
from jobbot.settings import Keys

PLACE = Context("facts", "body", "row", "local")


@pytest.fixture
def at(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where jobbot's own key files go in these tests."""
    return tmp_path / "keys"


def test_the_wrapped_key_is_in_no_byte_afterwards(sqlite: Database, at: Path, folder: Path) -> None:
    unlock(Keys(), at, sqlite, folder=folder)
    make_recovery(Keys(), at, sqlite, folder=folder)
    with sqlite.read() as session:
        wrapped = session.scalar(select(UserKeyRow.wrapped)) or b""
        recovery = session.scalar(select(KekRow.recovery)) or b""
    needles = (wrapped[12:60], recovery[-60:])
    assert all(any(needle in path.read_bytes() for path in at.glob("jobbot.db*")) for needle in needles)
    destroy(Keys(), sqlite, LOCAL_USER, folder=folder)
    assert not any(needle in path.read_bytes() for path in at.iterdir() for needle in needles)


def test_a_key_file_of_ours_goes(database: Database, at: Path, folder: Path) -> None:
    unlock(Keys(), at, database, folder=folder)
    assert len(list(folder.iterdir())) == 1
    done = destroy(Keys(), database, LOCAL_USER, folder=folder)
    assert (done.data_key, done.wrapping, done.resumed) == (True, "gone", False)
    assert list(folder.iterdir()) == []
    with database.read() as session:
        assert session.scalar(select(KekRow)) is None
        assert session.scalar(select(UserKeyRow)) is None


def test_again_it_goes_on(database: Database, at: Path, folder: Path) -> None:
    """As after a kill between the transaction and the key file."""
    unlock(Keys(), at, database, folder=folder)
    before = next(folder.iterdir()).read_bytes()
    destroy(Keys(), database, LOCAL_USER, folder=folder)
    with database.read() as session:
        name = kv.get(session, kv.ERASING)["installation"]
    (folder / f"{name}.key").write_bytes(before)
    done = destroy(Keys(), database, LOCAL_USER, folder=folder)
    assert (done.wrapping, done.resumed) == ("gone", True)
    assert list(folder.iterdir()) == []


def test_a_file_of_yours_stays(database: Database, at: Path, tmp_path: Path) -> None:
    keys = Keys(kek_file=str(tmp_path / "mine"))
    unlock(keys, at, database)
    done = destroy(keys, database, LOCAL_USER)
    assert done.wrapping == "kept"
    assert "named this file" in (done.reason or "")
    assert (tmp_path / "mine").exists()


def test_a_passphrase_stays_without_its_salt(database: Database, at: Path, tmp_path: Path) -> None:
    (tmp_path / "phrase").write_text("correct horse battery")
    (tmp_path / "phrase").chmod(0o600)
    keys = Keys(passphrase_file=str(tmp_path / "phrase"))
    unlock(keys, at, database)
    done = destroy(keys, database, LOCAL_USER)
    assert done.wrapping == "kept"
    assert "salt" in (done.reason or "")


def test_a_home_that_cannot_be_reached_is_told_and_stops_nothing(database: Database, at: Path, tmp_path: Path) -> None:
    unlock(Keys(kek_file=str(tmp_path / "mine")), at, database)
    done = destroy(Keys(), database, LOCAL_USER)  # the setting is gone
    assert (done.data_key, done.wrapping) == (True, "kept")
    assert "cannot be reached" in (done.reason or "")


def test_a_key_file_that_cannot_be_removed_is_told(database: Database, at: Path, folder: Path) -> None:
    unlock(Keys(), at, database, folder=folder)
    file = next(folder.iterdir())
    file.unlink()
    file.mkdir()
    done = destroy(Keys(), database, LOCAL_USER, folder=folder)
    assert (done.data_key, done.wrapping) == (True, "kept")


def test_the_wrapping_key_stays_while_others_use_it(database: Database, at: Path, folder: Path) -> None:
    unlock(Keys(), at, database, folder=folder)
    other = unlock(Keys(), at, database, "other", folder=folder)
    sealed = other.seal("theirs", PLACE)
    assert destroy(Keys(), database, LOCAL_USER, folder=folder).wrapping == "other"
    assert unlock(Keys(), at, database, "other", folder=folder).open_text(sealed.ciphertext, PLACE) == "theirs"


def test_nothing_is_sealed_with_an_erased_key(database: Database, at: Path, folder: Path) -> None:
    """A transaction that bound a box of it is taken back, whatever else it wrote."""
    from jobbot.features.profile.store import FactRow, ProfileRow

    old = unlock(Keys(), at, database, folder=folder)
    destroy(Keys(), database, LOCAL_USER, folder=folder)
    told = []
    database.when_erased = lambda: told.append(1)

    def late() -> None:
        from jobbot.features.profile.store import ProfileStore
        from jobbot.kernel.clock import FixedClock

        ProfileStore(database, old, FixedClock()).save({"basics": {"name": "Mara Lindqvist"}})

    with pytest.raises(KeyGone):
        late()
    with pytest.raises(KeyGone):
        database.require_key(old.key_id)
    assert len(told) == 2
    assert isinstance(FactRow.__table__.columns["body"].type, SealedColumn)
    with database.read() as session:
        assert session.scalar(select(ProfileRow)) is None


def test_what_is_not_sealed_may_still_be_written(database: Database, at: Path, folder: Path) -> None:
    unlock(Keys(), at, database, folder=folder)
    destroy(Keys(), database, LOCAL_USER, folder=folder)
    with database.write() as session:
        session.merge(SettingRow(name="x", value="1"))


def test_until_it_is_finished_no_new_key_is_made(database: Database, at: Path, folder: Path) -> None:
    unlock(Keys(), at, database, folder=folder)
    destroy(Keys(), database, LOCAL_USER, folder=folder)
    with pytest.raises(Failed, match="jobbot erase"):
        unlock(Keys(), at, database, folder=folder)
    assert list(folder.iterdir()) == []


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_an_entry_of_the_keyring_goes_once() -> None:
    ring = Ring()
    home = KeyringHome(ring, "abc")
    home.create()
    assert home.destroy() is None
    assert home.destroy() is None
    assert ring.kept == {}


def test_a_keyring_that_refuses_is_told() -> None:
    class Locked(Ring):
        def delete_password(self, service: str, username: str) -> None:
            raise PermissionError("locked")

    home = KeyringHome(Locked(), "abc")
    home.create()
    with pytest.raises(Failed, match="unlock it"):
        home.destroy()


def test_a_key_file_is_written_over_before_it_goes(tmp_path: Path) -> None:
    """Another name of the same file shows what was left in it."""
    home = FileHome(tmp_path / "k", MADE_FILE)
    home.create()
    (tmp_path / "twin").hardlink_to(tmp_path / "k")
    home.destroy()
    assert not (tmp_path / "k").exists()
    assert set((tmp_path / "twin").read_bytes()) == {0}
