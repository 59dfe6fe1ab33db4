"""`jobbot erase`: everything of yours, after you said so, and a report of what is gone and what is kept."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from jobbot.bootstrap import App
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import LOCAL_USER


def erase(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; needed where there is no terminal")] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="Public postings, boards and the whole database as well")
    ] = False,
) -> Answer:
    """Erase everything of yours: key, profile, documents, your own postings, logs, backups in the data directory.

    The key goes first, so that what is sealed can never be opened again; then rows and files. Killed half-way, run it
    again. Backups that you keep elsewhere still open with their recovery key: delete them yourself.

    Exit code 1 where another program still reads and so keeps old pages: stop it and run it again.
    """
    from jobbot.platform.storage.erase import erase as run
    from jobbot.platform.storage.erase import nothing

    app: App = ctx.obj
    if _empty(app):
        return Answer(nothing(app.clock).as_dict(), lambda screen: screen.print("There is nothing here to erase."))
    if not yes:
        _ask(app, everything)
    done = run(app.scope, LOCAL_USER, app.clock, everything=everything, report=app.report).as_dict()
    return Answer(done, lambda screen: show(done, screen), int(not done["compacted"]))


def show(done: dict[str, Any], screen: Screen) -> None:
    """The report as a person reads it."""
    from rich.markup import escape

    screen.print(
        "[green]Erased.[/]" + (" (An earlier erase that was interrupted is finished.)" if done["resumed"] else "")
    )
    key = done["key"]
    if key["data_key"] == "gone":
        screen.print("  your data key: destroyed; nothing sealed with it can be opened again")
    if key["wrapping_key"] == "gone":
        screen.print(f"  the key that guarded it: removed from the {escape(key['place'])}", soft_wrap=True)
    elif key["reason"]:
        place = f" ({escape(key['place'])})" if key["place"] else ""
        screen.print(f"  the key that guarded it stays{place}: {escape(key['reason'])}", soft_wrap=True)
    _counted(screen, "rows", done["rows"])
    _counted(screen, "files", done["files"])
    if not done["compacted"]:
        screen.print("  [yellow]another jobbot still reads: stop it, then run `jobbot erase` again[/]")
    _kept(screen, done)


def _counted(screen: Screen, what: str, counts: dict[str, int]) -> None:
    shown = ", ".join(f"{name} {count}" for name, count in counts.items())
    screen.print(f"  {what}: {sum(counts.values())}" + (f" ({shown})" if shown else ""))


def _kept(screen: Screen, done: dict[str, Any]) -> None:
    from rich.markup import escape

    if done["kept"]:
        screen.print("Kept:")
    for one in done["kept"]:
        screen.print(f"  {one['count']:>6} {escape(one['what'])}: {escape(one['why'])}", soft_wrap=True)
    for one in done["backups"]:
        where = "any copy you made of it" if one["here"] else "it lies where you put it and"
        screen.print(f"  backup of {one['at']} ({one['sha256'][:12]}): {where} still opens with its recovery key")
    screen.print("Files in folders that you named yourself (--output) are yours to delete.")


def _empty(app: App) -> bool:
    """Whether there is neither database nor data directory; looking must make none."""
    settings = app.settings
    if settings.server.database_url:
        return False
    gone, _ = app.files
    return not settings.path(settings.paths.database).exists() and not any(files.found() for files in gone)


def _ask(app: App, everything: bool) -> None:
    """Raises InvalidInput unless the words are typed on a terminal."""
    from jobbot.platform.storage.erase import WORDS

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInput("erasing cannot be undone, and there is no terminal to ask at; say so with --yes")
    what = "everything, the public postings too," if everything else "everything of yours"
    print(f"This erases {what} in {app.settings.home}. It cannot be undone.", file=sys.stderr)
    print(f'Type "{WORDS}" to go on: ', end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() != WORDS:
        raise InvalidInput(f'nothing was erased: the words are "{WORDS}"')
