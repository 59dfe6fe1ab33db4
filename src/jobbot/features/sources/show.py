"""How postings, runs and boards look in a terminal. Pure but for the drawing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from jobbot.features.sources.brief import age, pay, place
from jobbot.features.sources.changes.diff import Op
from jobbot.features.sources.changes.model import Change
from jobbot.features.sources.facts import show as facts
from jobbot.features.sources.find import HitList
from jobbot.features.sources.group.store import Copy
from jobbot.features.sources.lifecycle import Why
from jobbot.features.sources.model import Posting
from jobbot.features.sources.signs.model import Sign
from jobbot.features.sources.tell import Listed, Whole
from jobbot.kernel.answer import Screen
from jobbot.kernel.ids import PostingId

_COLOURS = {
    "ok": "green",
    "empty": "yellow",
    "waiting": "yellow",
    "paused": "yellow",
    "failed": "red",
    "unknown": "red",
    "broken": "red",
}
WIDE = 100
"""From this width on, a table has room for where a posting comes from."""
MOST_COPIES = 10
MARKS = {
    "reposted": "reposted",
    "gone_at_employer": "gone at employer",
    "date_moved": "date moved",
    "standing_advert": "standing advert",
}
"""Signs in a list."""
CLOSED = {
    Why.GONE: "no longer on the board",
    Why.UNSEEN: "aged out, its feed has not shown it for long; it may still be open",
    Why.ENDED: "the day until which it was to stand has passed, and nothing shows it any more",
}
FIELDS = {"employment_type": "employment type", "posted_at": "posted date", "locations": "places", "url": "link"}
_DIFF = {Op.SAME: ("", ""), Op.GAP: ("… ", ""), Op.ADDED: ("{+", "+}"), Op.REMOVED: ("[-", "-]")}
_STYLES = {Op.SAME: "dim", Op.GAP: "dim", Op.ADDED: "green", Op.REMOVED: "red"}
"""Signs as wdiff prints them, so that no colour is needed."""


def draw_hits(screen: Screen, found: HitList, now: datetime, words: str) -> None:
    """As a list of postings, with what only means the same marked, and what the search could not do."""
    from rich.text import Text

    draw_postings(screen, found, now, words, frozenset(one for one, by in found.by.items() if by == "meaning"))
    for note in found.notes:
        screen.print(Text(f"Note: {note}", style="yellow"))


def draw_postings(screen: Screen, found: Listed, now: datetime, words: str, near: Collection[PostingId] = ()) -> None:
    from rich.table import Table
    from rich.text import Text

    items, cursor = found.page.items, found.page.next
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
        brief += Text(" · near in meaning" if item.id in near else "", style="dim")
        told = title + closed + brief + _marks(item, found.signs.get(item.id, ()))
        cells: list[Any] = [item.id[:8], told, item.company, place(item), pay(item.salaries)]
        cells.append(age(item.posted_at or item.first_seen, now))
        table.add_row(*cells, *([item.source] if wide else []))
    screen.print(table)
    if named := sorted({item.attribution for item in items if item.attribution}):
        screen.print(Text(f"From {', '.join(named)}: each title links to the page there.", style="dim"))
    if cursor:
        screen.print(Text(f"More: jobbot postings {words} --cursor {cursor}", style="dim"))


def _marks(posting: Posting, signs: Sequence[Sign]) -> Any:
    from rich.text import Text

    copies = Text(f" · {times(posting.copies, 'copy', 'copies')}" if posting.copies else "", style="dim")
    return copies + Text("".join(f" · {MARKS[sign.name]}" for sign in signs), style="yellow")


def times(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def draw_posting(screen: Screen, whole: Whole, now: datetime) -> None:
    from rich.text import Text

    posting = whole.posting
    screen.print(Text(posting.title, style="bold"))
    stated = [posting.company, "; ".join(posting.locations), posting.remote or "", posting.employment_type or ""]
    screen.print(Text(" · ".join(part for part in stated if part)))
    for salary in posting.salaries:
        raw = f"  ({salary.raw})" if salary.raw else ""
        label = f"{salary.label.strip()}: " if salary.label else ""
        screen.print(Text(f"{label}{pay([salary])}{raw}", style="green"))
    for line in facts.lines(posting.facts):
        screen.print(Text(line, style="dim"))
    when = age(posting.posted_at or posting.first_seen, now)
    source = posting.attribution or posting.source
    screen.print(Text(f"{posting.id} · {source} · {when} old".replace("today old", "today"), style="dim"))
    if posting.url:
        screen.print(Text(posting.url, style=f"dim link {posting.url}"))
    if posting.closed_at:
        why = CLOSED[Why(posting.closed_why or Why.GONE)]
        screen.print(Text(f"Closed on {posting.closed_at:%Y-%m-%d}: {why}.", style="red"))
    for note in posting.notes:
        screen.print(Text(f"Note: {note}", style="yellow"))
    for copy in whole.copies[:MOST_COPIES]:
        _draw_copy(screen, copy)
    if len(whole.copies) > MOST_COPIES:
        screen.print(Text(f"and {len(whole.copies) - MOST_COPIES} more (--json has them all)", style="dim"))
    for sign in whole.signs:
        screen.print(Text(sign.says, style="yellow"))
        for sight in sign.evidence:
            screen.print(Text(f"  {sight.at:%Y-%m-%d}  {sight.what}  {sight.posting[:8]}", style="dim"))
    for change in whole.changes:
        _draw_change(screen, change)
    screen.print(Text())
    screen.print(Text(posting.text or "The board gave no description."))


def _draw_copy(screen: Screen, copy: Copy) -> None:
    from rich.text import Text

    other = copy.posting
    where = " · ".join(part for part in (place(other).replace("?", ""), other.attribution or other.source) if part)
    closed = f" (closed {other.closed_at:%Y-%m-%d})" if other.closed_at else ""
    through = f", as {copy.through[:8]}" if copy.through else ""
    why = "; ".join(item.says for item in copy.evidence) + through
    screen.print(Text.assemble("Also on: ", (other.id[:8], "cyan"), f"  {where}{closed}  ", (why, "dim")))


def _draw_change(screen: Screen, change: Change) -> None:
    """A line that says what, and of the text the stretches that differ."""
    from rich.text import Text

    said = [f"{FIELDS.get(f.field, f.field)} {f.before or 'none'} -> {f.after or 'none'}" for f in change.fields]
    if change.text:
        said.append(f"text +{change.text.added} -{change.text.removed} lines")
    screen.print(Text(f"Changed on {change.at:%Y-%m-%d}: {'; '.join(said)}", style="bold"))
    if change.text is None:
        return
    shown = Text("  ")
    for op, words in change.text.pieces:
        before, after = _DIFF[op]
        shown.append(before + " ".join(words.split("\n")) + after, style=_STYLES[op])
    screen.print(shown)


def draw_run(screen: Screen, run: dict[str, Any]) -> None:
    from rich.text import Text

    name = f"{run['source']} {run['board']}"
    if run["not_modified"]:
        screen.print(Text(f"{name}: nothing has changed since the last time"))
        return
    words = ("new", "updated", "unchanged", "reopened", "closed")
    parts = [f"{run[word]} {word}" for word in words if run[word]] or ["no postings"]
    parts += [f"{run['aged_out']} aged out"] if run.get("aged_out") else []
    parts += [f"{len(run[word])} {word}" for word in ("skipped", "quarantined") if run[word]]
    screen.print(Text(f"{name}: {', '.join(parts)}"))
    for reject in run["quarantined"][:5]:
        screen.print(Text(f"  set aside {reject['ref']}: {reject['reason']}", style="yellow"))
    for alarm in run.get("alarms", []):
        screen.print(Text(f"  Look at this: {alarm}", style="bold red"))
    for note in run.get("notes", []):
        if note not in run.get("alarms", []):
            screen.print(Text(f"  {note}", style="yellow"))


def _remark(entry: dict[str, Any]) -> str:
    """What is wrong; else what the source permits, how it must be named, and whether its reader saw genuine answers."""
    if entry["problem"] or entry["alarm"]:
        return str(entry["problem"] or entry["alarm"])
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
            "-" if entry["board"] is None else entry["board"] or "all of it",
            "" if entry["board"] is None else str(entry["postings"]),
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
