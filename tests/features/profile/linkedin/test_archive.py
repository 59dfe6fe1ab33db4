"""The ZIP: an allow-list, caps, and what no honest export holds."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from evals import cv_layouts, cvs
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.profile.importer import detect, read_bytes, read_file
from jobbot.features.profile.linkedin import archive
from jobbot.features.profile.reading import package, sandbox
from jobbot.features.profile.reading.pdf import Unreadable
from jobbot.kernel.errors import InvalidInput

from .samples import FILES, NAME, OTHERS, PROFILE, SKILLS, export, packed


def refused(data: bytes, name: str = NAME) -> str:
    with pytest.raises(InvalidInput) as error:
        read_bytes(data, name)
    assert name in error.value.detail
    return error.value.detail


def test_the_sheets_of_the_list_are_read_wherever_they_lie() -> None:
    for folder in ("", "Basic_LinkedInDataExport_11-01-2026/", "a/b/"):
        said = archive.read(packed(FILES, folder))
        assert len(said["tables"]) == 12
        assert {table["file"] for table in said["tables"]} == set(list(FILES)[:12])


def test_what_is_about_others_is_never_opened() -> None:
    """Their entries are damaged: whoever opens one of them fails."""
    names = ("messages.csv", "Invitations.csv", "Connections.csv", "Recommendations_Received.csv", "Logins.csv")
    data = bytearray(packed({"Skills.csv": SKILLS, **dict.fromkeys(names, OTHERS * 50)}))
    for name in names:
        at = data.find(name.encode()) + len(name)
        data[at : at + 20] = b"\xff" * 20
    said = archive.read(bytes(data))
    assert [table["file"] for table in said["tables"]] == ["Skills.csv"]
    assert "5 other files were not opened" in said["notes"][0]
    assert "nobody" not in str(said)


def test_names_are_compared_without_case_blanks_and_copies() -> None:
    said = archive.read(packed({"EMAIL_ADDRESSES.CSV": FILES["Email Addresses.csv"], "profile (1).csv": PROFILE}))
    assert [table["sheet"] for table in said["tables"]] == ["profile", "email addresses"]


def test_of_two_copies_one_is_read_and_the_other_is_named() -> None:
    said = archive.read(packed({"Skills (1).csv": "Name\nOld\n", "Skills.csv": SKILLS}))
    assert said["tables"][0]["file"] == "Skills.csv"
    assert said["notes"] == ["Skills (1).csv was not read: Skills.csv is the same sheet"]


def link(name: str, kind: int = stat.S_IFLNK) -> bytes:
    buffer = io.BytesIO(packed({"Profile.csv": PROFILE}))
    with zipfile.ZipFile(buffer, "a") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = (kind | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def twice() -> bytes:
    """Two entries of one name, by giving the second the first one's name in both its headers."""
    return packed({"Skills.csv": SKILLS, "Skillz.csv": SKILLS}).replace(b"Skillz", b"Skills")


def locked() -> bytes:
    data = bytearray(packed({"Profile.csv": PROFILE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Many names for the same packed bytes: the directory says more than the file holds."""
    data = packed({"Skills.csv": "Name\n" + "".join(f"skill {n * 7919}\n" for n in range(5000))})
    at, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry = data[at:end]
    listed = b"".join(entry.replace(b"Skills.csv", b"%06d.csv" % n) for n in range(40))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 41, 41, len(entry) + len(listed), at, 0)
    return data[:at] + entry + listed + tail


BAD = {
    "slip": (packed({"../../Profile.csv": PROFILE}), "leads out"),
    "slip with backslashes": (packed({"..\\..\\Profile.csv": PROFILE}), "leads out"),
    "absolute": (packed({"/etc/Profile.csv": PROFILE}), "absolute"),
    "drive": (packed({"C:\\Profile.csv": PROFILE}), "absolute"),
    "link": (link("Positions.csv"), "a link"),
    "device": (link("Positions.csv", stat.S_IFCHR), "a link or a device"),
    "duplicate": (twice(), "two entries of the same name"),
    "locked": (locked(), "password"),
    "cut short": (export()[:-80], "damaged ZIP"),
    "cut early": (export()[:900], "damaged ZIP"),
    "damaged": (export().replace(b"PK\x01\x02", b"PK\x01\x07"), "damaged ZIP"),
    "bomb": (packed({"Skills.csv": "Name\n" + "0" * 60_000_000}), "unpacks"),
    "bomb beside": (packed({"Skills.csv": SKILLS, "media.bin": "0" * 60_000_000}), "unpacks"),
    "overlapping": (overlapping(), "unpacks"),
    "too many": (packed({f"{n}.txt": "" for n in range(5001)}), "5,000 files"),
    "one sheet too large": (
        packed({"Skills.csv": "".join(f"{n * 7919}\n" for n in range(1_200_000))}),
        "8 MB in one table",
    ),
    "nested": (packed({"export.zip": export()}), "unpack it once"),
    "nothing": (packed({}), "found: nothing"),
    "another service": (packed({"user.json": "{}", "repositories.json": "[]"}), "found: user.json, repositories.json"),
    "German columns": (
        packed({"Positions.csv": "Firmenname,Position\nRegion Syd,Leitung\n", "Skills.csv": SKILLS}),
        "Positions.csv has Firmenname, Position",
    ),
    "headers only": (packed({"Skills.csv": "Name\n", "Positions.csv": ""}), "nothing of a CV"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_archive_is_refused_and_says_why(name: str) -> None:
    data, word = BAD[name]
    assert word in refused(data)


def test_a_word_file_is_still_a_word_file() -> None:
    name, data = cv_layouts.word(cvs.NURSE)
    assert read_bytes(data, name).kind == "docx"
    inside = packed({"Profile.csv": PROFILE, "Rich Media/cv.docx": data})
    assert detect(inside, NAME) == "linkedin"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as made:
        made.writestr("Profile.csv", PROFILE)
        made.writestr("cv.docx", data)
    assert detect(stored.getvalue(), NAME) == "linkedin"


def test_a_large_archive_says_what_to_ask_for(tmp_path: Path) -> None:
    path = tmp_path / "Complete_LinkedInDataExport_11-01-2026.zip"
    with path.open("wb") as file:
        file.truncate(sandbox.MAX_BYTES + 1)
    with pytest.raises(InvalidInput, match="categories of your profile"):
        read_file(path)


def test_an_archive_that_the_browser_unpacked(tmp_path: Path) -> None:
    folder = tmp_path / "Basic_LinkedInDataExport_11-01-2026"
    (folder / "Jobs").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8", newline="")
    (folder / "Jobs" / "Skills (1).csv").write_text("Name\nOld\n", "utf-8")
    (folder / "Profile Summary.csv").symlink_to(folder / "Profile.csv")
    imported = read_file(folder)
    assert imported.resume == read_bytes(export(), NAME).resume
    assert "Jobs/Skills (1).csv was not read: Skills.csv is the same sheet" in imported.notes
    one = read_file(folder / "Positions.csv")
    assert (one.kind, len(one.resume["work"])) == ("linkedin", 3)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InvalidInput, match="is a folder"):
        read_file(tmp_path / "nothing")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes changed, cut out or doubled anywhere: nothing but `Unreadable` comes out."""
    whole = bytearray(export())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        kind = data.draw(st.sampled_from(["set", "cut", "double"]))
        if kind == "set":
            whole[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del whole[at : at + data.draw(st.integers(1, 40))]
        else:
            whole[at:at] = whole[at : at + 40]
        whole = whole or bytearray(b"x")
    package.names(bytes(whole))
    try:
        said = archive.read(bytes(whole))
    except Unreadable as reason:
        assert reason.code in sandbox.REASONS  # noqa: PT017
    else:
        assert said["tables"]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30),
        st.binary(max_size=60),
    )
)
def test_any_names_and_contents_are_read_or_refused(files: dict[str, bytes]) -> None:
    data = packed(files)
    try:
        archive.read(data)
    except Unreadable as reason:
        assert reason.code in sandbox.REASONS  # noqa: PT017
