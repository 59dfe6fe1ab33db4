"""Lines of a DOCX: paragraphs, tables, text boxes and page headers in their order. Runs in the limited process "
"only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jobbot.features.profile.reading.lines import Line, Pages, marked, placed, plain
from jobbot.features.profile.reading.pdf import MAX_CHARACTERS, Unreadable
from jobbot.features.profile.understanding.headings import section_of

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def read(data: bytes) -> Pages:
    """Raises Unreadable."""
    import docx

    _check(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception:  # whatever the library stumbles over, the file is broken
        raise Unreadable("broken") from None
    body = [line for line in _body(document) if line.text]
    if sum(len(line.text) for line in body) < 20:
        raise Unreadable("empty")
    return Pages(placed(body), False)


def _check(data: bytes) -> None:
    """Refuse what is not a plain small package: too many parts, too large unpacked, packed too tightly, with a "
    "DTD."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            size = sum(part.file_size for part in parts)
            tight = any(part.file_size > MAX_RATIO * max(part.compress_size, 1) + 1_000_000 for part in parts)
            if len(parts) > MAX_ENTRIES or size > MAX_UNPACKED or tight:
                raise Unreadable("bomb")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096):
                            raise Unreadable("broken")
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError):
        raise Unreadable("broken") from None


def _body(document: Any) -> Iterator[Line]:
    styles = _Styles(document)
    main: list[Line] = []
    beside: list[Line] = []
    for element in _head_elements(document):
        main.extend(_element(element, styles, beside))
    for element in document.element.body.iterchildren():
        main.extend(_element(element, styles, beside))
        if sum(len(line.text) for line in main) > MAX_CHARACTERS:
            break
    yield from main
    yield from beside


def _head_elements(document: Any) -> Iterator[Any]:
    section = document.sections[0] if len(document.sections) else None
    if section is not None and not section.header.is_linked_to_previous:
        yield from section.header._element.iterchildren()


def _element(element: Any, styles: _Styles, beside: list[Line]) -> Iterator[Line]:
    if element.tag == f"{_W}p":
        yield from _paragraph(element, styles)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
                for child in box.iterchildren():
                    beside.extend(_element(child, styles, beside))
    elif element.tag == f"{_W}tbl":
        yield from _table(element, styles, beside)
    elif element.tag == f"{_W}sdt":
        for content in element.iterchildren(f"{_W}sdtContent"):
            for child in content.iterchildren():
                yield from _element(child, styles, beside)


def _table(table: Any, styles: _Styles, beside: list[Line]) -> Iterator[Line]:
    """A table of layout (cells with headings) is read cell by cell, the larger first; any other row by row."""
    rows = [
        [list(_cell(cell, styles, beside)) for cell in row.iter(f"{_W}tc")] for row in table.iterchildren(f"{_W}tr")
    ]
    columns = max((len(row) for row in rows), default=0)
    layout = columns == 2 and any(
        len(cell) >= 4 and any(section_of(line.text) for line in cell) for row in rows for cell in row
    )
    if layout:
        sides = [[line for row in rows if len(row) > i for line in row[i]] for i in range(columns)]
        sides.sort(key=lambda side: -sum(len(line.text) for line in side))
        yield from sides[0]
        beside.extend(line for side in sides[1:] for line in side)
        return
    for row in rows:
        yield from _row([cell for cell in row if cell])


def _row(cells: list[list[Line]]) -> Iterator[Line]:
    """First lines of the cells are one line, the rest follows."""
    if not cells:
        return
    firsts = [cell[0] for cell in cells]
    if len(cells) == 1 or any(line.mark for line in firsts):
        for cell in cells:
            yield from cell
        return
    if len(firsts[-1].text) > 110 and len(cells) == 2:
        yield from firsts
    else:
        yield replace(firsts[-1], text="\t".join(line.text for line in firsts))
    for cell in cells:
        yield from cell[1:]


def _cell(cell: Any, styles: _Styles, beside: list[Line]) -> Iterator[Line]:
    for child in cell.iterchildren():
        if child.tag in (f"{_W}p", f"{_W}tbl", f"{_W}sdt"):
            yield from (line for line in _element(child, styles, beside) if line.text)


def _paragraph(element: Any, styles: _Styles) -> Iterator[Line]:
    """A paragraph; a line break in it makes two lines."""
    pieces, bold, plain_text = [], 0, 0
    for run in element.iter(f"{_W}r"):
        if any(parent.tag == f"{_W}txbxContent" for parent in run.iterancestors()) and not _in_box(element):
            continue
        text = _run_text(run)
        pieces.append(text)
        if _is_bold(run):
            bold += len(text.strip())
        plain_text += len(text.strip())
    listed, level, size = styles.of(element)
    for text in plain("".join(pieces)).split("\n"):
        mark, rest = marked(text)
        rest = re.sub(r"\t+", "\t", rest.strip())
        yield Line(
            rest,
            1,
            0,
            size,
            bool(bold and 2 * bold > plain_text),
            0.0,
            False,
            0.5,
            mark or ("•" if listed else ""),
            level,
        )


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


def _in_box(element: Any) -> bool:
    return any(parent.tag == f"{_W}txbxContent" for parent in element.iterancestors())


def _run_text(run: Any) -> str:
    parts = []
    for child in run.iterchildren():
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


class _Styles:
    """What a paragraph's style says: list item, heading level, size in points."""

    def __init__(self, document: Any) -> None:
        self.names = {style.style_id: style.name or "" for style in document.styles}

    def of(self, element: Any) -> tuple[bool, int, float]:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = self.names.get(style.get(f"{_W}val"), "") if style is not None else ""
        numbered = element.find(f"{_W}pPr/{_W}numPr") is not None
        heading = re.match(r"(?i)(?:heading|überschrift|titre|título|rubrik)\s*(\d)", name)
        level = int(heading.group(1)) + 1 if heading else (1 if name in ("Title", "Titel") else 0)
        size = element.find(f"{_W}r/{_W}rPr/{_W}sz")
        points = int(size.get(f"{_W}val", "0")) / 2 if size is not None else 0.0
        return numbered or name.casefold().startswith("list"), level, points
