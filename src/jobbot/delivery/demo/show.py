"""The demo's result on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from jobbot.delivery.demo.run import DemoRun
from jobbot.features.matching.show import draw
from jobbot.kernel.answer import Screen

FILES = (
    ("pdf", "CV, one page"),
    ("letter_pdf", "Letter"),
    ("txt", "CV as plain text"),
    ("diff", "What changed against your CV, and why"),
    ("provenance", "Which fact proves which line"),
)


def show(result: DemoRun, screen: Screen) -> None:
    """Boards, shortlist, documents, and what to do next."""
    screen.print(Text("\n1  Boards", style="bold"), Text("of seven invented employers", style="dim"))
    screen.print(_boards(result))
    screen.print(Text("\n2  Shortlist", style="bold"), Text("for Mara Lindqvist, invented as well", style="dim"))
    draw(screen, result.matches, explain=False)
    best = result.matches[0].posting
    screen.print(
        Text("\n3  Documents", style="bold"),
        Text(f"for {best.title} at {best.company}; every line proven", style="dim"),
    )
    screen.print(_files(result.documents["files"]))
    screen.print(Text(f"   in {Path(result.documents['files']['pdf']).parent}"), soft_wrap=True)
    screen.print(_next(result), soft_wrap=True)


def _boards(result: DemoRun) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("   employer")
    for heading in ("vendor", "first day", "second day") if len(result.days) > 1 else ("vendor", "today"):
        table.add_column(heading)
    for boards in zip(*result.days, strict=True):
        table.add_row(f"   {boards[0]['board']}", boards[0]["source"], *map(_counts, boards))
    return table


def _counts(board: dict[str, Any]) -> Text:
    words = [f"{board[name]} {name}" for name in ("new", "updated", "reopened", "closed") if board[name]]
    words += [f"{len(board[name])} {name}" for name in ("skipped", "quarantined") if board[name]]
    if board["not_modified"]:
        words.append("not modified")
    return Text(", ".join(words) or f"{board['unchanged']} unchanged")


def _files(files: dict[str, str | None]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for key, meaning in FILES:
        if path := files.get(key):
            table.add_row(f"   {meaning}", Text(Path(path).name, style=f"link {Path(path).as_uri()}"))
    return table


def _next(result: DemoRun) -> Text:
    text = Text()
    text.append("\nLook closer   ", style="dim")
    text.append(f"jobbot --home {result.home} match --explain --limit 1")
    text.append("\nYour own job  ", style="dim")
    text.append("jobbot import resume YOUR_CV.pdf   then   jobbot ingest greenhouse --company NAME")
    return text
