"""CSV text to rows: positions, odd quotes, and nothing lost in silence."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobbot.features.profile.linkedin.sheets import SHEETS, sheet_of
from jobbot.features.profile.linkedin.table import (
    MAX_BROKEN,
    MAX_CELL,
    MAX_CELLS,
    MAX_ROWS,
    ForeignHeader,
    read,
    records,
)

PIECES = st.sampled_from(
    ['"', '""', ",", "\n", "\r\n", " ", "a", "ö", "Name", "Title", "=1", "\t", ";", "\x00", "2020"]
)


def test_a_cell_knows_its_line_and_its_span() -> None:
    text = 'Company Name,Title,Description\r\nAcme,"Lead, ""A""","one\r\ntwo"\r\nHill,Nurse,\r\n'
    rows = read("positions", "Positions.csv", text).rows
    flat = text.replace("\r\n", "\n")
    assert [row.line for row in rows] == [2, 4]
    title = rows[0].cells["Title"]
    assert (title.text, title.line) == ('Lead, "A"', 2)
    assert flat[title.start : title.end] == '"Lead, ""A"""'
    assert rows[0].cells["Description"].text == "one\ntwo"
    assert "Description" not in rows[1].cells


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), max_size=6))
def test_what_python_writes_is_read_back(table: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(table)
    found = [[cell.text for cell in record.cells] for record in records(stream.getvalue())]
    assert found == table


@given(st.lists(PIECES, max_size=60).map("".join))
@example('"a\n"b"\n')
@example('a,"b')
def test_no_character_of_a_text_is_lost(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    covered = [False] * len(text)
    for record in records(text):
        assert text[: record.cells[0].start].count("\n") + 1 == record.line
        for cell in record.cells:
            covered[cell.start : cell.end] = [True] * (cell.end - cell.start)
    left = {character for character, inside in zip(text, covered, strict=True) if not inside}
    assert left <= {",", "\n", " ", "\t"}


@given(st.sampled_from(sorted(SHEETS)), st.lists(PIECES, max_size=60).map("".join))
def test_every_row_is_read_or_named(sheet: str, body: str) -> None:
    header = ",".join(SHEETS[sheet].known)
    made = read(sheet, "X.csv", f"{header}\n{body}")
    text = f"{header}\n{body}".replace("\r\n", "\n").replace("\r", "\n")
    lines = [record.line for record in list(records(text))[1:]]
    told = {row.line for row in made.rows}
    for line in lines:
        assert line in told or any(f"line {line}: not read" in note for note in made.notes), (line, made)


@given(st.sampled_from(sorted(SHEETS)), st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_a_table_or_a_foreign_header(sheet: str, text: str) -> None:
    with contextlib.suppress(ForeignHeader):
        made = read(sheet, "X.csv", text)
        assert made.rows or made.notes


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    text = 'Name,Proficiency\nSwedish,"native\nEnglish,good\n'
    made = read("languages", "Languages.csv", text)
    assert [row.cells["Name"].text for row in made.rows] == ["English"]
    assert made.notes == ("Languages.csv, line 2: not read: a quote is opened in it and never closed",)


def test_a_row_with_a_cell_too_many_is_named_and_a_short_one_is_marked() -> None:
    made = read("languages", "Languages.csv", "Name,Proficiency\nSwedish,good,more\nEnglish\nDanish,good,,\n")
    assert [(row.cells["Name"].text, row.short) for row in made.rows] == [("English", True), ("Danish", False)]
    assert "line 2: not read: it has 3 cells and there are 2 columns" in made.notes[0]


@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_an_empty_file_says_so(text: str) -> None:
    assert "empty" in read("skills", "Skills.csv", text.lstrip("\ufeff")).notes[0]


def test_a_header_alone_says_so() -> None:
    assert read("skills", "Skills.csv", "Name\n").notes == ("Skills.csv has no row below its header",)


def test_words_before_the_header_are_passed_over() -> None:
    made = read("skills", "Skills.csv", 'Notes:\n"about this, file"\n\nName\nTriage\n')
    assert [row.cells["Name"].text for row in made.rows] == ["Triage"]


def test_a_table_saved_again_by_a_spreadsheet_is_read() -> None:
    made = read("languages", "Languages.csv", "name;proficiency\nSwedish;good\n")
    assert made.rows[0].cells["Proficiency"].text == "good"


def test_a_localised_header_is_told() -> None:
    with pytest.raises(ForeignHeader) as refused:
        read("positions", "Positions.csv", "Firmenname,Position,Beschreibung\nAcme,Leitung,\n")
    assert refused.value.header == ["Firmenname", "Position", "Beschreibung"]


def test_columns_nobody_knows_are_named() -> None:
    made = read("skills", "Skills.csv", "Rank,Name\n1,Triage\n")
    assert made.rows[0].cells["Name"].text == "Triage"
    assert "the columns Rank" in made.notes[0]


def test_limits_are_said() -> None:
    rows = read("skills", "Skills.csv", "Name\n" + "x\n" * (MAX_ROWS + 5))
    assert len(rows.rows) == MAX_ROWS
    assert f"only the first {MAX_ROWS:,} rows" in rows.notes[-1]
    cell = read("skills", "Skills.csv", "Name\n" + "x" * (MAX_CELL + 5))
    assert len(cell.rows[0].cells["Name"].text) == MAX_CELL
    assert "characters were read" in cell.notes[0]
    broken = read("skills", "Skills.csv", "Name\n" + '"x\n' * (MAX_BROKEN + 20))
    assert "so many were broken" in broken.notes[-1]


@pytest.mark.parametrize(
    ("stem", "sheet"),
    [
        ("Profile", "profile"),
        ("profile (1)", "profile"),
        ("EMAIL_ADDRESSES", "email addresses"),
        ("Email Addresses", "email addresses"),
        ("Volunteer Experiences", "volunteering"),
        ("VOLUNTEERING_EXPERIENCES", "volunteering"),
        ("messages", ""),
        ("Invitations", ""),
        ("Connections", ""),
        ("._Profile", ""),
        ("Recommendations_Received", ""),
        ("Endorsement_Received_Info", ""),
    ],
)
def test_only_sheets_of_the_list_are_sheets(stem: str, sheet: str) -> None:
    assert sheet_of(stem) == sheet


HOSTILE = {
    "quotes": '"' * 1_000_000,
    "commas": "," * 1_000_000,
    "open quotes": '"a,' * 300_000,
    "open quotes in lines": '"a\n' * 100_000,
    "lines": "\n" * 1_000_000,
    "one cell": "a" * 1_000_000,
    "empty pairs": '"",' * 300_000,
    "a quote in a word": '"a"b' * 200_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_come_back(text: str) -> None:
    made = read("positions", "Positions.csv", f"Company Name,Title\n{text}")
    assert made.notes
    assert len(made.rows) <= 1


def test_a_row_of_very_many_cells_ends_in_one() -> None:
    (record,) = records(",".join("abc" * 200))
    assert len(record.cells) == MAX_CELLS + 1
    assert record.cells[-1].text.startswith("c,a,b")
