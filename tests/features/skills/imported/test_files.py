"""Opening what is given: plain, packed, damaged, too much, and archives that mean harm."""

from __future__ import annotations

import io
import lzma
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.skills.imported.made import FOLDER, JOBS, folder

from jobbot.features.skills.imported import files
from jobbot.features.skills.imported.files import Budget, of_bytes, parts
from jobbot.kernel.errors import InvalidInput, NotFound


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_folder_a_file_an_archive_and_xz_give_the_same(tmp_path: Path) -> None:
    plain = folder(tmp_path / "plain", FOLDER)
    packed = tmp_path / "packed"
    packed.mkdir()
    for name, text in FOLDER.items():
        (packed / f"{name}.xz").write_bytes(lzma.compress(text.encode()))
    archive = tmp_path / "esco.zip"
    archive.write_bytes(zipped({f"ESCO/{name}": text.encode() for name, text in FOLDER.items()}))
    wanted = sorted((name, text.encode()) for name, text in FOLDER.items())
    assert sorted(parts(plain)) == wanted
    assert sorted(parts(packed)) == wanted
    assert sorted((name.removeprefix("esco.zip/ESCO/"), data) for name, data in parts(archive)) == wanted
    assert [part.data for part in parts(plain / "occupations_en.csv")] == [JOBS.encode()]


def test_what_lies_beside_is_left_alone(tmp_path: Path) -> None:
    place = folder(tmp_path / "a", {"occupations_en.csv": JOBS, "README.md": "x", ".hidden.csv": "x", "a.exe": "x"})
    (place / "link.csv").symlink_to(place / "occupations_en.csv")
    assert [part.name for part in parts(place)] == ["occupations_en.csv"]


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="give the file or folder"):
        list(parts(tmp_path / "none.csv"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "folder" / "a.csv")
    descriptor = os.open(tmp_path / "folder" / "a.csv", os.O_RDWR | os.O_NONBLOCK)
    try:
        with pytest.raises(InvalidInput, match="no file"):
            list(parts(tmp_path / "folder"))
    finally:
        os.close(descriptor)


def test_a_cut_and_a_damaged_xz_are_named(tmp_path: Path) -> None:
    whole = lzma.compress(b"id,label\n" + b"a,b\n" * 100_000)
    with pytest.raises(InvalidInput, match=r"cut\.xz:\d+: .*ends too early"):
        list(of_bytes("cut.xz", whole[:-40]))
    with pytest.raises(InvalidInput, match="damaged"):
        list(of_bytes("bad.xz", whole[:20] + b"\xff" * 8 + whole[28:]))


def test_bombs_stop_at_the_limit() -> None:
    bomb = lzma.compress(b"\0" * 8_000_000)
    with pytest.raises(InvalidInput, match="more than a taxonomy has"):
        list(of_bytes("bomb.xz", bomb, Budget(file=1_000_000)))
    packed = zipped({"a.csv": b"\0" * 8_000_000})
    with pytest.raises(InvalidInput, match="more than a taxonomy has"):
        list(of_bytes("bomb.zip", packed, Budget(file=1_000_000)))
    many = zipped({f"{number}.csv": b"a" for number in range(files.MAX_FILES + 1)})
    with pytest.raises(InvalidInput, match="more than 400 files"):
        list(of_bytes("many.zip", many))
    with pytest.raises(InvalidInput, match="more than a taxonomy has"):
        list(of_bytes("all.zip", zipped({f"{n}.csv": b"\0" * 600_000 for n in range(4)}), Budget(2_000_000, 1_000_000)))


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:evil.csv"])
def test_a_name_that_climbs_out_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="leads out of the archive"):
        list(of_bytes("slip.zip", zipped({name: b"id,label\n"})))


def test_an_archive_in_an_archive_is_not_opened() -> None:
    assert list(of_bytes("a.zip", zipped({"b.zip": zipped({"a.csv": b"x"})}))) == []


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xfd7zXZ\x00"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    try:
        list(of_bytes("x", start + data))
    except InvalidInput as refused:
        named = refused.errors
    else:
        return
    assert named
