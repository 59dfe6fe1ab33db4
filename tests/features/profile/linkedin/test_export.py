"""The archive and its JSON as a JSON Resume: every field, its source, and what is said of the rest."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.importer import Imported, read_bytes
from jobbot.features.profile.linkedin import values
from jobbot.features.profile.linkedin.resume import understand
from jobbot.features.profile.linkedin.sheets import SHEETS
from jobbot.features.profile.linkedin.table import read as read_table
from jobbot.features.profile.merge import merge
from jobbot.features.profile.schema import check
from jobbot.features.profile.take import Taken
from jobbot.kernel.errors import InvalidInput

from .samples import FILES, NAME, SNAPSHOT, export, packed, snapshot

GOLDEN = Path(__file__).parents[3] / "golden" / "imports" / "linkedin.json"


def taken(**changed: str | bytes) -> Imported:
    return read_bytes(export(**changed), NAME)


def test_the_whole_report_is_the_golden_one() -> None:
    """Every value with its file, line and column, and every word about what was not read."""
    imported = taken()
    report = Taken(imported, imported.resume, []).as_dict()
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    fresh = not GOLDEN.exists()
    if fresh:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")
    assert not fresh, "the golden file was missing and has been written: read it, then run again"


def test_the_resume_is_valid_and_every_value_says_where_it_stands() -> None:
    imported = taken()
    assert [finding for finding in check(imported.resume) if not finding.warning] == []
    assert len({read.pointer for read in imported.read}) == len(imported.read)
    for read in imported.read:
        file, line, column = read.source.file, read.source.line, read.source.column
        if read.pointer == "/skills/0/name":
            assert (file, line, column) == ("Skills.csv", None, "")  # the name of the group is ours
            continue
        text = FILES[file]
        cell = text[read.source.start : read.source.end]
        assert column.split(", ")[0] in text
        assert text[: read.source.start].count("\n") <= (line or 0) - 1 <= text[: read.source.end].count("\n")
        last = values.clean(read.wording).replace("\n", " ").split()[-1].rpartition("/")[2].strip(".,")
        coded = read.pointer.endswith(("Date", "/date", "countryCode", "/x-expires", "/network", "/fluency"))
        assert coded or last in values.clean(cell), (read, cell)


def test_dates_stay_as_exact_as_they_were_written() -> None:
    work = taken().resume["work"]
    assert [(item["startDate"], item.get("endDate")) for item in work] == [
        ("2020-01", None),
        ("2017", "2019-12"),
        ("2016-02", "2017-01"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "kept", "word"),
    [
        ("Sometime in 2020", "", {}, "is no date that can be read"),
        ("Jan 2020", "someday", {}, "may have ended"),
        ("Jan 2020", "Mar 2019", {}, "is before"),
        ("Jan 2020", "Present", {"startDate": "2020-01"}, ""),
        ("3/4/2020", "2021", {"startDate": "2020", "endDate": "2021"}, ""),
        ("1 Jan 2020", "31 Dec 2020", {"startDate": "2020-01-01", "endDate": "2020-12-31"}, ""),
        ("Mai 2020", "déc. 2021", {"startDate": "2020-05", "endDate": "2021-12"}, ""),
    ],
)
def test_a_date_is_never_made_up(start: str, end: str, kept: dict[str, str], word: str) -> None:
    imported = taken(Positions=f"Company Name,Title,Started On,Finished On\nAcme,Cook,{start},{end}\n")
    (item,) = imported.resume["work"]
    assert {key: value for key, value in item.items() if key.endswith("Date")} == kept
    assert any(word in note for note in imported.notes)


def test_a_day_that_may_be_a_month_is_unsure() -> None:
    imported = taken(Positions="Company Name,Title,Started On\nAcme,Cook,3/4/2020\n")
    assert [read.pointer for read in imported.unsure] == ["/work/0/startDate"]


def test_bullets_and_paragraphs_of_a_description() -> None:
    stories = {
        "• One.\n• Two.": ([], ["One.", "Two."]),
        "• One. • Two. • Three.": ([], ["One.", "Two.", "Three."]),
        "I ran it:\n- One\n- Two\n  of them": (["I ran it:"], ["One", "Two of them"]),
        "1. One\n2. Two": ([], ["One", "Two"]),
        "- only one": (["- only one"], []),
        "Plain.\n\nMore.": (["Plain.", "More."], []),
        "• One.\n\nAfter all.": (["After all."], ["One."]),
    }
    for text, (prose, items) in stories.items():
        told = values.story(values.clean(text))
        assert ([part.text for part in told[0]], [part.text for part in told[1]]) == (prose, items), text


def test_a_formula_is_text_and_stays_what_it_is() -> None:
    cell = '=HYPERLINK(""http://evil.example"",""Lead"")'
    imported = taken(
        Positions=f'Company Name,Title\n=cmd|calc,"{cell}"\n+1-2,@SUM(A1)\n',
        Certifications='Name,Url\nALS,"=HYPERLINK(1)"\n',
    )
    assert imported.resume["work"][0] == {"name": "=cmd|calc", "position": '=HYPERLINK("http://evil.example","Lead")'}
    assert imported.resume["work"][1] == {"name": "+1-2", "position": "@SUM(A1)"}
    assert imported.resume["certificates"][0]["url"] == "=HYPERLINK(1)"


def test_long_names_nul_and_invisible_characters() -> None:
    name = "Wirtschafts" * 19
    text = f"Company Name,Title\n{name},Lead\x00\u202e Nurse &#0;&lt;b&gt;\u200b\n"
    (item,) = taken(Positions=text).resume["work"]
    assert item == {"name": name, "position": "Lead Nurse \ufffd<b>"}


def test_windows_1252_is_read_and_said() -> None:
    imported = taken(Positions="Company Name,Title\nVård & Hälsa – Malmö,Chef\n".encode("cp1252"))
    assert imported.resume["work"][0]["name"] == "Vård & Hälsa – Malmö"
    assert "Positions.csv is not UTF-8; it was read as Windows-1252" in imported.notes
    both = taken(Positions="\ufeffCompany Name,Title\nVård,Chef\n".encode("utf-16"))
    assert both.resume["work"][0]["name"] == "Vård"


def test_garbled_text_is_mended_and_marked_unsure() -> None:
    garbled = "Sjukhuset i Malmö".encode().decode("cp1252")
    imported = taken(Positions=f"Company Name,Title\n{garbled},Chef\n")
    assert imported.resume["work"][0]["name"] == "Sjukhuset i Malmö"
    assert [read.pointer for read in imported.unsure] == ["/work/0/name"]


def test_the_address_is_the_confirmed_primary_one() -> None:
    head = "Email Address,Confirmed,Primary\n"
    rows = {
        "a@x.example,Yes,No\nb@x.example,Yes,Yes\n": ("b@x.example", True),
        "a@x.example,No,Yes\nb@x.example,Yes,No\n": ("b@x.example", True),
        "a@x.example,No,Yes\nb@x.example,No,No\n": ("a@x.example", False),
    }
    for text, (address, sure) in rows.items():
        imported = taken(Email_Addresses=head + text)
        assert imported.resume["basics"]["email"] == address
        assert ("/basics/email" not in {read.pointer for read in imported.unsure}) is sure
        assert sum("Email Address: " in line for line in imported.unused) == 1


def test_private_columns_are_not_read() -> None:
    told = json.dumps(Taken(taken(), {}, []).as_dict())
    for private in ("1990", "Ek", "nobody"):
        assert f'"{private}' not in told
        assert f" {private}" not in told


def test_a_headline_alone_is_a_profile() -> None:
    imported = read_bytes(packed({"Profile.csv": "First Name,Headline\n,Nurse\n"}), NAME)
    assert imported.resume == {"basics": {"label": "Nurse"}}


def test_an_older_summary_has_a_file_of_its_own() -> None:
    files = {
        "Profile.csv": "First Name,Last Name\nMara,Lindqvist\n",
        "Profile Summary.csv": "Profile Summary\nNights.\n",
    }
    assert read_bytes(packed(files), NAME).resume["basics"]["summary"] == "Nights."


# The same as JSON


def test_the_answers_of_the_portability_api_are_read() -> None:
    imported = read_bytes(snapshot(), "snapshot.json")
    assert imported.kind == "linkedin"
    assert not imported.complete
    assert imported.resume == {
        "basics": {"name": "Mara Lindqvist", "label": "Nurse", "phone": "+46 70 174 06 45"},
        "work": [{"name": "Region Syd", "position": "Team Lead", "startDate": "2020-01"}],
    }
    text = snapshot().decode()
    for read in imported.read:
        assert read.source.file == "snapshot.json"
        assert text[: read.source.start].count("\n") + 1 == read.source.line
    assert "1 other domain was not looked at" in imported.notes
    assert "nobody" not in str(imported.notes) + str(imported.unused)


@pytest.mark.parametrize("document", [SNAPSHOT[1], [SNAPSHOT[1]]])
def test_one_answer_or_a_list_of_them(document: Any) -> None:
    imported = read_bytes(json.dumps(document).encode(), "positions.json")
    assert imported.resume["work"][0]["name"] == "Region Syd"


def test_odd_rows_of_the_json_are_named() -> None:
    rows = [None, "x", {"Titel": "Leitung"}, {"Title": 7, "Company Name": None}, {"Title": "Cook"}]
    document = {"elements": [{"snapshotDomain": "POSITIONS", "snapshotData": rows}]}
    imported = read_bytes(json.dumps(document, indent=1).encode(), "positions.json")
    assert imported.resume["work"] == [{"position": "7"}, {"position": "Cook"}]
    assert sum("not read" in note for note in imported.notes) == 3


@pytest.mark.parametrize(
    "document",
    [
        {"elements": [{"snapshotDomain": "INBOX", "snapshotData": [{"CONTENT": "x"}]}]},
        {"elements": [{"snapshotDomain": "POSITIONS", "snapshotData": []}]},
        {"elements": [{"snapshotDomain": "POSITIONS"}]},
    ],
)
def test_json_without_a_cv_in_it_is_refused(document: Any) -> None:
    with pytest.raises(InvalidInput, match="nothing of a CV"):
        read_bytes(json.dumps(document).encode(), "inbox.json")


def test_another_json_is_still_a_json_resume() -> None:
    assert read_bytes(b'{"basics": {"name": "A B"}, "elements": [1]}', "r.json").kind == "json"


# Laid over a profile


def test_the_same_export_again_changes_nothing() -> None:
    first = taken().resume
    again = merge(first, taken().resume)
    assert again.resume == first
    assert again.conflicts == []


def test_the_small_export_then_the_full_one_then_the_json() -> None:
    small = read_bytes(packed({"Profile.csv": FILES["Profile.csv"], "Positions.csv": FILES["Positions.csv"]}), NAME)
    full = merge(small.resume, taken().resume)
    assert full.conflicts == []
    assert len(full.resume["work"]) == 3
    after = merge(full.resume, read_bytes(snapshot(), "s.json").resume)
    assert len(after.resume["work"]) == 3
    assert [row["pointer"] for row in after.conflicts] == ["/basics/label"]


def test_two_roles_of_one_year_at_one_employer_stay_two() -> None:
    own = {"work": [{"name": "Region Syd", "position": "Nurse", "startDate": "2020-01"}]}
    paper = {
        "work": [
            {"name": "Region Syd", "position": "Team Lead", "startDate": "2020-06"},
            {"name": "Region Syd", "position": "Nurse", "startDate": "2020-01", "endDate": "2020-05"},
        ]
    }
    made = merge(own, paper)
    assert made.conflicts == []
    assert [(item["position"], item.get("endDate")) for item in made.resume["work"]] == [
        ("Nurse", "2020-05"),
        ("Team Lead", None),
    ]
    assert merge(made.resume, paper).resume == made.resume


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=24) | st.sampled_from(
    ["Jan 2020", "2019", "Dec 2018", "• a • b", "a@b.example", "[PERSONAL:https://x.example]", "Yes", "&amp;", "=1"]
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SHEETS)), st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=5))
def test_any_table_is_a_valid_resume_and_its_import_is_stable(sheet: str, rows: list[list[str]]) -> None:
    lines = [",".join(SHEETS[sheet].known)]
    lines += [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    table = read_table(sheet, "X.csv", "\n".join(lines))
    made, notes = understand([table])
    assert [finding for finding in check(made.resume) if not finding.warning] == []
    assert merge(made.resume, made.resume).resume == made.resume
    assert facts_of(made.resume) == facts_of(made.resume)
    for row in table.rows:
        read = any(value.source.line and row.line <= value.source.line for value in made.reads)
        assert read or any(f"line {row.line}" in words for words in (*notes, *made.unused)), (row, notes)


VALUES = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | CELLS
KEYS = st.sampled_from(["First Name", "Title", "Name", "COMPANY_NAME", "Started On", "School Name", "X", ""]) | CELLS
ROWS = st.lists(st.dictionaries(KEYS, VALUES, max_size=5) | VALUES, max_size=4) | st.dictionaries(KEYS, VALUES) | VALUES
DOMAINS = st.sampled_from(["PROFILE", "POSITIONS", "SKILLS", "EDUCATION", "HONORS", "PHONE_NUMBERS", "INBOX", ""])
ELEMENTS = st.fixed_dictionaries({"snapshotDomain": DOMAINS | VALUES}, optional={"snapshotData": ROWS})
PAGES = st.fixed_dictionaries({"elements": st.lists(ELEMENTS | VALUES, max_size=4)})


@settings(max_examples=200, deadline=None)
@given(PAGES | st.lists(PAGES | VALUES, max_size=3))
def test_any_answer_of_the_api_is_read_or_refused(document: Any) -> None:
    data = json.dumps(document, ensure_ascii=False).replace("\x00", "").encode()
    with contextlib.suppress(InvalidInput):
        imported = read_bytes(data, "snapshot.json")
        assert [finding for finding in check(imported.resume) if not finding.warning] == []
        assert all(read.source.line for read in imported.read if read.pointer != "/skills/0/name") or imported.complete


LONG = 20_000
CELL = {
    "one word": "a" * LONG,
    "links": "http://" * (LONG // 7),
    "many links": "a.example," * (LONG // 10),
    "brackets": "[" * LONG,
    "degrees": "x in A " * (LONG // 7),
    "bullets": "• a " * (LONG // 4),
    "dashes": "- a\n" * (LONG // 4),
    "dates": "Jan 2020 " * (LONG // 9),
    "entities": "&amp;" * (LONG // 5),
    "commas": "a," * (LONG // 2),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", CELL.values(), ids=CELL)
def test_a_hostile_cell_in_any_column_comes_back(text: str) -> None:
    for sheet, columns in SHEETS.items():
        for column in columns.known:
            cells = {**dict.fromkeys(columns.needs, "x"), column: text}
            table = read_table(
                sheet, "X.csv", ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values())
            )
            made, _ = understand([table])
            assert merge(made.resume, made.resume).resume == made.resume
            assert len(facts_of(made.resume)) < 6000


def test_what_is_far_longer_than_a_cv_is_read_to_a_limit_and_it_is_said() -> None:
    many = taken(Positions='Company Name,Description\nAcme,"' + "\n".join(f"• did {n}" for n in range(150)) + '"\n')
    assert len(many.resume["work"][0]["highlights"]) == 100
    assert any("only the first 100 of 150 bullets" in note for note in many.notes)
    rows = "".join(f'Firm {n},"{"word " * 2000}"\n' for n in range(60))
    long = taken(Positions="Company Name,Description\n" + rows)
    assert 20 < len(long.resume["work"]) < 40
    assert any("nor the rows after it" in note for note in long.notes)
