"""What tailoring did to the CV, as Markdown a person reads: kept, moved, left out and why, and a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from jobbot.features.sources.model import Posting
from jobbot.features.tailoring.model import LeftOut, Unit, UnitKind
from jobbot.features.tailoring.plain import escape

_CONTENT = (UnitKind.BULLET, UnitKind.ROW, UnitKind.ROLE, UnitKind.TEXT)
_MARKS = {
    UnitKind.NAME: "# ",
    UnitKind.SECTION: "## ",
    UnitKind.ROLE: "### ",
    UnitKind.BULLET: "- ",
}


def diff(base: Sequence[Unit], made: Sequence[Unit], left_out: Sequence[LeftOut], posting: Posting) -> str:
    """`base` are all units of the profile in the order of the resume, `made` those on the page."""
    moved = _moved(_content(base), _content(made))
    before, after = _facts(base), _facts(made)
    parts = [
        f"# Your CV for {escape(posting.title)}, {escape(posting.company)}",
        "",
        *_lent(posting),
        _counted(len(after), len(before), len(moved), len(left_out)),
        "",
        *_list("Moved", [escape(text) for text in moved]),
        *_list("Left out, and why", [f"{escape(item.text)}  \n  *{escape(item.reason)}*" for item in left_out]),
        "## Line by line",
        "",
        *_fenced(list(_unified(base, made))),
    ]
    return "\n".join(parts) + "\n"


def _lent(posting: Posting) -> list[str]:
    """Whoever lent the posting wants to be named, and linked."""
    if not posting.attribution:
        return []
    link = f", <{posting.url}>" if posting.url else ""
    return [f"The posting is from {escape(posting.attribution)}{link}.", ""]


def _content(units: Sequence[Unit]) -> list[str]:
    return [unit.text for unit in units if unit.kind in _CONTENT]


def _counted(after: int, before: int, moved: int, left_out: int) -> str:
    kept = f"{after} of {before} facts stand on the page, word for word"
    return f"{kept}; {moved} entries moved, {left_out} left out."


def _facts(units: Sequence[Unit]) -> set[str]:
    return {fact.id for unit in units for fact in unit.facts}


def _moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Entries of both that stand in another order: what is outside the longest common run."""
    common = [text for text in before if text in set(after)]
    matcher = difflib.SequenceMatcher(None, common, list(after), autojunk=False)
    still = {after[b + i] for _, b, size in matcher.get_matching_blocks() for i in range(size)}
    return [text for text in after if text in set(common) and text not in still]


def _unified(base: Sequence[Unit], made: Sequence[Unit]) -> list[str]:
    rows = difflib.unified_diff(_rows(base), _rows(made), "your CV", "for this posting", n=1, lineterm="")
    return list(rows)


def _rows(units: Sequence[Unit]) -> list[str]:
    return [_MARKS.get(unit.kind, "") + " ".join(unit.text.split()) for unit in units]


def _list(title: str, rows: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *(f"- {row}" for row in rows), ""] if rows else []


def _fenced(rows: Sequence[str]) -> list[str]:
    """A code fence longer than any run of backticks inside."""
    longest = max((len(run) for row in rows for run in _ticks(row)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}diff", *rows, fence]


def _ticks(row: str) -> list[str]:
    return [run for run in "".join(c if c == "`" else " " for c in row).split() if run]
