"""How imports and profiles look in a terminal. Nothing here decides anything."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from jobbot.features.profile.export import TITLES, contact_line, dates_of, headline
from jobbot.features.profile.model import Profile, Version
from jobbot.features.profile.take import Taken
from jobbot.features.profile.understanding.found import Read
from jobbot.kernel.answer import Screen

KINDS = {
    "json": "JSON Resume",
    "pdf": "PDF",
    "docx": "DOCX",
    "markdown": "Markdown",
    "text": "text",
    "html": "HTML",
    "linkedin": "LinkedIn export",
    "linkedin-pdf": "LinkedIn's PDF",
}
FEW = 8
NOTES = 20


def safe(text: str) -> str:
    """Text of a file on a terminal: no markup of ours, no escapes of theirs."""
    return escape("".join(character if character.isprintable() else " " for character in text))


def raw(screen: Screen, text: str) -> None:
    """A document as it is: no wrapping, no markup."""
    cast(Any, screen).out(text, end="", highlight=False)


def taken(screen: Screen, done: Taken) -> None:
    """Reading notes: what was read, what to look at, what was done."""
    imported = done.imported
    pages = max((read.source.page or 0 for read in imported.read), default=0)
    size = f", {pages} {'page' if pages == 1 else 'pages'}" if pages else ""
    screen.print(f"[bold]{safe(imported.file)}[/bold] ({KINDS[imported.kind]}{size}): {len(imported.read)} values read")
    screen.print()
    _outline(screen, imported.resume, imported.read)
    for note in imported.notes[:NOTES]:
        screen.print(f"[yellow]Note[/yellow]  {safe(note)}")
    _more(screen, len(imported.notes), NOTES)
    _unsure(screen, imported.unsure)
    _conflicts(screen, done.conflicts)
    _unused(screen, imported.unused)
    screen.print()
    _outcome(screen, done)


def _outline(screen: Screen, resume: dict[str, Any], reads: tuple[Read, ...]) -> None:
    basics = resume.get("basics") or {}
    pages = {read.pointer: read.source.page for read in reads}
    doubtful = Counter("/".join(read.pointer.split("/")[:3]) for read in reads if read.confidence < 0.6)
    screen.print(f"  [bold]{safe(basics.get('name') or 'No name found')}[/bold]")
    for text in (basics.get("label"), " · ".join(contact_line(basics))):
        if text:
            screen.print(Padding(Text(_clean(str(text))), (0, 0, 0, 2)))
    if basics.get("summary"):
        screen.print(Padding(Text(f"“{_short(str(basics['summary']), 150)}”", style="italic"), (0, 0, 0, 2)))
    for section, title in TITLES.items():
        items = [item for item in resume.get(section) or [] if isinstance(item, dict)]
        if items:
            screen.print(f"\n  [bold]{title}[/bold]")
            screen.print(Padding(_section(section, items, pages, doubtful), (0, 0, 0, 4)))


def _section(section: str, items: list[dict[str, Any]], pages: dict[str, int | None], doubtful: Counter[str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, style="dim")
    for index, item in enumerate(items):
        place = f"/{section}/{index}"
        page = next((page for pointer, page in pages.items() if pointer.startswith(place + "/")), None)
        mark = " [yellow]?[/yellow]" if doubtful[place] else ""
        table.add_row(_title(section, item) + mark, dates_of(item), f"p. {page}" if page else "")
        if section in ("work", "projects", "volunteer"):
            _under(table, item)
    return table


def _title(section: str, item: dict[str, Any]) -> str:
    if section in ("skills", "interests"):
        words = ", ".join(item.get("keywords") or [])
        return safe(f"{item.get('name') or ''}: {words}" if words else str(item.get("name") or ""))
    if section == "languages":
        return safe(" – ".join(str(item[key]) for key in ("language", "fluency") if item.get(key)))
    if section == "references":
        return safe(_short(str(item.get("reference") or item.get("name") or ""), 90))
    place = f", {item['location']}" if item.get("location") else ""
    return safe((headline(section, item) or "(no name)") + place)


def _under(table: Table, item: dict[str, Any]) -> None:
    lines = item.get("highlights") or []
    text = str(item.get("summary") or item.get("description") or "")
    if lines:
        count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        table.add_row(f"[dim]{count}, the first: “{safe(_short(str(lines[0]), 90))}”[/dim]", "", "")
    elif text:
        table.add_row(f"[dim]“{safe(_short(text, 90))}”[/dim]", "", "")


def _unsure(screen: Screen, unsure: tuple[Read, ...]) -> None:
    if not unsure:
        return
    screen.print(f"\n[yellow]Please look at {_count(len(unsure), 'value')} that I am not sure of[/yellow]")
    for read in unsure[:FEW]:
        screen.print(f"  [yellow]?[/yellow] {_where(read)}{safe(read.pointer)}  “{safe(_short(read.wording, 70))}”")
    _more(screen, len(unsure))


def _where(read: Read) -> str:
    source = read.source
    place = f"{source.file} line {source.line}" if source.file else f"p. {source.page}" if source.page else ""
    return f"[dim]{safe(place)}[/dim] " if place else ""


def _conflicts(screen: Screen, conflicts: list[dict[str, str]]) -> None:
    if not conflicts:
        return
    screen.print(f"\n[yellow]{_count(len(conflicts), 'conflict')}: your profile keeps its own words[/yellow]")
    for row in conflicts[:FEW]:
        screen.print(f"  {safe(row['pointer'])}")
        table = Table.grid(padding=(0, 2))
        table.add_row("yours", f"“{safe(_short(row['kept'], 140))}”")
        table.add_row("file", f"“{safe(_short(row['found'], 140))}”")
        screen.print(Padding(table, (0, 0, 0, 4)))
    _more(screen, len(conflicts))


def _unused(screen: Screen, unused: tuple[str, ...]) -> None:
    if unused:
        screen.print(f"\nNot used: {_count(len(unused), 'line')} that no field fits")
        for text in unused[:4]:
            screen.print(f"  [dim]{safe(_short(text, 100))}[/dim]")
        _more(screen, len(unused), 4)


def _outcome(screen: Screen, done: Taken) -> None:
    counts = ", ".join(
        f"{number} {word}"
        for number, word in ((done.added, "new"), (done.changed, "changed"), (done.removed, "gone"))
        if number
    )
    persona = f"profile “{safe(done.persona)}”" if done.persona != "default" else "your profile"
    if done.version is None:
        screen.print(f"Nothing was kept (--dry-run). It would be for {persona}: {counts or 'no change'}.")
        return
    if counts:
        screen.print(f"Saved as version {done.version} of {persona}: {counts} (facts).")
    else:
        screen.print(f"Nothing new: {persona} stays at version {done.version}.")
    screen.print("Next:  jobbot profile check    jobbot profile edit    jobbot match")


def profile(screen: Screen, shown: Profile, history: tuple[Version, ...], *, facts: bool) -> None:
    """The profile as an outline, or every fact."""
    if facts:
        table = Table(box=None, pad_edge=False)
        for name in ("id", "kind", "pointer", "wording"):
            table.add_column(name, overflow="fold", no_wrap=name in ("id", "kind"))
        for fact in shown.facts:
            table.add_row(fact.id, fact.kind.value, safe(fact.pointer), safe(fact.wording))
        screen.print(table)
    else:
        _outline(screen, shown.resume, ())
    screen.print()
    made = next((entry for entry in history if entry.version == shown.version), None)
    when = f", {made.created_at:%Y-%m-%d %H:%M} UTC from {KINDS.get(made.origin, made.origin)}" if made else ""
    screen.print(f"[dim]version {shown.version} of {len(history)}, {len(shown.facts)} facts{when}[/dim]")


def check(screen: Screen, where: str, data: dict[str, Any]) -> None:
    """Problems, then advice, each with line and what would be right."""
    name = "Your profile" if where == "your profile" else safe(where)
    if data["valid"]:
        screen.print(f"[green]✓[/green] {name} is a valid JSON Resume")
    else:
        screen.print(f"[red]✗[/red] {name} breaks the JSON Resume schema: {_count(len(data['problems']), 'problem')}")
        _rows(screen, data["problems"])
    if data["advice"]:
        screen.print(f"\n{_count(len(data['advice']), 'hint')} that would make it stronger")
        _rows(screen, data["advice"])


def _rows(screen: Screen, rows: list[dict[str, Any]]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold", max_width=36)
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        line = f"line {row['line']}" if row["line"] else ""
        table.add_row(line, safe(row["pointer"] or "/"), f"{safe(row['problem'])}; [dim]{safe(row['fix'])}[/dim]")
    screen.print(Padding(table, (0, 0, 0, 2)))


def edited(screen: Screen, data: dict[str, Any]) -> None:
    if not data["saved"]:
        screen.print(f"Nothing changed: version {data['version']} stays.")
        return
    screen.print(
        f"Saved as version {data['version']}: {data['added']} new, {data['changed']} changed, {data['removed']} "
        f"gone (facts)."
    )


def _more(screen: Screen, count: int, shown: int = FEW) -> None:
    if count > shown:
        screen.print(f"  [dim]and {count - shown} more (--json shows all)[/dim]")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _clean(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _short(text: str, limit: int) -> str:
    flat = " ".join(_clean(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + " …"
