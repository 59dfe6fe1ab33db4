"""Backup and restore: from archive and recovery key alone everything comes back; everything else is refused."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import sqlite3
import stat
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import decrypt, encrypt, x25519
from sqlalchemy import text

from jobbot.features.profile.model import Profile
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.platform.storage import Artefacts, Database, Records, archive, kv, migrations, transfer
from jobbot.platform.storage.backup import Backup, back_up
from jobbot.platform.storage.keys import make_recovery, recipient, unlock
from jobbot.platform.storage.restore import Restored, Target, restore
from jobbot.platform.storage.wrapped import KekRow, UserKeyRow, fingerprint, sealed_to, wrap
from jobbot.settings import Keys

RESUME = {
    "basics": {"name": "Zebulon Quist", "email": "zq@example.org", "phone": "+46 70 000 00 00"},
    "work": [{"name": "Vintergatan AB", "position": "Night porter", "highlights": ["Carried 40 bags an hour"]}],
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes and links are POSIX")

NAMES = (
    *("../evil", "outputs/../../evil", "/etc/evil", "outputs//evil", "evil", "outputs", "records/..", "outputs/a\\b"),
    *("C:/evil", "outputs/C:evil", ".env", "outputs/\x07", "keys/kek", "database.sqlite/x", "outputs/" + "x" * 300),
)
"""Names that no backup of ours has."""


class Home:
    """A small jobbot with a profile, a document and its record; its key file lives in `folder`."""

    def __init__(self, place: Path, folder: Path, database: Database | None = None) -> None:
        self.place, self.folder = place, folder
        self.keys = Keys(kek_file=str(folder / "kek"))
        self.database = database or Database.open(place)
        self.database.migrate()
        self.vault = unlock(self.keys, place, self.database)
        self.profiles = ProfileStore(self.database, self.vault, FixedClock())

    def fill(self) -> str:
        """Returns the recovery key."""
        self.profiles.save(RESUME)
        Records(self.place / "records", self.vault).put("cv.pdf", b"%PDF Zebulon")
        Artefacts(self.place / "outputs").put("cv.pdf", b"%PDF Zebulon, plain")
        Artefacts(self.place).put("resume.json", json.dumps(RESUME).encode())
        Artefacts(self.place).put("config.yaml", b"llm:\n  provider: none\n")
        return make_recovery(self.keys, self.place, self.database)

    def back_up(self, target: Path) -> Backup:
        to = recipient(self.database)
        assert to
        return back_up(self.database, self.place, self.place / "outputs", to, FixedClock(), target=target)

    def profile(self) -> Profile:
        return self.profiles.current()


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A backup file and its recovery key; the installation it came from is gone, key and all."""
    home = Home(tmp_path / "first", tmp_path / "first-keys")
    identity = home.fill()
    home.back_up(tmp_path / "saved.jobbot")
    home.database.close()
    shutil.rmtree(tmp_path / "first")
    shutil.rmtree(tmp_path / "first-keys")
    return tmp_path / "saved.jobbot", identity


def bring_back(tmp_path: Path, file: Path, identity: str, **options: Any) -> Restored:
    place = tmp_path / "second"
    keys = Keys(kek_file=str(tmp_path / "second-keys" / "kek"))
    return restore(file, identity, keys, Target(place, place / "jobbot.db"), **options)


def nothing_was_placed(tmp_path: Path) -> bool:
    return not (tmp_path / "second").exists() and not (tmp_path / "second-keys").exists()


def test_everything_comes_back_from_archive_and_recovery_key_alone(tmp_path: Path, made: tuple[Path, str]) -> None:
    file, identity = made
    done = bring_back(tmp_path, file, identity)
    assert done.as_dict()["files"] == 4
    home = Home(tmp_path / "second", tmp_path / "second-keys")
    assert home.profile().resume == RESUME
    assert [fact.wording for fact in home.profile().facts if "bags" in fact.wording] == ["Carried 40 bags an hour"]
    assert Records(home.place / "records", home.vault).get("cv.pdf") == b"%PDF Zebulon"
    assert (home.place / "outputs" / "cv.pdf").read_bytes() == b"%PDF Zebulon, plain"
    assert json.loads((home.place / "resume.json").read_bytes()) == RESUME
    assert home.database.problems() == []
    assert not list(home.place.glob(".staging-*"))
    home.profiles.save({**RESUME, "basics": {"name": "Z. Quist"}})
    assert home.profile().version == 2
    home.database.close()


def test_a_restored_installation_makes_backups_for_the_same_recovery_key(
    tmp_path: Path, made: tuple[Path, str]
) -> None:
    file, identity = made
    bring_back(tmp_path, file, identity)
    home = Home(tmp_path / "second", tmp_path / "second-keys")
    home.back_up(tmp_path / "again.jobbot")
    home.database.close()
    third = tmp_path / "third"
    restore(
        tmp_path / "again.jobbot", identity, Keys(kek_file=str(tmp_path / "k3")), Target(third, third / "jobbot.db")
    )
    database = Database.open(third)
    vault = unlock(Keys(kek_file=str(tmp_path / "k3")), third, database)
    assert ProfileStore(database, vault, FixedClock()).current().resume == RESUME
    database.close()


@pytest.mark.postgres
def test_it_moves_between_engines(tmp_path: Path, made: tuple[Path, str], postgres: Callable[[str], str]) -> None:
    """SQLite -> backup -> PostgreSQL -> backup -> SQLite, values equal at each stop."""
    file, identity = made
    place, url = tmp_path / "server", postgres("")
    keys = Keys(kek_file=str(tmp_path / "server-keys" / "kek"))
    restore(file, identity, keys, Target(place, place / "jobbot.db", url))
    server = Home(place, tmp_path / "server-keys", Database.open(place, url))
    before = server.profile()
    assert before.resume == RESUME
    assert not (place / "jobbot.db").exists()
    server.back_up(tmp_path / "server.jobbot")
    with pytest.raises(InvalidInput, match="tables already"):
        restore(file, identity, keys, Target(tmp_path / "x", tmp_path / "x" / "jobbot.db", url))
    server.database.close()
    bring_back(tmp_path, tmp_path / "server.jobbot", identity)
    back = Home(tmp_path / "second", tmp_path / "second-keys")
    assert back.profile() == before
    back.database.close()


def test_the_shape_of_the_answer(tmp_path: Path) -> None:
    home = Home(tmp_path / "h", tmp_path / "k")
    home.fill()
    made = home.back_up(tmp_path / "b.jobbot")
    data = made.as_dict()
    assert set(data) == {"file", "sha256", "contents", "removed"}
    assert data["sha256"] == hashlib.sha256((tmp_path / "b.jobbot").read_bytes()).hexdigest()
    assert data["contents"]["rows"]["candidate_profile"] == 1
    assert data["contents"]["files"] == {"records": 1, "outputs": 1}
    assert data["contents"]["schema"] == migrations.head()
    with home.database.read() as session:
        assert kv.moment(session, kv.LAST_BACKUP) == FixedClock().now()
    home.database.close()


def test_a_backup_is_sealed_private_and_alone(tmp_path: Path, made: tuple[Path, str]) -> None:
    file, _ = made
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    for planted in (b"Zebulon", b"zq@example.org", b"Vintergatan", b"manifest", b"SQLite format"):
        assert planted not in content
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["saved.jobbot"]


def test_writes_go_on_while_a_backup_is_made(tmp_path: Path) -> None:
    """A reader that holds a snapshot neither stops a backup nor is stopped by it."""
    home = Home(tmp_path / "h", tmp_path / "k")
    home.fill()
    with home.database.read() as session:
        assert kv.get(session, "later") is None
        with home.database.write() as writer:
            kv.put(writer, "later", 1)
        home.back_up(tmp_path / "b.jobbot")
    assert (tmp_path / "b.jobbot").exists()
    home.database.close()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    home = Home(tmp_path / "h", tmp_path / "k")
    home.fill()
    (tmp_path / "b.jobbot").write_bytes(b"mine")
    with pytest.raises(InvalidInput, match="exists already"):
        home.back_up(tmp_path / "b.jobbot")
    assert (tmp_path / "b.jobbot").read_bytes() == b"mine"
    home.database.close()


@posix
def test_the_newest_of_its_own_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", tmp_path)
    home.fill()
    folder, clock = tmp_path / "home" / "backups", FixedClock()
    folder.mkdir(mode=0o700)
    for number in range(20):
        (folder / f"jobbot-202601{number + 10:02}-120000.jobbot").write_text("an older one")
    (folder / "jobbot-mine.jobbot").write_text("named by a person")
    (folder / "before-upgrade-from-0007.db").write_text("a copy")
    key = recipient(home.database) or ""
    elsewhere = back_up(home.database, home.place, tmp_path / "none", key, clock, target=tmp_path / "b.jobbot")
    assert elsewhere.removed == ()
    made = back_up(home.database, home.place, tmp_path / "none", key, clock)
    assert len(made.removed) == 7
    assert made.removed[-1] == "jobbot-20260116-120000.jobbot"
    left = {path.name for path in folder.iterdir()}
    assert len(left) == 14 + 2
    assert {made.file.name, "jobbot-mine.jobbot", "before-upgrade-from-0007.db"} <= left
    home.database.close()


def test_links_in_the_outputs_are_not_followed(tmp_path: Path) -> None:
    home = Home(tmp_path / "h", tmp_path / "k")
    home.fill()
    (tmp_path / "private").write_bytes(b"elsewhere")
    (home.place / "outputs" / "link.pdf").symlink_to(tmp_path / "private")
    made = home.back_up(tmp_path / "b.jobbot")
    assert made.manifest.left_out == ("outputs/link.pdf",)
    assert "outputs/link.pdf" not in made.manifest.members
    home.database.close()


class TestRefused:
    def test_a_wrong_key(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        for wrong in (str(x25519.Identity.generate()), "AGE-SECRET-KEY-1", "", made[1] + "\n" + made[1]):
            with pytest.raises(InvalidInput, match="recovery key"):
                bring_back(tmp_path, made[0], wrong)
        assert nothing_was_placed(tmp_path)

    def test_a_missing_file(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        with pytest.raises(NotFound):
            bring_back(tmp_path, tmp_path / "none.jobbot", made[1])
        assert nothing_was_placed(tmp_path)

    def test_a_place_that_is_not_empty(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        (tmp_path / "second").mkdir()
        (tmp_path / "second" / "jobbot.db").write_bytes(b"precious")
        with pytest.raises(InvalidInput, match="not empty"):
            bring_back(tmp_path, *made)
        assert (tmp_path / "second" / "jobbot.db").read_bytes() == b"precious"
        assert not (tmp_path / "second-keys").exists()

    def test_settings_may_stand_there_and_stay(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        (tmp_path / "second").mkdir()
        (tmp_path / "second" / "config.yaml").write_bytes(b"mine: here first")
        bring_back(tmp_path, *made)
        assert (tmp_path / "second" / "config.yaml").read_bytes() == b"mine: here first"

    def test_a_newer_schema(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        def newer(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
            manifest["schema"] = "9999_future"

        with pytest.raises(Failed, match="newer jobbot"):
            bring_back(tmp_path, forge(made, newer), made[1])
        assert nothing_was_placed(tmp_path)

    def test_a_newer_format(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        def newer(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
            manifest["format"] = 2

        with pytest.raises(Failed, match="newer jobbot"):
            bring_back(tmp_path, forge(made, newer), made[1])
        assert nothing_was_placed(tmp_path)

    def test_a_hundred_damaged_archives(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        """Flipped bits, torn ends, swapped and zeroed blocks, additions: each refused, nothing placed."""
        whole = made[0].read_bytes()
        dice = random.Random(20261120)
        refused = 0
        for number in range(100):
            damaged = _damage(whole, number, dice)
            assert damaged != whole
            (tmp_path / "damaged").write_bytes(damaged)
            with pytest.raises((Failed, InvalidInput)):
                bring_back(tmp_path, tmp_path / "damaged", made[1])
            refused += nothing_was_placed(tmp_path)
        assert refused == 100
        bring_back(tmp_path, *made)  # the control: the undamaged one is taken

    @pytest.mark.parametrize("name", NAMES)
    def test_members_with_names_of_their_own(self, tmp_path: Path, made: tuple[Path, str], name: str) -> None:
        def add(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            members[name] = b"evil"
            manifest["members"][name] = {"size": 4, "sha256": hashlib.sha256(b"evil").hexdigest()}

        with pytest.raises(Failed, match="damaged or was changed"):
            bring_back(tmp_path, forge(made, add), made[1])
        assert nothing_was_placed(tmp_path)
        assert not list(tmp_path.rglob("*evil*"))

    @pytest.mark.parametrize(
        "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
    )
    def test_members_that_are_no_plain_files(self, tmp_path: Path, made: tuple[Path, str], kind: bytes) -> None:
        def add(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
            manifest["members"]["outputs/x"] = {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}

        entry = tarfile.TarInfo("outputs/x")
        entry.type, entry.linkname = kind, "/etc/passwd"
        with pytest.raises(Failed, match="damaged or was changed"):
            bring_back(tmp_path, forge(made, add, entry), made[1])
        assert nothing_was_placed(tmp_path)

    def test_contents_that_differ_from_the_manifest(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        def other_bytes(_manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            members["outputs/cv.pdf"] = members["outputs/cv.pdf"].swapcase()

        def longer(_manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            members["outputs/cv.pdf"] += b"!"

        def missing(_manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            del members["outputs/cv.pdf"]

        def unlisted(_manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            members["outputs/more.pdf"] = b"more"

        def other_counts(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
            manifest["counts"]["facts"] += 1

        def no_database(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            del manifest["members"]["database.sqlite"], members["database.sqlite"]

        def huge(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
            manifest["members"]["outputs/cv.pdf"]["size"] = 2**62

        for change in (other_bytes, longer, missing, unlisted, other_counts, no_database, huge):
            with pytest.raises(Failed):
                bring_back(tmp_path, forge(made, change), made[1])
            assert nothing_was_placed(tmp_path), change.__name__

    @pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b'{"format": NaN}', b"null"])
    def test_manifests_that_say_nothing(self, tmp_path: Path, made: tuple[Path, str], manifest: bytes) -> None:
        file = tmp_path / "forged"
        file.write_bytes(encrypt(_tar({archive.MANIFEST: manifest}), [_public(made[1])]))
        with pytest.raises(Failed):
            bring_back(tmp_path, file, made[1])
        assert nothing_was_placed(tmp_path)

    def test_a_database_that_brings_triggers(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        def infect(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
            (tmp_path / "infected").write_bytes(members["database.sqlite"])
            connection = sqlite3.connect(tmp_path / "infected")
            connection.execute("CREATE TRIGGER x AFTER INSERT ON users BEGIN DELETE FROM user_keys; END")
            connection.close()
            members["database.sqlite"] = (tmp_path / "infected").read_bytes()
            manifest["members"]["database.sqlite"] = {
                "size": len(members["database.sqlite"]),
                "sha256": hashlib.sha256(members["database.sqlite"]).hexdigest(),
            }

        with pytest.raises(Failed, match="code of its own"):
            bring_back(tmp_path, forge(made, infect), made[1])
        assert nothing_was_placed(tmp_path)

    def test_a_key_home_that_cannot_be_made(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        """The last step before placing fails: nothing is placed, and the next try works."""
        place = tmp_path / "second"
        with pytest.raises(InvalidInput, match="passphrase"):
            restore(*made, Keys(passphrase_file=str(tmp_path / "none")), Target(place, place / "jobbot.db"))
        assert nothing_was_placed(tmp_path)
        bring_back(tmp_path, *made)

    def test_an_unfinished_restore_is_cleared_away(self, tmp_path: Path, made: tuple[Path, str]) -> None:
        (tmp_path / "second" / ".staging-dead").mkdir(parents=True)
        bring_back(tmp_path, *made)
        assert not list((tmp_path / "second").glob(".staging-*"))


def test_an_archive_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    place = tmp_path / "old"
    database = Database.open(place)
    migrations.upgrade(database.engine, "0001_platform")
    keys = Keys(kek_file=str(tmp_path / "old-keys" / "kek"))
    with database.write() as session:
        session.execute(text("INSERT INTO settings_kv VALUES ('kept', '7')"))
    identity = x25519.Identity.generate()
    vault_id, file = _older_backup(database, keys, place, identity, tmp_path)
    bring_back(tmp_path, file, str(identity))
    restored = Database.open(tmp_path / "second")
    assert migrations.current(restored.engine) == migrations.head()
    with restored.read() as session:
        assert kv.get(session, "kept") == 7
    assert unlock(Keys(kek_file=str(tmp_path / "second-keys" / "kek")), place, restored).key_id == vault_id
    restored.close()


def _older_backup(
    database: Database, keys: Keys, place: Path, identity: x25519.Identity, folder: Path
) -> tuple[str, Path]:
    """What a jobbot that knew only the first revision would have written."""
    kek = bytes(range(32))
    row = UserKeyRow(user_id="local", key_id="k1")
    with database.write() as session:
        session.add(wrap(kek, fingerprint(kek), row, b"d" * 32))
        session.add(
            KekRow(
                name="current",
                kek_id=fingerprint(kek),
                kind="file",
                parameters="{}",
                recipient=str(identity.to_public()),
                recovery=sealed_to(str(identity.to_public()), kek),
            )
        )
    staging = folder / "staging"
    staging.mkdir()
    database.snapshot(staging / archive.DATABASE)
    with database.engine.connect() as connection:
        counts = transfer.counts(connection)
    members = {archive.DATABASE: archive.describe(staging / archive.DATABASE)}
    manifest = archive.Manifest("0.0.1", "0001_platform", "2026-01-01T00:00:00+00:00", counts, members)
    archive.pack(staging, manifest, folder / "old.jobbot", str(identity.to_public()))
    database.close()
    return "k1", folder / "old.jobbot"


@given(st.text(max_size=60))
def test_an_allowed_name_stays_below_its_folder(name: str) -> None:
    base = Path("/base")
    for candidate in (name, f"outputs/{name}", f"records/a/{name}"):
        if archive.allowed(candidate):
            parts = Path(candidate).parts
            assert ".." not in parts
            assert (base / candidate).is_relative_to(base)
            assert parts[0] in archive.FOLDERS or candidate in archive.SINGLE


def forge(
    made: tuple[Path, str],
    change: Callable[[dict[str, Any], dict[str, bytes]], None],
    entry: tarfile.TarInfo | None = None,
) -> Path:
    """The archive, opened with the key, changed, and sealed again: what somebody who knows the recipient could send."""
    file, identity = made
    plain = decrypt(file.read_bytes(), [x25519.Identity.from_str(identity)])
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        members = {info.name: _content(tar, info) for info in tar}
    manifest = json.loads(members.pop(archive.MANIFEST))
    change(manifest, members)
    forged = file.with_name("forged.jobbot")
    content = _tar({archive.MANIFEST: json.dumps(manifest).encode(), **members}, entry)
    forged.write_bytes(encrypt(content, [_public(identity)]))
    return forged


def _content(tar: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(info)
    assert file
    return file.read()


def _tar(members: dict[str, bytes], entry: tarfile.TarInfo | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        if entry:
            tar.addfile(entry)
    return buffer.getvalue()


def _public(identity: str) -> x25519.Recipient:
    return x25519.Identity.from_str(identity).to_public()


def _damage(whole: bytes, number: int, dice: random.Random) -> bytes:
    place = dice.randrange(len(whole))
    match number % 5:
        case 0:
            return whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(8))]) + whole[place + 1 :]
        case 1:
            return whole[:place]
        case 2:
            return whole + dice.randbytes(1 + dice.randrange(100))
        case 3:
            size = min(4096, len(whole) - place)
            return whole[:place] + bytes(size) + whole[place + size :]
        case _:
            size = dice.randrange(1, 1000)
            return whole[:place] + whole[place + size :]
