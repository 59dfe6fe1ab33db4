"""Commands: sources list, add, import, pause, resume, remove, check, discover, runs, report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

import typer

from jobbot.features.sources import connected, show
from jobbot.features.sources.connect.change import Connecting
from jobbot.features.sources.connect.lists import LONGEST, is_address
from jobbot.features.sources.connect.show import draw_change, draw_checks, draw_import, draw_list
from jobbot.features.sources.courtesy.explain import explained
from jobbot.features.sources.model import Board
from jobbot.features.sources.rounds.cli import RUNS
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.answer import Answer
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.platform.plugins import Plugins
from jobbot.sdk import Source
from jobbot.settings import Settings


class Fetching(Protocol):
    """What `Ingest` does, as these commands need it."""

    def discover(self, url: str) -> dict[str, Any]: ...
    def check(self, board: Board) -> Board: ...


class App(Protocol):
    """The part of the wired program that these commands use."""

    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def ingest(self) -> Fetching: ...


SourceName = Annotated[str, typer.Argument(metavar="SOURCE", help="greenhouse, lever, remoteok, ...")]
BoardName = Annotated[str, typer.Argument(metavar="[NAME]", help="The board's name; of a feed its words, if any")]


def _app(ctx: typer.Context) -> App:
    return cast(App, ctx.obj)


def _connecting(app: App) -> Connecting:
    return Connecting(app.plugins, app.postings, app.clock, app.ingest.discover)


def list_sources(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Every source in full, with verdict and reason")] = False,
) -> Answer:
    """Connected boards and how they are, then sources without a board yet, and those that must not be read.

    Example: jobbot sources list
    """
    app = _app(ctx)
    entries, now = connected.overview(app.plugins, app.postings, app.settings), app.clock.now()
    draw = show.draw_boards if everything else draw_list
    return Answer(entries, lambda screen: draw(screen, entries, now))


def add(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE|URL", help="A source, or the address of a careers page")],
    name: BoardName = "",
) -> Answer:
    """Connect a board, so that runs read it: by its name, or by an address. Takes back one that was removed.

    By name, and by the address of a known kind of board, nothing is fetched; any other page is looked at for the board
    behind it, as `sources discover` does.

    Example: jobbot sources add greenhouse acme
    """
    app = _app(ctx)
    given = not name and is_address(source.strip())
    entry = _connecting(app).found(source) if given else _connecting(app).add(source.strip().lower(), name)
    undo = f"jobbot sources remove {entry['source']} {entry['board']}".strip()
    return Answer(entry, lambda screen: draw_change(screen, entry, undo if entry["outcome"] == "added" else ""))


def remove(ctx: typer.Context, source: SourceName, name: BoardName = "") -> Answer:
    """Read a board or feed no more, even where config.yaml names it. Its postings stay, as they were last seen.

    Example: jobbot sources remove greenhouse acme
    """
    entry = _connecting(_app(ctx)).remove(source, name)
    return Answer(entry, lambda screen: draw_change(screen, entry, _again("add", entry)))


def pause(ctx: typer.Context, source: SourceName, name: BoardName = "") -> Answer:
    """Leave a board or feed out of the runs for a while.

    Example: jobbot sources pause remoteok
    """
    entry = _connecting(_app(ctx)).pause(source, name)
    return Answer(entry, lambda screen: draw_change(screen, entry, _again("resume", entry)))


def resume(ctx: typer.Context, source: SourceName, name: BoardName = "") -> Answer:
    """Read a paused board or feed again.

    Example: jobbot sources resume remoteok
    """
    entry = _connecting(_app(ctx)).pause(source, name, paused=False)
    return Answer(entry, lambda screen: draw_change(screen, entry))


def _again(verb: str, entry: dict[str, Any]) -> str:
    return f"jobbot sources {verb} {entry['source']} {entry['board'] or ''}".strip()


def import_list(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="OPML, CSV or a line each; - is what comes in")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; keep and fetch nothing")] = False,
) -> Answer:
    """Connect the boards of a list: addresses, `source name` or `source,name`, one on each line.

    Every line is answered. Only pages that are no known kind of board are fetched, to look for the board behind them.
    Exit code 2 where no line was understood.

    Example: jobbot sources import boards.csv
    """
    connecting = _connecting(_app(ctx))
    told = connecting.bring(_text(file), dry_run=dry_run, look_up=connecting.found)
    bad = sum(told["counts"][name] for name in ("not understood", "refused", "not found"))
    code = InvalidInput.exit_code if told["lines"] and bad == len(told["lines"]) else 0
    return Answer(told, lambda screen: draw_import(screen, told), exit_code=code)


def _text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read(4 * LONGEST) if file == "-" else Path(file).expanduser().read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {file}") from None
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror})") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{file} is no UTF-8 text; save it as CSV in UTF-8, or as OPML") from None


def check_sources(
    ctx: typer.Context,
    source: Annotated[str | None, typer.Argument(help="One source only")] = None,
    name: Annotated[str | None, typer.Argument(help="One board of it")] = None,
    ask: Annotated[bool, typer.Option("--ask/--no-ask", help="Ask the boards, or say only what is known")] = True,
) -> Answer:
    """How each connected board is, whether it may be asked and why, how often, and when next.

    Each board is asked whether it still answers, and nothing is stored but its health; with --no-ask nothing is sent.

    Example: jobbot sources check lever --no-ask
    """
    app = _app(ctx)
    if source:
        connected.source_named(app.plugins, source)
    entries = [_checked(app, board, app.ingest.check if ask else None) for board in _asked_for(app, source, name)]
    broken = [entry for entry in connected.unconnected(app.plugins, set()) if entry["health"] == "broken"]
    return Answer([*entries, *broken], lambda screen: draw_checks(screen, [*entries, *broken]))


def _asked_for(app: App, source: str | None, name: str | None) -> list[Board]:
    wanted = source.strip().lower() if source else None
    boards = [board for board in app.postings.journal.boards() if wanted in (None, board.source)]
    same = [board for board in boards if name is None or board.board.casefold() == name.strip().casefold()]
    if name is not None and not same:
        there = ", ".join(board.board for board in boards) or "none"
        raise NotFound(f"{wanted} {name!r} is not connected; of {wanted} there is: {there}"[:500])
    return same


def _checked(app: App, board: Board, check: Callable[[Board], Board] | None) -> dict[str, Any]:
    resting = board.paused_at or board.removed_at
    now = check(board) if check and not resting else board
    count = app.postings.open_by_board().get(board.id, 0)
    told = explained(app.plugins, app.postings.journal, now, app.clock.now())
    return {**connected.entry(app.plugins, now, count), "courtesy": told}


def discover_source(
    ctx: typer.Context, url: Annotated[str, typer.Argument(help="A company's careers page, or one of its postings")]
) -> Answer:
    """Find the board behind a careers page, by what stands on the page; the board itself confirms. Stores nothing.

    Example: jobbot sources discover https://www.example.com/careers
    """
    found = _app(ctx).ingest.discover(url)
    return Answer(found, lambda screen: show.draw_discovery(screen, found))


SOURCES = {
    "list": list_sources,
    "add": add,
    "import": import_list,
    "pause": pause,
    "resume": resume,
    "remove": remove,
    "check": check_sources,
    "discover": discover_source,
    **RUNS,
}
