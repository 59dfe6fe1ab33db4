"""Lines joined to what they were before the page broke them: list items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jobbot.features.profile.reading.lines import Line
from jobbot.features.profile.understanding import dateranges
from jobbot.features.profile.understanding.found import Found, found

NEAR = 100
"""Characters, or lines, before a line that can tell whether it goes on."""

_WORD_BREAK = re.compile(r"[^\W\d_]-$")
_LABEL = re.compile(r"^[^:,]{2,44}:\s")
_LOWER = re.compile(r"^[a-zß-öø-ÿ(&%+]")
_OPEN_END = re.compile(
    r"[,;&(/–-]$|\b(?:and|or|of|the|a|an|to|for|with|in|on|at|by|und|der|die|das|von|mit|für|et|de|la|y|och|med|av)$"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A list item (`mark` set) or a paragraph; `lines` are where it stands."""

    text: str
    lines: tuple[Line, ...] = field(repr=False)
    mark: str = ""

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def item(self) -> bool:
        return bool(self.mark)

    def found(self, value: str = "", confidence: float = 0.9) -> Found:
        return found(value or self.text, self.lines, confidence)


def blocks(lines: Iterable[Line], *, wrapped: bool, listed: bool = False) -> list[Block]:
    """The blocks of a section in order. Only where lines are `wrapped` is a line ever joined to the one before; in
    `listed` sections (skills, languages, certificates) only where the line above cannot be whole."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and wrapped and (list_goes_on if listed else goes_on)(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(joined([line.text for line in group]), tuple(group), group[0].mark) for group in groups]


def goes_on(group: list[Line], line: Line) -> bool:
    """Whether `line` continues the block above it."""
    head, last = group[0], group[-1]
    if line.mark or line.level or abs(line.size - last.size) > 0.6:
        return False
    if line.page == last.page and line.gap > max(1.0, 1.6 * _usual_gap(group)):
        return False
    if head.mark:
        return _item_goes_on(head, last, line)
    if line.bold != last.bold or "\t" in last.text or "\t" in line.text or _dated(last.text) or _dated(line.text):
        return False
    if _OPEN_END.search(last.text) and last.full:
        return True
    return last.full and (bool(_LOWER.match(line.text)) or not _ends(last.text) or len(last.text) > 70)


def list_goes_on(group: list[Line], line: Line) -> bool:
    """Whether `line` continues the list entry above it: a bracket or comma is open, or it wraps in lower case."""
    head, last = group[0], group[-1]
    if line.mark or line.level or _LABEL.match(line.text) or abs(line.size - last.size) > 0.6 or line.bold != last.bold:
        return bool(head.mark) and _item_goes_on(head, last, line) and not (line.mark or line.level or line.bold)
    text = " ".join(part.text for part in group)
    if text.count("(") > text.count(")") or _OPEN_END.search(last.text):
        return True
    if head.mark and line.indent >= head.indent - 1.5 and line.size and line.page == last.page:
        return True
    if not last.full:
        return False
    if _LOWER.match(line.text):
        return True
    dated = dateranges.find(line.text) is not None and not dateranges.find(last.text)
    return dated or ((text.count(",") >= 2 and bool(_LABEL.match(head.text))) or text.count(",") >= 4)


def joined(texts: list[str]) -> str:
    """Lines as one text; a word broken by a hyphen at the end of a line is made whole."""
    result = texts[0]
    for text in texts[1:]:
        end = result[-NEAR:]  # the end alone tells, and a text of thousands of lines is not looked through for each
        if _WORD_BREAK.search(end) and _LOWER.match(text):
            result = (result[:-1] if not _keeps_hyphen(end, text) else result) + text
        elif result.endswith(("/", "–")) and not result.endswith((" /", " –")):
            result += text
        else:
            result += " " + text
    return result


def _keeps_hyphen(before: str, after: str) -> bool:
    """`long-` + `term` stays `long-term`: the part before is a word that often stands before a hyphen."""
    word = re.split(r"[\s(]", before[:-1])[-1].casefold()
    return "-" in word or word in _PREFIXES or before[-2:-1].isupper()


_PREFIXES_WORDS = (
    "full part long short high low mid on off well self cross multi end front back year half real time team user "
    "data cost first second third "
    "two three four five six seven eight nine ten non pre post co e in out up down follow hands single large "
    "small day problem decision "
    "evidence customer client patient quality risk rule role side lead open close built start stop break"
)
_PREFIXES = frozenset(_PREFIXES_WORDS.split())


def _item_goes_on(head: Line, last: Line, line: Line) -> bool:
    hanging = line.indent >= head.indent - 1.5
    if line.size == 0.0:  # plain text: no geometry but leading blanks
        return line.indent > 0 or (last.full and bool(_LOWER.match(line.text)))
    if (line.bold and not last.bold) or (line.indent < head.indent - 16 and not _LOWER.match(line.text)):
        return False
    if "\t" in line.text and dateranges.find(line.text, single=False):
        return False
    if hanging and line.page == last.page:
        return not (_dated(line.text) and "\t" in line.text)
    if _LOWER.match(line.text) and not _ends(last.text):
        return True
    return last.full and (bool(_LOWER.match(line.text)) or not _ends(last.text)) and not _dated(line.text)


def _usual_gap(group: list[Line]) -> float:
    return max((line.gap for line in group[1:][-NEAR:]), default=0.55)


def _ends(text: str) -> bool:
    return text.endswith((".", "!", "?", ":", ";"))


def _dated(text: str) -> bool:
    found_range = dateranges.find(text)
    return found_range is not None and not found_range.single and dateranges.has_date(text)
