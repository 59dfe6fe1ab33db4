"""The tables people have of ESCO and O*NET, recognised by their header; column names are compared by their letters.

ESCO as published (`conceptUri, preferredLabel, altLabels, …`; relations between uris), as Tabiya's CSV (`ORIGINURI, ID,
PREFERREDLABEL, ALTLABELS`; relations between its own ids), and bare label lists (`concept_uri, preferred_label`;
`id, label`; `uri, title, isco_code`). O*NET's text files are tab separated.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from jobbot.features.skills.imported.model import ENGLISH, LANGUAGES, SetName
from jobbot.kernel.errors import InvalidInput, Problem

MAX_ROWS = 400_000
MAX_CELL = 60_000
"""Characters of a cell; below the limit of `csv` itself (131,072), which names no reason."""

_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("concepturi", "originuri", "uri"), "uri"),
    "id": "id",
    **dict.fromkeys(("preferredlabel", "label", "title"), "label"),
    **dict.fromkeys(("altlabels", "hiddenlabels"), "alt"),
    "skilltype": "kind",
    "concepttype": "concept",
    "reuselevel": "reuse",
    **dict.fromkeys(("iscogroupcode", "iscocode", "iscogroup"), "isco"),
    "code": "code",
    "description": "about",
    **dict.fromkeys(("parentid", "broaderuri"), "parent"),
    "childid": "child",
    **dict.fromkeys(("requiringid", "originalskilluri"), "from"),
    **dict.fromkeys(("requiredid", "relatedskilluri"), "to"),
    "relationtype": "relation",
    **dict.fromkeys(("occupationuri", "occupationid"), "occupation"),
    **dict.fromkeys(("skilluri", "skillid"), "skill"),
    "onetsoccode": "soc",
    "alternatetitle": "alternate",
    "example": "example",
    "commoditycode": "commodity",
    "commoditytitle": "commodity title",
}
_LABELLED = re.compile(r"^(preferredlabel|altlabels|hiddenlabels)(en|de|fr|es)$")
_LANGUAGE = re.compile(r"[_.-](en|de|fr|es)(?=[_.-]|$)", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:^|[^a-z0-9])v?(\d{1,2})[._](\d{1,2})(?:[._](\d{1,2}))?(?=[^0-9]|$)|v(\d)(\d)(\d)(?=\D|$)", re.I
)
_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}


class _Tabs(csv.Dialect):
    """O*NET's text files quote nothing."""

    delimiter = "\t"
    quoting = csv.QUOTE_NONE
    lineterminator = "\n"
    strict = True


@dataclass(frozen=True, slots=True)
class Layout:
    """`needs` are the columns it is known by; `near` those that show it was meant although one is missing."""

    name: str
    set: SetName
    delimiter: str
    needs: frozenset[str]
    near: frozenset[str] = field(default_factory=frozenset)
    right: str = ""


_RELATIONS = "originalSkillUri, relationType, relatedSkillUri"
LAYOUTS: tuple[Layout, ...] = (
    Layout("O*NET alternate titles", "onet", "\t", frozenset(["soc", "alternate"])),
    Layout("O*NET technology skills", "onet", "\t", frozenset(["soc", "example", "commodity", "commodity title"])),
    Layout("O*NET occupations", "onet", "\t", frozenset(["soc", "label"])),
    Layout("O*NET", "onet", "\t", frozenset(["?"]), frozenset(["soc"]), "O*NET-SOC Code and Title, or Alternate Title"),
    Layout("occupation skills", "esco", ",", frozenset(["occupation", "skill"])),
    Layout("skill relations", "esco", ",", frozenset(["from", "to"])),
    Layout("skill relations", "esco", ",", frozenset(["from", "to"]), frozenset(["from", "to"]), _RELATIONS),
    Layout("hierarchy", "esco", ",", frozenset(["parent", "child"])),
    Layout("hierarchy", "esco", ",", frozenset(["parent", "uri"])),
    Layout("labels", "esco", ",", frozenset(["uri", "label"])),
    Layout("labels", "esco", ",", frozenset(["id", "label"])),
    Layout("labels", "esco", ",", frozenset(["uri"]), frozenset(["uri"]), "conceptUri, preferredLabel, altLabels"),
)
NEEDS_LABEL = LAYOUTS[-1]


class Row(NamedTuple):
    """Cells by column; several cells of one column (altLabels, hiddenLabels) are joined by newlines."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised table: its layout, the language of its labels, and its rows."""

    name: str
    layout: Layout
    language: str
    version: str
    text: str
    columns: tuple[tuple[str, str], ...]
    """Column and language of each cell in a row; "" for a column that is not read."""

    def rows(self) -> Iterator[Row | tuple[int, str]]:
        """Rows, or (line, reason) of those that cannot be used. Raises InvalidInput where the file breaks off."""
        text, tabs = io.StringIO(self.text, newline=""), self.layout.delimiter == "\t"
        reader = csv.reader(text, _Tabs) if tabs else csv.reader(text, strict=True)
        line = 0
        try:
            for number, cells in enumerate(reader):
                start, line = line + 1, reader.line_num
                if number > MAX_ROWS:
                    raise wrong(self.name, start, f"more than {MAX_ROWS} rows", "point at a taxonomy's own tables")
                if number and cells:
                    yield self._row(start, cells)
        except csv.Error as error:
            raise wrong(self.name, line + 1, f"the row cannot be read ({error})", "was the file cut short?") from None

    def _row(self, line: int, cells: list[str]) -> Row | tuple[int, str]:
        if len(cells) != len(self.columns):
            return line, f"{len(cells)} columns, the header has {len(self.columns)}"
        if any(len(cell) > MAX_CELL for cell in cells):
            return line, f"a cell of more than {MAX_CELL} characters"
        found: dict[str, str] = {}
        for (column, language), cell in zip(self.columns, cells, strict=True):
            key = f"{column}:{language}" if language else column
            if column and cell.strip():
                found[key] = f"{found[key]}\n{cell.strip()}" if key in found else cell.strip()
        return Row(line, found)


def table(name: str, data: bytes, wanted: SetName) -> Table | str:
    """The table in these bytes, or why it is none of the wanted set's.

    Raises InvalidInput where it is one that cannot be read: encoding, separator or a column is wrong (line named).
    """
    text = decode(name, data)
    first = text.split("\n", 1)[0].rstrip("\r")
    found = _recognised(first, wanted)
    if found is None:
        return "its header is not that of a known table"
    layout, delimiter = found
    if layout.right:
        raise wrong(
            name, 1, f"a column is missing; there are: {', '.join(_cells(first, delimiter))[:200]}", layout.right
        )
    if delimiter != layout.delimiter:
        meant, is_ = _DELIMITERS[layout.delimiter], _DELIMITERS[delimiter]
        raise wrong(name, 1, f"the columns are separated by {is_}", f"save it with {meant} between the columns")
    language = _LANGUAGE.search(name)
    columns = tuple(_column(cell) for cell in _cells(first, delimiter))
    code = language.group(1).lower() if language else ENGLISH
    return Table(name, layout, code, version_in(name), text, columns)


def decode(name: str, data: bytes) -> str:
    """UTF-8 with or without a mark. Raises InvalidInput with the line of the first byte that is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise wrong(name, line, f"not UTF-8 (byte 0x{data[error.start]:02x})", "save it as UTF-8") from None
    at = text.find("\0")
    if at >= 0:
        raise wrong(name, text.count("\n", 0, at) + 1, "a NUL character: this is no text", "save it as UTF-8")
    return text


def version_in(name: str) -> str:
    """
    >>> version_in("tabiya_v111_occupations.csv"), version_in("ESCO dataset - v1.2.0 - en.zip/skills_en.csv")
    ('1.1.1', '1.2.0')
    >>> version_in("db_29_0_text/Occupation Data.txt"), version_in("skills_en.csv")
    ('29.0', '')
    """
    match = _VERSION.search(name)
    return ".".join(part for part in match.groups() if part) if match else ""


def wrong(name: str, line: int | None, problem: str, fix: str) -> InvalidInput:
    """The error of one place in one file."""
    found = Problem(problem, fix, name, line)
    return InvalidInput(str(found), errors=[found])


def _recognised(first: str, wanted: SetName) -> tuple[Layout, str] | None:
    """The layout of a header line and its separator; the separator that the layout should have is tried first."""
    for delimiter in sorted(_DELIMITERS, key=lambda sign: sign != ("\t" if wanted == "onet" else ",")):
        columns = frozenset(column for column, _ in (_column(cell) for cell in _cells(first, delimiter)) if column)
        for layout in (layout for layout in LAYOUTS if layout.set == wanted):
            if layout.needs <= columns and not layout.right:
                return layout, delimiter
        if len(columns) > 1 or delimiter == ",":
            near = next((one for one in LAYOUTS if one.set == wanted and one.right and one.near & columns), None)
            if near is not None:
                return near, delimiter
    return None


def _cells(first: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return []


def _column(cell: str) -> tuple[str, str]:
    plain = re.sub("[^a-z]", "", cell.lower())
    labelled = _LABELLED.match(plain)
    if labelled and labelled.group(2) in LANGUAGES:
        return _COLUMNS[labelled.group(1)], labelled.group(2)
    return _COLUMNS.get(plain, ""), ""
