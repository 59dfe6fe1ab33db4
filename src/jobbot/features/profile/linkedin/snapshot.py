"""The same sheets as JSON: what LinkedIn's Member Snapshot API answers to members in the EEA and Switzerland.

    {"elements": [{"snapshotDomain": "POSITIONS", "snapshotData": [{"Company Name": "...", ...}]}], "paging": {...}}

The keys of a row are the columns of the archive (documented for PROFILE, recorded by readers for the others); a domain
may come on several pages, so a list of such answers is taken too.
Source: learn.microsoft.com, linkedin/dma/member-data-portability/shared/member-snapshot-api.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from jobbot.features.profile.linkedin.sheets import SHEETS, columns_of, sheet_of, strangers
from jobbot.features.profile.linkedin.table import MAX_CELL, MAX_ROWS, Cell, Row, Table
from jobbot.features.profile.positions import Positions, escape


def is_snapshot(document: Any) -> bool:
    """Whether a JSON document is one answer of the API, or a list of them."""
    return any(True for _ in _elements(document))


def tables(document: Any, positions: Positions, file: str) -> tuple[list[Table], list[str]]:
    """The sheets in it, each value with its line and span in the JSON text, and notes for the person."""
    rows: dict[str, list[Row]] = defaultdict(list)
    notes: list[str] = []
    closed = 0
    for pointer, element in _elements(document):
        sheet = sheet_of(str(element["snapshotDomain"]))
        closed += not sheet
        data = element.get("snapshotData")
        items = list(enumerate(data)) if isinstance(data, list) else [(None, data)]
        for index, item in items if sheet else []:
            place = f"{pointer}/snapshotData" + (f"/{index}" if index is not None else "")
            row = _row(sheet, item, place, positions)
            if isinstance(row, str):
                notes.append(f"{file}, line {positions.line(place) or 1}: not read: {row}")
            elif len(rows[sheet]) < MAX_ROWS:
                rows[sheet].append(row)
    if closed:
        notes.append(f"{closed} other {'domain was' if closed == 1 else 'domains were'} not looked at")
    return [Table(sheet, file, tuple(rows[sheet])) for sheet in SHEETS if rows[sheet]], notes


def _elements(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pointer and value of every element that names its domain."""
    pages = enumerate(document) if isinstance(document, list) else [(None, document)]
    for number, page in pages:
        elements = page.get("elements") if isinstance(page, dict) else None
        for index, element in enumerate(elements if isinstance(elements, list) else ()):
            if isinstance(element, dict) and isinstance(element.get("snapshotDomain"), str):
                yield f"{'' if number is None else f'/{number}'}/elements/{index}", element


def _row(sheet: str, item: Any, pointer: str, positions: Positions) -> Row | str:
    """One row, or why it is none. What is no text (null, a number in a text's place) is as good as missing."""
    if not isinstance(item, dict):
        return "a row is an object of columns and texts"
    keys = list(item)
    columns = columns_of(sheet, keys)
    if not columns:
        return f"none of its columns is known: {', '.join(strangers(sheet, keys))[:200] or '(none)'}"
    cells = {}
    for index, name in columns.items():
        value = item[keys[index]]
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        place = positions.places.get(f"{pointer}/{escape(keys[index])}")
        if isinstance(text, str) and text.strip() and place:
            cells[name] = Cell(text[:MAX_CELL], place.line, place.start, place.end)
    return Row(positions.line(pointer) or 1, cells)
