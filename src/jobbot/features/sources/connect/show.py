"""How connected boards, changes to them and lists look in a terminal. Pure but for the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobbot.features.sources.brief import age
from jobbot.features.sources.rounds.show import local
from jobbot.kernel.answer import Screen

_COLOURS = {
    "ok": "green",
    "empty": "yellow",
    "waiting": "yellow",
    "paused": "yellow",
    "failed": "red",
    "unknown": "red",
    "broken": "red",
}
_GROUPS = (
    ("not read yet", "Feeds that runs read by themselves", "jobbot sources pause NAME leaves one out"),
    ("not connected", "Ready", "jobbot sources add NAME BOARD connects a board"),
    ("off", "Off", "jobbot sources list --all says why, and what turns them on"),
    ("refused", "Not read by a program", "jobbot ingest file PATH brings a posting in by hand"),
)
"""Health of sources without a board, what they are called together, and what can be done."""
_OUTCOMES = {"added": "green", "back": "green", "refused": "red", "not understood": "red", "not found": "red"}


def draw_list(screen: Screen, entries: Sequence[dict[str, Any]], now: datetime) -> None:
    """Connected boards and what is broken as a table; of all other sources their names."""
    from rich.text import Text

    rest = {health for health, _, _ in _GROUPS}
    shown = [entry for entry in entries if entry["board"] is not None or entry["health"] not in rest]
    if shown:
        _draw_connected(screen, shown, now)
        screen.print("")
    for health, title, what in _GROUPS:
        names = [entry["source"] for entry in entries if entry["board"] is None and entry["health"] == health]
        if names:
            screen.print(Text.assemble((f"{title}: ", "bold"), ", ".join(names), (f"  ({what})", "dim")))


def _draw_connected(screen: Screen, entries: Sequence[dict[str, Any]], now: datetime) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, expand=True, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("source", no_wrap=True)
    table.add_column("board", ratio=5, overflow="fold")
    table.add_column("open", justify="right", no_wrap=True)
    table.add_column("health", no_wrap=True)
    table.add_column("read", no_wrap=True)
    table.add_column("remark", ratio=4, overflow="fold", style="dim")
    for entry in entries:
        read = datetime.fromisoformat(entry["last_run"]) if entry["last_run"] else None
        board = "-" if entry["board"] is None else entry["board"] or "all of it"
        health = Text(entry["health"], style=_COLOURS.get(entry["health"], ""))
        open_ = "" if entry["board"] is None else str(entry["postings"])
        table.add_row(entry["source"], board, open_, health, age(read, now) if read else "never", remark(entry))
    screen.print(table)


def remark(entry: dict[str, Any]) -> str:
    """What is wrong and since when it is; else since when it rests; else how its postings must be named."""
    if entry["problem"]:
        well = f" (last read well on {entry['last_success'][:10]})" if entry["last_success"] else ""
        return f"{entry['problem']}{well}"
    for name in ("removed", "paused"):
        if entry[f"{name}_at"]:
            return f"{name} on {entry[f'{name}_at'][:10]}"
    return f"shown as {entry['attribution']}" if entry["attribution"] else ""


def draw_change(screen: Screen, entry: dict[str, Any], undo: str = "") -> None:
    from rich.text import Text

    named = " ".join(filter(None, (entry["source"], entry["board"])))
    kept = f" · {entry['postings']} open postings stay" if entry["health"] in ("removed", "paused") else ""
    screen.print(Text(f"{named}: {entry['outcome']}{kept}"))
    if entry["health"] == "not read yet":
        screen.print(Text("It is read with the next run; `jobbot ingest all` makes one.", style="dim"))
    if undo:
        screen.print(Text(f"Taken back with: {undo}", style="dim"), soft_wrap=True)


def draw_import(screen: Screen, told: dict[str, Any]) -> None:
    """Each line that needs a look, and how many of each kind there are."""
    from rich.text import Text

    for line in told["lines"]:
        named = " ".join(filter(None, (line["source"], line["board"]))) or line["text"]
        style = _OUTCOMES.get(line["outcome"], "")
        screen.print(Text.assemble(f"{line['line']:>5}  ", (line["outcome"], style), f"  {named}"))
        if line["reason"]:
            screen.print(Text(f"       {line['reason']}", style="dim"))
    counts = ", ".join(f"{count} {name}" for name, count in told["counts"].items() if count) or "no line in the list"
    screen.print(Text(counts + (" (nothing was kept: --dry-run)" if told["dry_run"] else ""), style="bold"))


def draw_checks(screen: Screen, entries: Sequence[dict[str, Any]]) -> None:
    """Board by board: how it is, may it be asked and why, and when."""
    from rich.padding import Padding
    from rich.text import Text

    for entry in entries:
        named = " ".join(filter(None, (entry["source"], entry["board"])))
        head = Text.assemble((named, "bold"), "  ", (entry["health"], _COLOURS.get(entry["health"], "")))
        screen.print(head)
        for line in explained(entry):
            screen.print(Padding(Text(line), (0, 0, 0, 2)))
    if not entries:
        screen.print("No board is connected; `jobbot sources add SOURCE NAME` connects one.")


def explained(entry: dict[str, Any]) -> list[str]:
    """The reasons of a check, a line each."""
    lines = [f"verdict: {entry['verdict']}: {entry['reason']}"]
    if entry["problem"]:
        lines.append(f"problem: {entry['problem']}")
    told = entry.get("courtesy")
    if not told:
        return lines
    rule = f" (line {told['robots']['line']}: {told['robots']['rule']})" if told["robots"]["line"] else ""
    lines.append(f"robots: {told['robots']['reason']}{rule}")
    lines.append(
        f"pace: one request every {told['spacing_seconds']:g} s to {told['host']}; {told['asked_today']} of "
        f"{told['daily_requests']} asked today, {told['left_today']} left"
    )
    if told["paused_until"]:
        lines.append(f"rests until {local(told['paused_until'])}: it {told['paused_for']}")
    if told["last_answer"]:
        answer = told["last_answer"]
        lines.append(f"last answer: {answer['status'] or answer['reason'] or 'none'} at {local(answer['at'])}")
    lines.append(f"next request: {_when(told['next_request_at'])}")
    return lines


def _when(moment: str | None) -> str:
    if moment is None:
        return "none is allowed"
    at = datetime.fromisoformat(moment)
    return f"from {at.astimezone():%Y-%m-%d %H:%M:%S}"
