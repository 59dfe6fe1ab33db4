"""From a profile and a posting to files, records and rows, through the real parts."""

from __future__ import annotations

import copy
import json
import re
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobbot.features.tailoring import ats, lexicon
from jobbot.features.tailoring.model import FILES, Tailored
from jobbot.features.tailoring.store import DocumentStore
from jobbot.features.tailoring.tailor import Tailor
from jobbot.features.tailoring.verify import Prover, require
from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.kernel.fact import LineKind
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.storage import Database, Records, Vault

GOLDEN = Path(__file__).parents[2] / "golden" / "documents"


def make(samples: Any, tailor: Tailor, folder: Path, **options: Any) -> Tailored:
    person, advert = samples.profile(options.pop("resume", None)), samples.posting()
    return tailor.tailor(person, advert, samples.match(person, advert), folder=folder, **options)


def test_the_answer_has_the_contracts_shape(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    made = make(samples, tailor, tmp_path / "out")
    data = json.loads(json.dumps(made.as_dict()))
    assert data["pages"] == 1
    assert data["template"] == "classic"
    assert set(data["files"]) == set(FILES)
    assert all(Path(path).is_file() for path in data["files"].values())
    assert data["ats"]["score"] == 100
    assert {line["document"] for line in data["lines"]} == {"cv", "letter"}
    for line in data["lines"]:
        assert set(line) == {"document", "kind", "text", "facts", "spans"}
        assert line["kind"] != "fact" or line["facts"]
    posting = samples.posting()
    for line in made.lines:
        for fact in line.facts:
            assert fact in samples.profile().facts
        for span in line.spans:
            assert span.of(posting.text) in line.text


def test_names_modes_and_formats(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    made = make(samples, tailor, folder, formats=("pdf",), letter=False)
    key = made.posting_id
    assert sorted(path.name for path in folder.iterdir()) == [
        f"build_log_{key}.txt",
        f"diff_{key}.md",
        f"provenance_{key}.json",
        f"resume_{key}.pdf",
    ]
    assert made.as_dict()["files"]["letter_pdf"] is None
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_equal_input_gives_equal_files(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    one, other = make(samples, tailor, tmp_path / "a"), make(samples, tailor, tmp_path / "b")
    for name in FILES:
        if name != "build_log":  # it tells how long it took
            assert one.files[name].read_bytes() == other.files[name].read_bytes(), name


@pytest.mark.parametrize("template", ["classic", "compact"])
def test_golden_documents(samples: Any, tailor: Tailor, tmp_path: Path, template: str) -> None:
    """Everything but the PDF, whole. After a change on purpose: delete the folder, run twice, read the diff."""
    made = make(samples, tailor, tmp_path / "out", template=template)
    folder = GOLDEN / template
    fresh = not folder.exists()
    for name in ("txt", "md", "letter_txt", "letter_md", "diff", "provenance"):
        suffix = made.files[name].suffix
        golden = folder / f"{name}{suffix}"
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            golden.write_bytes(made.files[name].read_bytes())
        assert made.files[name].read_text("utf-8") == golden.read_text("utf-8"), name
    assert not fresh, "the golden files were missing and have been written: read them, then run again"


@pytest.mark.parametrize("template", ["classic", "compact"])
def test_a_third_extractor_reads_dates_beside_their_role(
    template: str, samples: Any, tailor: Tailor, tmp_path: Path
) -> None:
    """pdfminer, which many parsers build on, reads what stands at the right margin after the bullets below it."""
    from pdfminer.high_level import extract_text

    made = make(samples, tailor, tmp_path / "out", template=template)
    page = re.sub(r"\s+", " ", extract_text(str(made.files["pdf"])))
    for expected in ("Huerta Directa · Mar 2021 – Present • Planned routes", "Almacenes Turia · Sep 2016 – Feb 2021 •"):
        assert expected in page, page


def test_the_word_files_hold_every_line_under_real_headings(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    from docx import Document

    made = make(samples, tailor, tmp_path / "out", formats=("docx",))
    for name, document in (("docx", "cv"), ("letter_docx", "letter")):
        paragraphs = Document(str(made.files[name])).paragraphs
        text = " ".join(paragraph.text for paragraph in paragraphs)
        assert [line.text for line in made.lines if line.document == document and line.text not in text] == []
    styles = {p.style.name for p in Document(str(made.files["docx"])).paragraphs if p.style is not None}
    assert styles >= {"Title", "Heading 1", "Heading 2", "List Bullet"}


def test_unknown_template_and_format_are_named(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="classic, compact"):
        make(samples, tailor, tmp_path, template="fancy")
    with pytest.raises(InvalidInput, match="pdf, docx"):
        make(samples, tailor, tmp_path, formats=("pdf", "rtf"))


def test_an_unproven_line_stops_the_export_and_is_named(samples: Any) -> None:
    person, advert = samples.profile(), samples.posting()
    bullet = next(fact for fact in person.facts if "38 lorries" in fact.wording)
    from jobbot.kernel.fact import Line

    with pytest.raises(Failed) as failed:
        require([Line("cv", LineKind.FACT, "Planned routes for 380 lorries.", (bullet,))], Prover(advert))
    assert "380 lorries" in str(failed.value.errors[0])
    assert failed.value.errors[0].pointer == "/work/0/highlights/0"


def test_rows_and_sealed_copies(samples: Any, database: Database, vault: Vault, tmp_path: Path) -> None:
    store, records = DocumentStore(database, vault), Records(tmp_path / "records", vault)
    tailor = samples.tailor(store, records)
    try:
        made = make(samples, tailor, tmp_path / "out")
    finally:
        tailor.close()
    kept = store.of_posting(samples.posting().id)
    assert {row["kind"] for row in kept} == {"cv", "letter"}
    cv = next(row for row in kept if row["kind"] == "cv")
    assert cv["profile_version"] == 3
    assert cv["file"] == str(made.files["pdf"])
    assert cv["lines"] == [line.as_dict() for line in made.lines if line.document == "cv"]
    assert records.get(cv["record"]) == made.files["pdf"].read_bytes()
    assert store.of_posting(samples.posting().id, UserId("somebody-else")) == []
    plain = b"".join(path.read_bytes() for path in (tmp_path / "records").iterdir())
    assert b"Valdoro" not in plain


def test_no_word_of_the_profile_is_plain_in_the_database(
    samples: Any, sqlite: Database, vault: Vault, tmp_path: Path
) -> None:
    tailor = samples.tailor(DocumentStore(sqlite, vault))
    try:
        make(samples, tailor, tmp_path / "out")
    finally:
        tailor.close()
    raw = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir() if path.is_file())
    assert b"documents" in raw
    for word in (b"Valdoro", b"Huerta", b"lorries", str(tmp_path / "out").encode()):
        assert word not in raw
    assert LOCAL_USER.encode() in raw


def test_a_bullet_that_says_nothing_is_left_out_not_printed(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    resume = copy.deepcopy(samples.RESUME)
    resume["work"][0]["highlights"] += ["— · —", "word " * 2000]
    made = make(samples, tailor, tmp_path / "out", resume=resume)
    reasons = [item.reason for item in made.left_out]
    assert any("it says nothing" in reason for reason in reasons)
    assert any("more than 400 words" in reason for reason in reasons)


def test_build_log_and_diff(samples: Any, tailor: Tailor, tmp_path: Path) -> None:
    resume = copy.deepcopy(samples.RESUME)
    resume["work"][0]["highlights"] += [f"Counted crates in hall {n} ``` and wrote it down." for n in range(60)]
    made = make(samples, tailor, tmp_path / "out", resume=resume)
    log = made.files["build_log"].read_text("utf-8")
    assert "exact optimum" in log
    assert "1, letter 1" in log
    assert "Valdoro" not in log
    assert "Huerta" not in log
    diff = made.files["diff"].read_text("utf-8")
    assert "````diff" in diff
    assert "Left out, and why" in diff
    for item in made.left_out:
        assert item.reason.split("“")[0] in diff


HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    '"; DROP TABLE facts; --',
    "\\u{0} \\n $ # * _ ` ~ < > @ = + - / //",
    "a" * 3000,
    "\u202e evil",
    "tab\there",
    "\u65e5\u672c \U0001f389 \u05e2\u05d1\u05e8\u05d9\u05ea",
)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("place", ["label", "email", "role", "bullet", "skill", "certificate"])
def test_hostile_fields_come_out_literally_or_with_a_reason(
    samples: Any, tailor: Tailor, tmp_path: Path, hostile: str, place: str
) -> None:
    resume = copy.deepcopy(samples.RESUME)
    if place in ("label", "email"):
        resume["basics"][place] = hostile
    elif place == "role":
        resume["work"][0]["name"] = hostile
    elif place == "bullet":
        resume["work"][0]["highlights"][0] = hostile
    elif place == "skill":
        resume["skills"][0]["keywords"][0] = hostile
    else:
        resume["certificates"][0]["name"] = hostile
    try:
        made = make(samples, tailor, tmp_path / "out", resume=resume, formats=("md",))
    except (InvalidInput, Failed) as error:
        refused: InvalidInput | Failed | None = error
    else:
        refused = None
    if refused is not None:
        assert refused.errors
        return
    assert made.pages == 1
    texts = [line.text for line in made.lines] + [item.text for item in made.left_out]
    assert any(" ".join(hostile.split()) in " ".join(text.split()) for text in texts)
    assert [check for check in made.checks if not check.passed and "contacts" not in check.name] == []
    markdown = made.files["md"].read_text("utf-8")
    assert "<script>" not in markdown
    assert not re.search(r"(?<!\\)\]\(javascript:", markdown)


WORDS = st.text(st.sampled_from("abcdefgh ijklmnop 0123456789 ÄéŁ-%.,"), min_size=1, max_size=70)
WORDS = WORDS.filter(lambda words: any(c.isalpha() for c in words))
ROLE = st.fixed_dictionaries(
    {"name": WORDS, "position": WORDS, "highlights": st.lists(WORDS, max_size=6)},
    optional={"startDate": st.sampled_from(["2015", "2020-04", "2024-12-01"]), "endDate": st.just("2025-02")},
)
RESUMES = st.fixed_dictionaries(
    {"basics": st.fixed_dictionaries({"name": WORDS}, optional={"label": WORDS, "summary": WORDS, "phone": WORDS})},
    optional={
        "work": st.lists(ROLE, max_size=5),
        "skills": st.lists(st.fixed_dictionaries({"name": WORDS, "keywords": st.lists(WORDS, max_size=5)}), max_size=3),
        "languages": st.lists(st.fixed_dictionaries({"language": WORDS, "fluency": WORDS}), max_size=2),
        "education": st.lists(st.fixed_dictionaries({"institution": WORDS, "area": WORDS}), max_size=2),
    },
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(resume=RESUMES)
def test_every_word_of_every_document_has_a_source(
    samples: Any, tailor: Tailor, tmp_path: Path, resume: dict[str, Any]
) -> None:
    """An oracle of its own: the words of a fact line are words of its facts, or those that claim nothing."""
    made = make(samples, tailor, tmp_path / "out", resume=resume, formats=("md",))
    assert made.pages == 1
    for line in made.lines:
        if line.kind is LineKind.FACT:
            known = " ".join(_words_of(fact) for fact in line.facts).casefold()
            said = re.findall(r"\w+", line.text.casefold())
            assert [word for word in said if word not in known and word not in GLUE] == []


GLUE = {"at", "as", "i", "also", "there", *" ".join(lexicon.TELLING).casefold().split()}


def _words_of(fact: Any) -> str:
    return " ".join([fact.wording, fact.organisation, fact.position, *(value for _, value in fact.attributes)])


def test_the_checks_see_what_is_wrong(samples: Any, tailor: Tailor) -> None:
    """The round trip fails for what was never printed: otherwise a score of 100 would mean nothing."""
    person, advert = samples.profile(), samples.posting()
    fitted, printed = tailor.render_cv(person, samples.match(person, advert))
    good = ats.check(printed.data, fitted.units, 1)
    assert all(check.passed for check in good)
    assert len(good) == 3 + 5 * len(ats.readers())
    swapped = (*fitted.units[:6], fitted.units[7], fitted.units[6], *fitted.units[8:])
    assert "text in order (pdfium)" in failed(ats.check(printed.data, swapped, 1))
    role = next(unit for unit in fitted.units if unit.kind.value == "role")
    undated = replace(role, parts=(*role.parts[:2], "Mai 2031"))
    assert "dates (pdfium)" in failed(ats.check(printed.data, (undated,), 1))
    contact = replace(fitted.units[2], lines=(replace(fitted.units[2].lines[0], text="other@x.example"),))
    assert "contacts (pdfium)" in failed(ats.check(printed.data, (contact,), 1))
    assert "one page" in failed(ats.check(printed.data, fitted.units, 2))


def failed(checks: tuple[Any, ...]) -> set[str]:
    return {check.name for check in checks if not check.passed}
