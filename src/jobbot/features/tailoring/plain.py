"""The same units as text and as Markdown: for forms that want pasting, and for what a parser should read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jobbot.features.tailoring.model import Unit, UnitKind

Form = Callable[[Unit], str]
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def text(units: Sequence[Unit]) -> str:
    """Plain text, a line per unit, blank lines before headings, roles and paragraphs."""
    return _joined(units, _text_line)


def markdown(units: Sequence[Unit]) -> str:
    """CommonMark; whatever could be markup in a wording is escaped."""
    return _joined(units, _markdown_line)


def _joined(units: Sequence[Unit], form: Form) -> str:
    parts: list[str] = []
    last: UnitKind | None = None
    for unit in units:
        if parts and not _close(last, unit.kind):
            parts.append("")
        parts.append(form(unit))
        last = unit.kind
    return "\n".join(parts) + "\n"


def _close(last: UnitKind | None, kind: UnitKind) -> bool:
    """Whether a unit follows the one before without a blank line."""
    if kind is UnitKind.BULLET:
        return last in (UnitKind.ROLE, UnitKind.BULLET)
    if kind is UnitKind.ROW:
        return last in (UnitKind.ROW, UnitKind.SECTION)
    return kind in (UnitKind.LABEL, UnitKind.CONTACT) or (kind is UnitKind.ROLE and last is UnitKind.SECTION)


def _text_line(unit: Unit) -> str:
    if unit.kind is UnitKind.SECTION:
        return unit.text if unit.section == "" else unit.text.upper()
    if unit.kind is UnitKind.CONTACT:
        return " · ".join(line.text for line in unit.lines)
    if unit.kind is UnitKind.ROLE:
        return " · ".join(line.text for line in unit.lines)
    if unit.kind is UnitKind.ROW:
        return ", ".join(line.text for line in unit.lines)
    return f"• {unit.text}" if unit.kind is UnitKind.BULLET else unit.text


def _markdown_line(unit: Unit) -> str:
    if unit.kind is UnitKind.NAME:
        return f"# {escape(unit.text)}"
    if unit.kind is UnitKind.LABEL:
        return f"**{escape(unit.text)}**  "
    if unit.kind is UnitKind.CONTACT:
        return " · ".join(f"[{escape(shown)}]({url})" if url else escape(shown) for shown, url in unit.links)
    if unit.kind is UnitKind.SECTION:
        return f"## {escape(unit.text)}"
    if unit.kind is UnitKind.ROLE:
        first, rest, dates = unit.parts
        return f"### {escape(', '.join(p for p in (first, rest) if p))}{f' · {escape(dates)}' if dates else ''}"
    if unit.kind is UnitKind.BULLET:
        return f"- {escape(unit.text)}"
    if unit.kind is UnitKind.ROW:
        label, words = unit.parts
        return f"- {f'**{escape(label)}:** ' if label else ''}{escape(words)}"
    return escape(unit.text)


def escape(words: str) -> str:
    """One line in which no character is Markdown's."""
    flat = " ".join(words.split())
    return re.sub(r"^([-+>]|\d+[.)])(?=\s)", r"\\\1", _MARKS.sub(r"\\\1", flat))
