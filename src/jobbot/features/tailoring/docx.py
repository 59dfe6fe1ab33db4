"""The same units as a Word document with real headings and lists: for portals that take nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobbot.features.tailoring.model import Unit, UnitKind
from jobbot.features.tailoring.page import Page

_FONT = "Calibri"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_A4, _LETTER = (210, 297), (215.9, 279.4)


def document(units: Sequence[Unit], page: Page, at: datetime) -> bytes:
    """The bytes of a DOCX; the same input gives the same bytes."""
    from docx import Document

    made = Document()
    _sheet(made, page, at)
    for unit in units:
        _write(made, unit)
    out = io.BytesIO()
    made.save(out)
    return _fixed(out.getvalue())


def _sheet(made: Any, page: Page, at: datetime) -> None:
    from docx.shared import Mm, Pt

    section = made.sections[0]
    width, height = _A4 if page.paper == "a4" else _LETTER
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(15)
    for name, size, before in (("Normal", 10, 2), ("Title", 20, 0), ("Heading 1", 12, 9), ("Heading 2", 10.5, 5)):
        style = made.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(1)
    made.styles["List Bullet"].paragraph_format.space_after = Pt(1)
    core = made.core_properties
    core.title, core.author, core.language = (_property(text) for text in (page.title, page.author, page.language))
    core.created = core.modified = at.replace(tzinfo=None)
    core.comments, core.last_modified_by = "", _property(page.author)


def _write(made: Any, unit: Unit) -> None:
    if unit.kind is UnitKind.NAME:
        made.add_paragraph(_clean(unit.text), style="Title")
    elif unit.kind is UnitKind.SECTION:
        made.add_heading(_clean(unit.text), 1)
    elif unit.kind is UnitKind.ROLE:
        heading = made.add_heading("", 2)
        heading.add_run(_clean(unit.parts[0]))
        for part, mark in zip(unit.parts[1:], (", ", " · "), strict=True):
            if part:
                heading.add_run(mark + _clean(part)).bold = False
    elif unit.kind is UnitKind.BULLET:
        made.add_paragraph(_clean(unit.text), style="List Bullet")
    elif unit.kind is UnitKind.CONTACT:
        made.add_paragraph(_clean(" · ".join(line.text for line in unit.lines)))
    elif unit.kind is UnitKind.ROW:
        label, words = unit.parts
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{_clean(label)}: " if label else "").bold = True
        paragraph.add_run(_clean(words))
    else:
        made.add_paragraph(_clean(unit.text))


def _property(text: str) -> str:
    """A document property; Word's have at most 255 characters."""
    return _clean(text)[:255]


def _clean(text: str) -> str:
    """Without the control characters XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _fixed(data: bytes) -> bytes:
    """The archive with one fixed moment in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(zipfile.ZipInfo(info.filename, _EPOCH), source.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
