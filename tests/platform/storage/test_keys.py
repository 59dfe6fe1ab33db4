"""Keys: where they live, what is refused, and that none is ever made over data that another one sealed."""

from __future__ import annotations

import base64
import stat
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from keyring.backends import fail
from sqlalchemy import delete, select

from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, InvalidInput, JobbotError
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.storage import Context, Database, Vault, kv
from jobbot.platform.storage.keyhomes import FileHome, KeyringHome, PassphraseHome, real_keyring
from jobbot.platform.storage.keys import adopt, make_recovery, recipient, state, unlock
from jobbot.platform.storage.wrapped import KekRow, UserKeyRow
from jobbot.settings import Keys

PLACE = Context("facts", "body", "row", "local")
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where key files go in these tests."""
    return tmp_path / "keys"


@pytest.fixture
def at(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_same_key_opens_again(database: Database, at: Path, folder: Path) -> None:
    sealed = unlock(_keys(folder), at, database).seal("secret", PLACE)
    assert unlock(_keys(folder), at, database).open_text(sealed.ciphertext, PLACE) == "secret"


def test_the_database_holds_no_key_in_the_clear(sqlite: Database, at: Path, folder: Path) -> None:
    vault = unlock(_keys(folder), at, sqlite)
    make_recovery(_keys(folder), at, sqlite)
    kek = base64.b64decode((folder / "kek").read_bytes())
    dek = vault._key
    for path in at.iterdir():
        content = path.read_bytes()
        for key in (kek, dek):
            assert key not in content
            assert base64.b64encode(key) not in content


@posix
def test_the_key_file_is_private(sqlite: Database, at: Path, folder: Path) -> None:
    unlock(_keys(folder), at, sqlite)
    assert stat.S_IMODE((folder / "kek").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_that_others_can_read_is_refused(sqlite: Database, at: Path, folder: Path, mode: int) -> None:
    unlock(_keys(folder), at, sqlite)
    (folder / "kek").chmod(mode)
    with pytest.raises(InvalidInput, match="chmod 600"):
        unlock(_keys(folder), at, sqlite)


@pytest.mark.parametrize("inside", ["kek", "deep/er/kek", "../home/kek"])
def test_a_key_inside_the_data_directory_is_refused(sqlite: Database, at: Path, inside: str) -> None:
    for keys in (Keys(kek_file=str(at / inside)), Keys(passphrase_file=str(at / inside))):
        with pytest.raises(InvalidInput, match="must not live in the data directory"):
            unlock(keys, at, sqlite)
    with pytest.raises(InvalidInput, match="must not live in the data directory"):
        unlock(Keys(), at, sqlite, folder=at / "keys")


def test_without_settings_the_key_file_is_named_after_the_installation(
    sqlite: Database, at: Path, folder: Path
) -> None:
    unlock(Keys(), at, sqlite, folder=folder)
    with sqlite.read() as session:
        installation = kv.get(session, kv.INSTALLATION)
    assert [path.name for path in folder.iterdir()] == [f"{installation}.key"]
    found = state(Keys(), at, sqlite, folder=folder)
    assert found is not None
    assert (found.kind, found.recovery) == ("key-file", False)


def test_two_data_directories_have_two_keys(tmp_path: Path, sqlite_template: Path, folder: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "jobbot.db").write_bytes(sqlite_template.read_bytes())
        database = Database.open(tmp_path / name)
        ids.add(unlock(Keys(), tmp_path / name, database, folder=folder).key_id)
        database.close()
    assert len(ids) == len(list(folder.iterdir())) == 2


def test_a_moved_data_directory_keeps_its_key(sqlite: Database, at: Path, folder: Path) -> None:
    sealed = unlock(Keys(), at, sqlite, folder=folder).seal("secret", PLACE)
    sqlite.close()
    moved = at.rename(at.with_name("elsewhere"))
    database = Database.open(moved)
    assert unlock(Keys(), moved, database, folder=folder).open_text(sealed.ciphertext, PLACE) == "secret"
    database.close()


def test_a_missing_key_is_an_error_and_no_new_one_is_made(database: Database, at: Path, folder: Path) -> None:
    unlock(_keys(folder), at, database)
    (folder / "kek").unlink()
    with pytest.raises(Failed, match=r"missing.*recovery key"):
        unlock(_keys(folder), at, database)
    assert not (folder / "kek").exists()


def test_a_wrong_key_is_an_error_and_stays_where_it_is(database: Database, at: Path, folder: Path) -> None:
    unlock(_keys(folder), at, database)
    other = base64.b64encode(b"o" * 32)
    (folder / "kek").write_bytes(other)
    with pytest.raises(Failed, match="another key"):
        unlock(_keys(folder), at, database)
    with pytest.raises(Failed, match="another key"):
        state(_keys(folder), at, database)
    assert (folder / "kek").read_bytes() == other


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33, b"zz" * 32, b"\xff" * 44, b"=" * 44])
def test_a_file_that_holds_no_key_is_refused(sqlite: Database, at: Path, folder: Path, content: bytes) -> None:
    _private(folder / "kek", content)
    with pytest.raises(InvalidInput, match="holds no key"):
        unlock(_keys(folder), at, sqlite)
    assert (folder / "kek").read_bytes() == content


@pytest.mark.parametrize("content", [bytes(range(32)), bytes(range(32)).hex().encode() + b"\n"])
def test_a_key_that_was_provided_is_used_not_replaced(sqlite: Database, at: Path, folder: Path, content: bytes) -> None:
    _private(folder / "kek", content)
    unlock(_keys(folder), at, sqlite)
    assert (folder / "kek").read_bytes() == content
    assert FileHome(folder / "kek").read() == bytes(range(32))


def test_no_key_is_made_over_sealed_rows(database: Database, at: Path, folder: Path) -> None:
    vault = unlock(_keys(folder), at, database)
    ProfileStore(database, vault, FixedClock()).save({"basics": {"name": "Ada"}})
    for row in (UserKeyRow, KekRow):  # the user's key erased, then the whole record
        with database.write() as session:
            session.execute(delete(row))
        with pytest.raises(Failed, match="no key for it"):
            unlock(_keys(folder), at, database)
    with database.read() as session:
        assert session.scalars(select(UserKeyRow)).all() == []


def test_no_key_is_made_beside_sealed_records(sqlite: Database, at: Path, folder: Path) -> None:
    (at / "records").mkdir()
    (at / "records" / "cv.pdf.sealed").write_bytes(b"jbr1")
    with pytest.raises(Failed, match="records"):
        unlock(_keys(folder), at, sqlite)
    assert not folder.exists()


def test_each_user_has_a_key_of_their_own_and_erasing_one_leaves_the_other(
    database: Database, at: Path, folder: Path
) -> None:
    one, two = (unlock(_keys(folder), at, database, user) for user in ("local", "other"))
    box = one.seal("secret", PLACE)
    with pytest.raises(Failed, match="wrong key"):
        two.open(box.ciphertext, PLACE)
    with database.write() as session:
        session.execute(delete(UserKeyRow).where(UserKeyRow.user_id == "other"))
    assert unlock(_keys(folder), at, database).open_text(box.ciphertext, PLACE) == "secret"
    fresh = unlock(_keys(folder), at, database, "other")
    assert fresh.key_id != two.key_id


def test_a_wrapped_key_moved_to_another_user_does_not_open(database: Database, at: Path, folder: Path) -> None:
    unlock(_keys(folder), at, database)
    unlock(_keys(folder), at, database, "other")
    with database.write() as session:
        mine, other = session.get_one(UserKeyRow, "local"), session.get_one(UserKeyRow, "other")
        mine.wrapped, mine.check_value, mine.key_id = other.wrapped, other.check_value, other.key_id
    with pytest.raises(Failed, match="cannot be unwrapped"):
        unlock(_keys(folder), at, database)


def test_many_first_starts_at_once_make_one_key(database: Database, at: Path, folder: Path) -> None:
    found: list[str] = []
    problems: list[Exception] = []

    def start() -> None:
        try:
            found.append(unlock(_keys(folder), at, database).key_id)
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(found) == 6
    assert len(set(found)) == 1


class TestPassphrase:
    def test_it_opens_what_it_sealed(self, sqlite: Database, at: Path, folder: Path) -> None:
        _private(folder / "words", b"correct horse battery\n")
        keys = Keys(passphrase_file=str(folder / "words"))
        sealed = unlock(keys, at, sqlite).seal("secret", PLACE)
        assert unlock(keys, at, sqlite).open_text(sealed.ciphertext, PLACE) == "secret"
        with sqlite.read() as session:
            stored = session.get_one(KekRow, "current")
        assert stored.kind == "passphrase"
        assert '"m": 65536' in stored.parameters
        assert '"t": 3' in stored.parameters
        assert '"p": 1' in stored.parameters

    def test_a_wrong_one_is_said_to_be_wrong(self, sqlite: Database, at: Path, folder: Path) -> None:
        _private(folder / "words", b"correct horse battery\n")
        keys = Keys(passphrase_file=str(folder / "words"))
        unlock(keys, at, sqlite)
        (folder / "words").write_bytes(b"incorrect horse battery\n")
        with pytest.raises(Failed, match="passphrase is wrong"):
            unlock(keys, at, sqlite)
        with pytest.raises(Failed, match="JOBBOT_PASSPHRASE_FILE"):
            unlock(Keys(), at, sqlite, folder=folder)

    @pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe" * 8])
    def test_a_useless_one_is_refused(self, sqlite: Database, at: Path, folder: Path, content: bytes) -> None:
        _private(folder / "words", content)
        with pytest.raises(InvalidInput):
            unlock(Keys(passphrase_file=str(folder / "words")), at, sqlite)
        with sqlite.read() as session:
            assert session.get(KekRow, "current") is None

    @posix
    def test_one_that_others_can_read_is_refused(self, sqlite: Database, at: Path, folder: Path) -> None:
        _private(folder / "words", b"correct horse battery\n")
        (folder / "words").chmod(0o644)
        with pytest.raises(InvalidInput, match="chmod 600"):
            unlock(Keys(passphrase_file=str(folder / "words")), at, sqlite)

    def test_it_does_not_replace_a_key_file(self, sqlite: Database, at: Path, folder: Path) -> None:
        unlock(Keys(), at, sqlite, folder=folder)
        _private(folder / "words", b"correct horse battery\n")
        with pytest.raises(InvalidInput, match="Unset it"):
            unlock(Keys(passphrase_file=str(folder / "words")), at, sqlite, folder=folder)

    def test_a_changed_cost_is_bounded(self, folder: Path) -> None:
        _private(folder / "words", b"correct horse battery\n")
        with pytest.raises(Failed, match="out of bounds"):
            PassphraseHome(folder / "words", {"m": 2**30, "t": 3, "p": 1, "salt": "00" * 16}).read()


@dataclass
class Ring:
    """What a working keyring does."""

    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    locked: bool = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise OSError("locked")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password


class TestKeyring:
    def test_it_keeps_a_key(self) -> None:
        home = KeyringHome(Ring(), "abc")
        assert home.read() is None
        assert home.create() == home.read()

    def test_a_locked_one_says_so(self) -> None:
        ring = Ring()
        home = KeyringHome(ring, "abc")
        home.create()
        ring.locked = True
        with pytest.raises(Failed, match="unlock it"):
            home.read()

    def test_one_that_forgets_is_no_home(self) -> None:
        class Forgetful(Ring):
            def set_password(self, service: str, username: str, password: str) -> None:
                pass

        with pytest.raises(Failed, match="give back"):
            KeyringHome(Forgetful(), "abc").create()

    def test_only_real_ones_are_taken(self) -> None:
        def backend(module: str) -> Any:
            return type("Keyring", (Ring,), {"__module__": module})()

        for module in (
            "keyrings.alt.file",
            "keyring.backends.null",
            "keyring.backends.fail",
            "keyring.testing.backend",
        ):
            assert real_keyring(backend(module)) is None
        assert real_keyring(fail.Keyring()) is None
        for module in ("macOS", "SecretService", "Windows", "kwallet", "libsecret"):
            assert real_keyring(backend(f"keyring.backends.{module}")) is not None

    def test_a_chain_gives_its_first_real_link(self) -> None:
        real = type("Keyring", (Ring,), {"__module__": "keyring.backends.SecretService"})()
        plain = type("PlaintextKeyring", (Ring,), {"__module__": "keyrings.alt.file"})()
        chain = type("ChainerBackend", (), {"__module__": "keyring.backends.chainer", "backends": [plain, real]})()
        assert real_keyring(chain) is real


class TestRecovery:
    def test_it_opens_the_data_in_a_new_home(self, database: Database, at: Path, folder: Path) -> None:
        sealed = unlock(_keys(folder), at, database).seal("secret", PLACE)
        identity = make_recovery(_keys(folder), at, database)
        assert identity.startswith("AGE-SECRET-KEY-1")
        assert identity not in (recipient(database) or "")
        (folder / "kek").unlink()
        elsewhere = Keys(kek_file=str(folder / "new"))
        made = adopt(f"# my key\n\n{identity}\n", elsewhere, at, database)
        assert str(folder / "new") in made.place
        assert unlock(elsewhere, at, database).open_text(sealed.ciphertext, PLACE) == "secret"
        again = Keys(kek_file=str(folder / "third"))
        adopt(identity, again, at, database)
        assert unlock(again, at, database).open_text(sealed.ciphertext, PLACE) == "secret"

    def test_every_user_comes_along(self, database: Database, at: Path, folder: Path) -> None:
        boxes = {user: unlock(_keys(folder), at, database, user).seal(user, PLACE) for user in ("local", "b", "c")}
        identity = make_recovery(_keys(folder), at, database)
        elsewhere = Keys(kek_file=str(folder / "new"))
        adopt(identity, elsewhere, at, database)
        for user, box in boxes.items():
            assert unlock(elsewhere, at, database, user).open_text(box.ciphertext, PLACE) == user

    def test_another_ones_key_does_not_fit(self, database: Database, at: Path, folder: Path) -> None:
        from pyrage import x25519

        make_recovery(_keys(folder), at, database)
        before = (folder / "kek").read_bytes()
        for wrong in (str(x25519.Identity.generate()), "AGE-SECRET-KEY-1QQQ", "", "two\nlines"):
            with pytest.raises(InvalidInput, match="recovery key"):
                adopt(wrong, Keys(kek_file=str(folder / "new")), at, database)
        assert not (folder / "new").exists()
        assert (folder / "kek").read_bytes() == before
        unlock(_keys(folder), at, database)

    def test_a_new_one_replaces_the_old(self, database: Database, at: Path, folder: Path) -> None:
        first, second = (make_recovery(_keys(folder), at, database) for _ in range(2))
        with pytest.raises(InvalidInput, match="not the recovery key"):
            adopt(first, Keys(kek_file=str(folder / "new")), at, database)
        adopt(second, Keys(kek_file=str(folder / "new")), at, database)


def test_every_refusal_is_one_a_person_can_act_on(sqlite: Database, at: Path, folder: Path) -> None:
    """A key home that is a directory, under a file, or unreadable: never a bare OSError."""
    (folder / "dir").mkdir(parents=True)
    (folder / "file").write_bytes(b"x")
    for path in (folder / "dir", folder / "file" / "kek"):
        with pytest.raises(JobbotError):
            unlock(Keys(kek_file=str(path)), at, sqlite)


def test_the_local_user_is_the_default(sqlite: Database, at: Path, folder: Path) -> None:
    vault = unlock(_keys(folder), at, sqlite)
    assert isinstance(vault, Vault)
    with sqlite.read() as session:
        assert session.scalars(select(UserKeyRow.user_id)).all() == [LOCAL_USER]


def _keys(folder: Path) -> Keys:
    return Keys(kek_file=str(folder / "kek"))


def _private(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)
