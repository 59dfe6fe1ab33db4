"""A value read from a CV: its words, where they stand, how sure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jobbot.features.profile.positions import escape
from jobbot.features.profile.reading.lines import Line


class Source(NamedTuple):
    """Page (from 1) and half-open code-point span in the text of that page; None where the format has no such thing.

    A value of a table also names the file in the archive, the line it stands in (from 1) and its column.
    """

    page: int | None
    start: int | None
    end: int | None
    file: str = ""
    line: int | None = None
    column: str = ""


NOWHERE = Source(None, None, None)


@dataclass(frozen=True, slots=True)
class Found:
    """`confidence` 0-1; below `UNSURE` the person is asked to look."""

    value: str = field(repr=False)
    source: Source
    confidence: float = 0.9


UNSURE = 0.6


class Read(NamedTuple):
    """One value of the resume that was made, with its pointer."""

    pointer: str
    wording: str
    source: Source
    confidence: float


Tree = dict[str, Any] | list[Any] | Found
"""A JSON Resume whose leaves are `Found`."""


def found(value: str, lines: tuple[Line, ...], confidence: float = 0.9) -> Found:
    """A value that stands in these lines: in one line at its own words, else from the first to the last on one "
    "page."""
    first = lines[0]
    if len(lines) == 1:
        at = first.text.find(value)
        start, end = (first.start + at, first.start + at + len(value)) if at >= 0 else (first.start, first.end)
        return Found(value, Source(first.page, start, end), confidence)
    last = [line for line in lines if line.page == first.page][-1]
    return Found(value, Source(first.page, first.start, last.end), confidence)


def settle(tree: Any, pointer: str = "") -> tuple[Any, list[Read]]:
    """The plain document and the list of what was read; empty texts, lists and objects are left out."""
    if isinstance(tree, Found):
        read = [Read(pointer, tree.value, tree.source, round(tree.confidence, 2))] if tree.value else []
        return tree.value, read
    reads: list[Read] = []
    if isinstance(tree, list):
        items: list[Any] = []
        for child in tree:
            value, read = settle(child, f"{pointer}/{len(items)}")
            if value not in ("", [], {}):
                items.append(value)
                reads += read
        return items, reads
    made: dict[str, Any] = {}
    for key, child in tree.items():
        value, read = settle(child, f"{pointer}/{escape(key)}")
        if value not in ("", [], {}):
            made[key] = value
            reads += read
    return made, reads
