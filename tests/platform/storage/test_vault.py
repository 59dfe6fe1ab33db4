"""Boxes, records and artefacts: what is sealed opens only in its place, what is written is whole."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from jobbot.kernel.errors import Failed, NotFound
from jobbot.platform.storage import Artefacts, Context, Database, Records, Sealed, SealedColumn, Vault

PLACE = Context("letters", "body", "7", "local")
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")


class Tables(DeclarativeBase):
    """Apart from the product's metadata."""


class Letter(Tables):
    __tablename__ = "letters"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[Sealed] = mapped_column(SealedColumn("letters", "body"))


@given(st.text())
def test_any_text_comes_back(value: str) -> None:
    vault = Vault(b"k" * 32, "k1")
    assert vault.open_text(vault.seal(value, PLACE).ciphertext, PLACE) == value


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_comes_back(value: object) -> None:
    vault = Vault(b"k" * 32, "k1")
    assert vault.open_json(vault.seal_json(value, PLACE).ciphertext, PLACE) == value


@pytest.mark.parametrize("field", ["table", "column", "row", "user"])
def test_a_box_opens_only_where_it_was_made(vault: Vault, field: str) -> None:
    box = vault.seal("secret", PLACE)
    with pytest.raises(Failed, match="wrong key or changed"):
        vault.open(box.ciphertext, PLACE._replace(**{field: "other"}))


def test_neighbouring_fields_do_not_run_together(vault: Vault) -> None:
    box = vault.seal("secret", Context("a", "bc", "1", "u"))
    with pytest.raises(Failed):
        vault.open(box.ciphertext, Context("ab", "c", "1", "u"))


@given(st.integers(0, 200), st.integers(1, 255))
def test_every_changed_byte_is_noticed(position: int, flip: int) -> None:
    vault = Vault(b"k" * 32, "k1")
    box = bytearray(vault.seal("x" * 100, PLACE).ciphertext)
    position %= len(box)
    if position == 0:  # the version byte is not data
        position = 1
    box[position] ^= flip
    with pytest.raises(Failed):
        vault.open(bytes(box), PLACE)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01" * 12, b"\x01" * 28])
def test_what_is_too_short_to_be_a_box_is_refused(vault: Vault, broken: bytes) -> None:
    with pytest.raises(Failed):
        vault.open(broken, PLACE)


def test_equal_words_make_different_boxes(vault: Vault) -> None:
    assert len({vault.seal("same", PLACE).ciphertext for _ in range(50)}) == 50


def test_a_box_shows_nothing(vault: Vault) -> None:
    assert "secret" not in repr(vault.seal("secret", PLACE))
    assert b"secret" not in vault.seal("secret", PLACE).ciphertext


def test_keys_for_different_purposes_differ(vault: Vault) -> None:
    assert len({vault.derive(purpose) for purpose in ("fields", "files", "index")}) == 3


def test_only_the_right_box_binds_to_a_sealed_column(database: Database, vault: Vault) -> None:
    Tables.metadata.create_all(database.engine)
    with pytest.raises((TypeError, StatementError), match="seal it"), database.write() as session:
        session.add(Letter(id=1, body="plain words"))
    stray = vault.seal("words", Context("notes", "body", "1", "local"))
    with pytest.raises((TypeError, StatementError), match=r"a box for notes\.body"), database.write() as session:
        session.add(Letter(id=1, body=stray))
    with database.write() as session:
        session.add(Letter(id=7, body=vault.seal("words", PLACE)))
    with database.read() as session:
        stored = session.get_one(Letter, 7).body
    assert isinstance(stored, bytes)
    assert vault.open_text(stored, PLACE) == "words"


class TestRecords:
    def test_they_come_back(self, tmp_path: Path, vault: Vault) -> None:
        records = Records(tmp_path / "records", vault)
        path = records.put("cv.pdf", b"%PDF words")
        assert records.get("cv.pdf") == b"%PDF words"
        assert b"words" not in path.read_bytes()
        records.put("cv.pdf", b"later")
        assert records.get("cv.pdf") == b"later"

    def test_a_renamed_or_changed_record_does_not_open(self, tmp_path: Path, vault: Vault) -> None:
        records = Records(tmp_path, vault)
        path = records.put("cv.pdf", b"words")
        (tmp_path / "letter.pdf.sealed").write_bytes(path.read_bytes())
        with pytest.raises(Failed, match="renamed"):
            records.get("letter.pdf")
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(Failed):
            records.get("cv.pdf")
        path.write_bytes(b"")
        with pytest.raises(Failed):
            records.get("cv.pdf")

    def test_another_users_key_does_not_open_it(self, tmp_path: Path, vault: Vault) -> None:
        Records(tmp_path, vault).put("cv.pdf", b"words")
        with pytest.raises(Failed):
            Records(tmp_path, Vault(os.urandom(32), "other")).get("cv.pdf")

    def test_a_missing_one_is_not_found(self, tmp_path: Path, vault: Vault) -> None:
        with pytest.raises(NotFound):
            Records(tmp_path, vault).get("none.pdf")


class TestArtefacts:
    @pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "/etc/passwd", "a\\b"])
    def test_only_plain_names_are_taken(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(ValueError, match="plain file name"):
            Artefacts(tmp_path / "outputs").put(name, b"x")
        assert not (tmp_path / "outputs").exists()

    def test_a_file_is_replaced_at_once_and_nothing_is_left_beside_it(self, tmp_path: Path) -> None:
        files = Artefacts(tmp_path)
        files.put("a.txt", b"one")
        files.put("a.txt", b"two")
        assert files.get("a.txt") == b"two"
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

    def test_a_write_that_fails_keeps_the_old_file(self, tmp_path: Path) -> None:
        files = Artefacts(tmp_path)
        (tmp_path / "a.txt").mkdir()
        (tmp_path / "a.txt" / "kept").write_bytes(b"x")
        with pytest.raises(Failed, match="cannot be used"):
            files.put("a.txt", b"two")
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

    def test_a_missing_file_is_not_found(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound):
            Artefacts(tmp_path).get("none")

    @posix
    def test_modes_do_not_depend_on_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            path = Artefacts(tmp_path / "outputs").put("a.txt", b"x")
        finally:
            os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    @posix
    def test_a_link_in_the_folder_is_replaced_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "victim").write_bytes(b"safe")
        (tmp_path / "outputs").mkdir()
        (tmp_path / "outputs" / "a.txt").symlink_to(tmp_path / "victim")
        Artefacts(tmp_path / "outputs").put("a.txt", b"x")
        assert (tmp_path / "victim").read_bytes() == b"safe"
