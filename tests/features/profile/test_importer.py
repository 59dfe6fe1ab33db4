"""CVs read back: every layout, every field with its source; files that cannot be read say why."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from evals import cv_import, cv_layouts, cv_papers, cvs
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.importer import Imported, detect, read_bytes, read_file
from jobbot.features.profile.reading.lines import marked, plain
from jobbot.features.profile.reading.text import read_text
from jobbot.features.profile.schema import check
from jobbot.features.profile.understanding.assemble import understand
from jobbot.kernel.errors import InvalidInput, NotFound

CASES = [(layout, resume) for layout, resumes in cv_import.CASES for resume in resumes]
NAMES = [f"{layout.__name__}-{resume['basics']['name'].split()[0]}" for layout, resume in CASES]
ALLOWED = 1
"""Fields of a kind that may be missed or too many in one paper."""


@pytest.mark.parametrize(("layout", "truth"), CASES, ids=NAMES)
def test_every_layout_is_read_back(layout: Any, truth: dict[str, Any]) -> None:
    name, data = layout(truth)
    _compare(read_bytes(data, name), truth, layout.__name__)


@pytest.mark.parametrize("paper", list(cv_papers.papers()), ids=lambda paper: paper[0])
def test_papers_set_by_hand_are_read_back(paper: cv_papers.Paper) -> None:
    name, file, data, truth = paper
    _compare(read_bytes(data, file), truth, name)


def _compare(imported: Imported, truth: dict[str, Any], layout: str) -> None:
    want, have = cv_import.fields(truth, layout), cv_import.fields(imported.resume, layout)
    for kind in cv_import.KINDS:
        missed, extra = want[kind] - have[kind], have[kind] - want[kind]
        assert missed.total() <= ALLOWED, f"{kind}: {sorted(missed)} missed, {sorted(extra)} instead"
        assert extra.total() <= ALLOWED + (kind == "certificates") * 2, f"{kind}: {sorted(extra)} too many"
    assert [finding for finding in check(imported.resume) if not finding.warning] == []


def test_judged_candidates_come_back_from_a_typeset_page(shared: Path) -> None:
    for path in sorted((shared / "data" / "judged" / "candidates").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        name, data = cv_layouts.typeset(truth)
        _compare(read_bytes(data, name), truth, "typeset")


@pytest.mark.parametrize("layout", [cv_layouts.chronological, cv_layouts.word, cv_layouts.plaintext])
def test_every_value_says_where_it_stands(layout: Any) -> None:
    name, data = layout(cvs.NURSE)
    imported = read_bytes(data, name)
    pointers = [read.pointer for read in imported.read]
    assert len(pointers) == len(set(pointers))
    for read in imported.read:
        assert 0 < read.confidence <= 1
        assert (read.source.page == 1) is (name.endswith(".pdf"))
        if read.source.start is not None:
            assert read.source.end is not None
            assert read.source.start < read.source.end


def test_the_span_holds_the_words() -> None:
    name, data = cv_layouts.plaintext(cvs.NURSE)
    text = "\n".join(line.text for line in read_text(data.decode()).lines)
    spans = {read.pointer: read for read in read_bytes(data, name).read}
    for pointer in (
        "/basics/email",
        "/work/0/position",
        "/work/1/name",
        "/work/0/highlights/3",
        "/languages/1/language",
    ):
        read = spans[pointer]
        assert text[read.source.start : read.source.end] == read.wording


def test_what_is_guessed_is_marked_unsure() -> None:
    text = "Ann Low\nann@example.org\n\nEXPERIENCE\n\nSpring 2019 - Fall 2020   Helper, Corner Shop\n- Filled shelves\n"
    unsure = {read.pointer for read in read_bytes(text.encode(), "cv.txt").unsure}
    assert "/work/0/startDate" in unsure
    assert "/basics/email" not in unsure


def test_lines_without_a_field_are_named() -> None:
    school = "EDUCATION\n\n2012 - 2015 BSc Biology, Hill College"
    text = f"Ann Low\nann@example.org\n\n{school}\n\nMEMBERSHIPS\n\nSociety of Moss\n"
    assert "Society of Moss" in read_bytes(text.encode(), "cv.txt").unused


def test_json_resume_comes_through_unchanged_with_its_places() -> None:
    data = b'{"basics": {"name": "A B"},\n "x-own": [1, null]}'
    imported = read_bytes(data, "r.json")
    assert imported.resume == json.loads(data)
    assert imported.complete
    (read,) = imported.read
    assert data[read.source.start : read.source.end] == b'"A B"'


# Files that cannot be read


def _scan() -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = io.BytesIO()
    pixels = b"\x00" + b"\xff" * 30
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    picture.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)))
    picture.write(chunk(b"IDAT", zlib.compress(pixels * 10)) + chunk(b"IEND", b""))
    picture.seek(0)
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawImage(ImageReader(picture), 0, 0, 500, 700)
    canvas.save()
    return buffer.getvalue()


def _encrypted() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="secret")
    canvas.drawString(50, 500, "nobody may read this")
    canvas.save()
    return buffer.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def _blank() -> bytes:
    page = cvs.Page()
    page.canvas.showPage()
    return page.done()


BAD = [
    ("scan.pdf", _scan(), "scan"),
    ("locked.pdf", _encrypted(), "password"),
    ("broken.pdf", b"%PDF-1.7\n" + b"garbage" * 50, "damaged"),
    ("empty.pdf", _blank(), "no text"),
    ("bomb.docx", _zip({"word/document.xml": b"0" * 60_000_000}), "unpacks"),
    (
        "xxe.docx",
        _zip({"word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'}),
        "damaged",
    ),
    ("half.docx", cv_layouts.word(cvs.NURSE)[1][:3000], "damaged"),
    ("empty.txt", b"  \n ", "empty"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "DOCX"),
    ("cv.rtf", b"{\\rtf1 hello}", "DOCX"),
    ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "picture"),
    ("letters.zip", _zip({"a.txt": b"x"}), "archive"),
    ("binary.txt", b"abc\x00\x01\x02" * 30, "no text"),
    ("resume.json", b"<html>not json</html>", "not JSON"),
]


@pytest.mark.parametrize(("name", "data", "word"), BAD, ids=[name for name, _, _ in BAD])
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name: str, data: bytes, word: str) -> None:
    with pytest.raises(InvalidInput, match=word) as refused:
        read_bytes(data, name)
    assert name in refused.value.detail


def test_a_scan_says_how_to_get_text() -> None:
    with pytest.raises(InvalidInput, match="text recognition"):
        read_bytes(_scan(), "scan.pdf")


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_file(tmp_path / "none.pdf")
    with pytest.raises(InvalidInput, match="folder"):
        read_file(tmp_path)


def test_many_pages_are_read_to_a_limit_and_it_is_said() -> None:
    page = cvs.Page()
    page.line(50, "Ann Low", 20)
    page.line(50, "ann@example.org")
    for number in range(60):
        page.canvas.showPage()
        page.y = 50
        page.line(50, f"Page text number {number}")
    imported = read_bytes(page.done(), "long.pdf")
    assert imported.notes == ("only the first 40 of 61 pages were read",)


def test_the_reader_has_limits_and_no_environment() -> None:
    code = (
        "import jobbot.features.profile.reading.worker as worker, resource;worker._limit();"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    )
    if sys.platform != "linux":
        pytest.skip("limits of the system are checked on Linux")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(1024**3), "0"]


def test_kinds_are_told_by_content() -> None:
    assert detect(b"%PDF-1.4", "cv.txt") == "pdf"
    assert detect(b'\xef\xbb\xbf{"basics": {}}', "cv") == "json"
    assert detect(b"# A\n\n## B\n", "cv") == "markdown"
    assert detect(b"<!DOCTYPE html><p>", "cv") == "html"
    assert detect("Ann Löw".encode("utf-16"), "cv.txt") == "text"


def test_windows_and_utf16_text_are_decoded() -> None:
    text = "Renée Dubois\nrenee@example.fr\n\nFORMATION\n\n2012 - 2015 Licence Économie, Université de Lyon\n"
    for data in (text.encode("cp1252"), text.encode("utf-16"), text.encode("utf-8-sig")):
        assert read_bytes(data, "cv.txt").resume["basics"]["name"] == "Renée Dubois"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_headline_in_markdown_is_not_joined_with_the_contacts_below(gap: str) -> None:
    text = (
        f"# Ada Okafor\nData analyst{gap}ada@example.org | Nairobi | +254 700 000000\n\n## Experience\n"
        "### Analyst, Northside\n2019 - Present\n\nReports on what is shipped and what is\nlate, every week.\n"
    )
    resume = read_bytes(text.encode(), "cv.md").resume
    assert (resume["basics"]["label"], resume["basics"]["email"]) == ("Data analyst", "ada@example.org")
    assert resume["work"][0]["summary"] == "Reports on what is shipped and what is late, every week."


def test_list_marks_and_invisible_characters() -> None:
    assert marked("– Led a team") == ("–", "Led a team")
    assert marked("-5 degrees") == ("", "-5 degrees")
    assert marked("2019 was good") == ("", "2019 was good")
    assert plain("of\ufb01ce\u200b \u202ehidden\U000e0041") == "office hidden"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"abXY", "Experience", "2019 - 2021", "• did", "Skills:", "\n", ", ", "(", ")", "\t", " - ", "a@b.co"]
        ),
        max_size=60,
    )
)
def test_any_text_is_understood_or_refused(words: list[str]) -> None:
    made = understand(read_text(" ".join(words)))
    assert [finding for finding in check(made.resume) if not finding.warning] == []


HOSTILE = {
    "one endless word": "a" * 400_000,
    "one endless line": "Word " * 80_000,
    "commas": "a, " * 100_000,
    "brackets": "(" * 5000 + ")" * 5000,
    "dates": "EXPERIENCE\n" + "2019 - " * 3000,
    "the same role": "EXPERIENCE\n" + "2019 - 2020 Foo, Bar\n" * 3000,
    "the same line": "EXPERIENCE\n2019 - 2020 Foo, Bar\n" + "- did this and that of 30\n" * 20_000,
    "names": "Dr. " * 5000 + "X",
    "degrees": "EDUCATION\n2010 - 2012 " + "Bachelor of " * 1000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_come_back(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        resume = read_bytes(text.encode(), "cv.txt").resume
        assert facts_of(resume) == facts_of(resume)
