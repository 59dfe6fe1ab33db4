"""How runs over all boards look in a terminal. Pure but for the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobbot.kernel.answer import Screen

_STATES = {"done": "green", "running": "cyan", "failed": "red", "stopped": "yellow", "waiting": "dim"}
_SHORT = 8


def local(moment: str | None) -> str:
    """A moment of an answer in local time, to the minute."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M") if moment else "-"


def size(count: int) -> str:
    """Bytes as a person reads them: 12 kB, 3.4 MB."""
    if count < 1_000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def draw_runs(screen: Screen, runs: Sequence[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not runs:
        screen.print("No run over all boards was made yet; `jobbot ingest all` makes one.")
        return
    table = Table(box=None, pad_edge=False, expand=True, header_style="bold", padding=(0, 1, 0, 0))
    for name, more in {
        "run": {"no_wrap": True, "style": "cyan"},
        "begun": {"no_wrap": True},
        "from": {"ratio": 1},
        "state": {"no_wrap": True},
        "boards": {"no_wrap": True, "justify": "right"},
        "failed": {"no_wrap": True, "justify": "right"},
        "new": {"no_wrap": True, "justify": "right"},
        "closed": {"no_wrap": True, "justify": "right"},
    }.items():
        table.add_column(name, **more)  # type: ignore[arg-type]
    for run in runs:
        state = Text(run["state"], style=_STATES.get(run["state"], ""))
        counts = [f"{run['read']}/{run['boards']}", str(run["failed"] or "-"), str(run["new"]), str(run["closed"])]
        table.add_row(_brief(run["id"]), local(run["started_at"]), run["origin"], state, *counts)
    screen.print(table)
    screen.print(Text("jobbot sources report RUN shows what each board gave.", style="dim"))


def draw_report(screen: Screen, told: dict[str, Any]) -> None:
    from rich.text import Text

    run = told["run"]
    state = (run["state"], _STATES.get(run["state"], ""))
    screen.print(Text.assemble(("Run ", "bold"), (_brief(run["id"]), "bold cyan"), f" · {run['origin']} · ", state))
    took = f", {_seconds(run['seconds'])}" if run["seconds"] is not None else ""
    screen.print(
        Text(f"{local(run['started_at'])}{took} · {run['requests']} requests, {size(run['bytes'])}", style="dim")
    )
    parts = [f"{run['read']} of {run['boards']} boards read", f"{run['failed']} failed" if run["failed"] else ""]
    parts += [f"{run['waiting']} not asked yet" if run["waiting"] else "", f"{run['not_modified']} unchanged (304)"]
    screen.print(Text(", ".join(part for part in parts if part)))
    _draw_boards(screen, told["boards"])
    for pause in told["paused"]:
        screen.print(Text(f"{pause['source']} rests until {local(pause['until'])}: {pause['reason']}", style="yellow"))
    for warning in told["warnings"]:
        screen.print(Text(f"{warning['source']}: {warning['reason']}", style="yellow"))
    if any(board["window"] for board in told["boards"]):
        screen.print(Text("~ shows its newest postings only: what it lacks stays open.", style="dim"))
    if run["waiting"] and run["state"] != "done":
        screen.print(Text("jobbot ingest all --resume reads the rest."))


def _draw_boards(screen: Screen, boards: Sequence[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, expand=True, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True, width=1, style="dim")
    table.add_column("board", ratio=5, overflow="fold")
    table.add_column("what came", ratio=6, overflow="fold")
    for name in ("asked", "bytes", "took"):
        table.add_column(name, no_wrap=True, justify="right", style="dim")
    for board in boards:
        named = " ".join(filter(None, (board["source"], board["board"])))
        came = Text(said(board), style=_STATES["failed"] if board["state"] == "failed" else "")
        for alarm in board["alarms"]:
            came.append(f" ! {alarm}", style="bold red")
        took = _seconds(board["seconds"]) if board["requests"] else ""
        sign = "~" if board["window"] else ""
        table.add_row(sign, named, came, str(board["requests"]), size(board["bytes"]), took)
    screen.print(table)


def said(board: dict[str, Any]) -> str:
    """What a board gave, in words."""
    if board["state"] == "failed":
        return str(board["reason"])
    if board["state"] != "done":
        return "not asked yet" if board["state"] == "waiting" else "being read"
    if board["not_modified"]:
        return "unchanged"
    words = ("new", "updated", "reopened", "closed", "aged_out", "unchanged", "skipped", "quarantined")
    notes = [note for note in board["notes"] if note not in board["alarms"]]
    came = [f"{board[word]} {word.replace('_', ' ')}" for word in words if board[word]]
    return " · ".join([", ".join(came or ["no postings"]), *notes])


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds / 60:.0f} min"


def _brief(run: str) -> str:
    """Ids begin with the time, so their ends tell runs of one day apart; a prefix is what a person gives."""
    return run[: _SHORT + 4]
