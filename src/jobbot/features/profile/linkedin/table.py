"""The text of a CSV file as rows whose every cell knows where it stands. Pure.

Python's `csv` forgets positions and lets a quote that is never closed swallow the rest of the file. Here such a quote
is one odd row: read up to the end of its line, named, and the rows after it are read as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from jobbot.features.profile.linkedin.sheets import columns_of, strangers

MAX_ROWS = 1000
MAX_CELL = 20_000
MAX_BROKEN = 20
MAX_CELLS = 200
"""What follows in a row is its last cell, so that a line of a million commas is no million cells."""
PREAMBLE = 10
"""Rows that may stand before the header (`Notes:` and its sentence)."""


class Cell(NamedTuple):
    """The text of a cell, the line it begins in (from 1) and its half-open code-point span in the file's text, quotes
    included, each line break counted as one."""

    text: str
    line: int
    start: int
    end: int


class Record(NamedTuple):
    """One row as it stands; `odd` when a quote was opened and never closed."""

    line: int
    cells: list[Cell]
    odd: bool = False


class Row(NamedTuple):
    """One row of a sheet, its cells by the English name of their column; `short` when cells were missing."""

    line: int
    cells: dict[str, Cell]
    short: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet. `file` is its name in the archive; `notes` are for the person."""

    sheet: str
    file: str
    rows: tuple[Row, ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        rows = [[row.line, {name: list(cell) for name, cell in row.cells.items()}, row.short] for row in self.rows]
        return {"sheet": self.sheet, "file": self.file, "rows": rows, "notes": list(self.notes)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Table:
        rows = tuple(
            Row(line, {name: Cell(*cell) for name, cell in cells.items()}, short) for line, cells, short in data["rows"]
        )
        return cls(data["sheet"], data["file"], rows, tuple(data["notes"]))


class ForeignHeader(Exception):
    """No row of a file names the columns of its sheet; `header` is what stands there."""

    def __init__(self, header: list[str]) -> None:
        super().__init__()
        self.header = header


def read(sheet: str, file: str, text: str) -> Table:
    """The table of one file. A file without a row is an empty table. Raises ForeignHeader."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return Table(sheet, file, (), (f"{file} is empty",))
    for mark in ",;\t":
        rows = records(text, mark)
        for _, record in zip(range(PREAMBLE), rows, strict=False):
            header = [cell.text.strip() for cell in record.cells]
            if columns := columns_of(sheet, header):
                return _table(sheet, file, header, columns, rows)
    first = next(records(text), Record(1, []))
    raise ForeignHeader([cell.text.strip()[:40] for cell in first.cells][:20])


def records(text: str, mark: str = ",") -> Iterator[Record]:
    """All rows that are not blank. Never fails: every character of the text is in a cell or between two."""
    quoted, bare = _patterns(mark)
    at, line = 0, 1
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at, line = blank.end(), line + text.count("\n", at, blank.end())
            continue
        cells: list[Cell] = []
        begin, odd, more = line, False, True
        while more:
            full = len(cells) == MAX_CELLS
            match = None if odd or full else quoted.match(text, at)
            value = match[1].replace('""', '"') if match else ""
            if match is None:
                match = (_LINE if full else bare).match(text, at)
                value = match[0] if match else ""
                odd = odd or value.lstrip().startswith('"')
            end = match.end() if match else at
            cells.append(Cell(value, line, at, end))
            line += text.count("\n", at, end)
            more = text[end : end + 1] == mark
            at = end + 1
        line += 1
        if len(cells) > 1 or text[cells[0].start : cells[0].end].strip():
            yield Record(begin, cells, odd)


_BLANK = re.compile(r"[ \t\n]*\n")
_LINE = re.compile(r"[^\n]*")


@cache
def _patterns(mark: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A quoted cell ends at a quote before a mark or a line's end; any other quote in it is a character."""
    end = rf"[ \t]*(?:{mark}|\n|\Z)" if mark != "\t" else r" *(?:\t|\n|\Z)"
    blank = r"[ \t]*" if mark != "\t" else " *"
    quoted = re.compile(rf'{blank}"((?:[^"]++|""|"(?!{end}))*+)"{blank}(?={mark}|\n|\Z)')
    return quoted, re.compile(rf"[^{mark}\n]*")


def _table(sheet: str, file: str, header: list[str], columns: dict[int, str], rows: Iterator[Record]) -> Table:
    made: list[Row] = []
    notes: list[str] = []
    broken = 0
    if names := strangers(sheet, header):
        notes.append(f"{file}: not read, since nothing is known of them: the columns {', '.join(names)[:300]}")
    for record in rows:
        if len(made) >= MAX_ROWS:
            notes.append(f"{file}, line {record.line}: only the first {MAX_ROWS:,} rows were read")
            break
        if problem := _problem(record, header):
            notes.append(f"{file}, line {record.line}: not read: {problem}")
            broken += 1
            if broken == MAX_BROKEN:
                notes.append(f"{file}: the rows after line {record.line} were not read, since so many were broken")
                break
            continue
        cells = {name: record.cells[index] for index, name in columns.items() if index < len(record.cells)}
        notes += [
            f"{file}, line {cell.line}, {name}: only the first {MAX_CELL:,} characters were read"
            for name, cell in cells.items()
            if len(cell.text) > MAX_CELL
        ]
        cells = {name: cell._replace(text=cell.text[:MAX_CELL]) for name, cell in cells.items() if cell.text.strip()}
        made.append(Row(record.line, cells, len(record.cells) < len(header)))
    if not made and not notes:
        notes.append(f"{file} has no row below its header")
    return Table(sheet, file, tuple(made), tuple(notes))


def _problem(record: Record, header: list[str]) -> str:
    """Why the cells of a row cannot be trusted to stand under their columns, "" when they can."""
    if record.odd:
        return "a quote is opened in it and never closed"
    if any(cell.text.strip() for cell in record.cells[len(header) :]):
        return f"it has {len(record.cells)} cells and there are {len(header)} columns (a quote or a comma too many)"
    if [cell.text.strip() for cell in record.cells] == header:
        return "it is the header once more"
    return ""
