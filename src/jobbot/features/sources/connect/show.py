"""How connected boards, changes to them and lists look in a terminal. Pure but for the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

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
_OUTCOMES = {"added": "green", "back": "green", "refused": "red", "not understood": "red", "not found": "red"}


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
