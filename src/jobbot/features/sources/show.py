"""How postings, runs and boards look in a terminal. Pure but for the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobbot.features.sources.model import Posting
from jobbot.kernel.answer import Screen
from jobbot.kernel.money import Salary

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_PERIODS = {"year": "/yr", "month": "/mo", "week": "/wk", "day": "/day", "hour": "/hr"}
_COLOURS = {"ok": "green", "empty": "yellow", "waiting": "yellow", "failed": "red", "unknown": "red", "broken": "red"}
WIDE = 100
"""From this width on, a table has room for where a posting comes from."""


def age(moment: datetime | None, now: datetime) -> str:
    """How old a posting is, in words as short as possible."""
    if moment is None:
        return "?"
    days = (now - moment).days
    if days < 1:
        return "today"
    return f"{days} d" if days < 60 else f"{days // 30} mo" if days < 730 else f"{days // 365} y"


def pay(salaries: Sequence[Salary]) -> str:
    """The first stated range, `+2` for two more; a guess from the text begins with a tilde."""
    if not salaries:
        return ""
    first, more = salaries[0], len(salaries) - 1
    numbers = [_short(value) for value in (first.min, first.max) if value is not None]
    range_ = "–".join(dict.fromkeys(numbers))
    edge = "" if first.min is not None and first.max is not None else "from " if first.min is not None else "to "
    sign = _SIGNS.get(first.currency or "", f"{first.currency} " if first.currency else "")
    period = _PERIODS.get(first.period or "", "")
    return f"{'~' if first.predicted else ''}{edge}{sign}{range_}{period}{f' +{more}' if more else ''}"


def _short(value: float) -> str:
    if value >= 10_000:
        return f"{value / 1000:,.0f}k"
    return f"{value:,.2f}".removesuffix(".00")


def place(posting: Posting) -> str:
    """The first place, how many more, and the workplace where it is not said already."""
    first = posting.locations[0] if posting.locations else ""
    more = f" +{len(posting.locations) - 1}" if len(posting.locations) > 1 else ""
    said = posting.remote and posting.remote not in first.lower()
    mode = f" ({posting.remote})" if said and posting.remote in ("remote", "hybrid") else ""
    return (f"{first}{more}{mode}").strip() or "?"


def draw_postings(screen: Screen, items: Sequence[Posting], cursor: str | None, now: datetime, words: str) -> None:
    from rich.table import Table
    from rich.text import Text

    if not items:
        screen.print(
            "No posting fits, or there is none yet. Ask for less, or fetch some: `jobbot ingest SOURCE --company NAME`."
        )
        return
    table = Table(box=None, pad_edge=False, expand=True, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("id", no_wrap=True, style="cyan", width=8)
    table.add_column("title", ratio=5, overflow="fold")
    table.add_column("company", ratio=3, overflow="fold")
    table.add_column("place", ratio=4, overflow="fold")
    table.add_column("pay", ratio=3, overflow="fold")
    table.add_column("age", no_wrap=True, justify="right", width=5)
    wide = screen.width >= WIDE
    if wide:
        table.add_column("from", no_wrap=True, style="dim", width=10)
    for item in items:
        title = Text(item.title, style=f"link {item.url}" if item.url else "")
        closed = Text(" closed", style="red") if item.closed_at else Text()
        brief = Text("" if item.complete else " · title only", style="yellow")
        cells: list[Any] = [item.id[:8], title + closed + brief, item.company, place(item), pay(item.salaries)]
        cells.append(age(item.posted_at or item.first_seen, now))
        table.add_row(*cells, *([item.source] if wide else []))
    screen.print(table)
    if named := sorted({item.attribution for item in items if item.attribution}):
        screen.print(Text(f"From {', '.join(named)}: each title links to the page there.", style="dim"))
    if cursor:
        screen.print(Text(f"More: jobbot postings {words} --cursor {cursor}", style="dim"))


def draw_posting(screen: Screen, posting: Posting, now: datetime) -> None:
    from rich.text import Text

    screen.print(Text(posting.title, style="bold"))
    stated = [posting.company, "; ".join(posting.locations), posting.remote or "", posting.employment_type or ""]
    screen.print(Text(" · ".join(part for part in stated if part)))
    for salary in posting.salaries:
        raw = f"  ({salary.raw})" if salary.raw else ""
        label = f"{salary.label.strip()}: " if salary.label else ""
        screen.print(Text(f"{label}{pay([salary])}{raw}", style="green"))
    when = age(posting.posted_at or posting.first_seen, now)
    source = posting.attribution or posting.source
    screen.print(Text(f"{posting.id} · {source} · {when} old".replace("today old", "today"), style="dim"))
    if posting.url:
        screen.print(Text(posting.url, style=f"dim link {posting.url}"))
    if posting.closed_at:
        screen.print(Text(f"Closed on {posting.closed_at:%Y-%m-%d}: no longer on the board.", style="red"))
    for note in posting.notes:
        screen.print(Text(f"Note: {note}", style="yellow"))
    screen.print(Text())
    screen.print(Text(posting.text or "The board gave no description."))


def draw_run(screen: Screen, run: dict[str, Any]) -> None:
    from rich.text import Text

    name = f"{run['source']} {run['board']}"
    if run["not_modified"]:
        screen.print(Text(f"{name}: nothing has changed since the last time"))
        return
    words = ("new", "updated", "unchanged", "reopened", "closed")
    parts = [f"{run[word]} {word}" for word in words if run[word]] or ["no postings"]
    parts += [f"{len(run[word])} {word}" for word in ("skipped", "quarantined") if run[word]]
    screen.print(Text(f"{name}: {', '.join(parts)}"))
    for reject in run["quarantined"][:5]:
        screen.print(Text(f"  set aside {reject['ref']}: {reject['reason']}", style="yellow"))
    for note in run.get("notes", []):
        screen.print(Text(f"  {note}", style="yellow"))


def _remark(entry: dict[str, Any]) -> str:
    """What is wrong; else what the source permits, how it must be named, and whether its reader saw genuine answers."""
    if entry["problem"]:
        return str(entry["problem"])
    parts = [f"{entry['verdict']}: {entry['reason']}"]
    parts += [f"shown as {entry['attribution']}"] if entry["attribution"] else []
    parts += ["unverified"] if str(entry["verification"] or "").startswith("unverified") else []
    return " · ".join(parts)


def draw_boards(screen: Screen, entries: Sequence[dict[str, Any]], now: datetime) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, expand=True, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("source", no_wrap=True)
    table.add_column("board", ratio=3, overflow="fold")
    table.add_column("open", justify="right", no_wrap=True)
    table.add_column("health", no_wrap=True)
    table.add_column("last read", no_wrap=True)
    table.add_column("remark", ratio=6, overflow="fold", style="dim")
    for entry in entries:
        read = datetime.fromisoformat(entry["last_run"]) if entry["last_run"] else None
        table.add_row(
            entry["source"],
            entry["board"] or "-",
            str(entry["postings"] if entry["board"] else ""),
            Text(entry["health"], style=_COLOURS.get(entry["health"], "")),
            age(read, now) if read else "never",
            _remark(entry),
        )
    screen.print(table)


def draw_discovery(screen: Screen, found: dict[str, Any]) -> None:
    """Each board with where it was seen and what it answered, and how to read it."""
    from rich.text import Text

    for board in found["boards"]:
        named = f"{board['source']} {board['board']}"
        answered = f"{board['postings']} postings" if board["confirmed"] else board["problem"] or "did not answer"
        who = f" · {board['company']}" if board["company"] else ""
        screen.print(Text.assemble((named, "bold"), who, f" · {answered}"))
        screen.print(Text(f"  seen: {board['evidence'][0]}", style="dim"))
        if board["confirmed"]:
            screen.print(Text(f"  jobbot ingest {board['source']} --company {board['board']}"))
    for note in found["notes"]:
        screen.print(Text(note, style="yellow"))
