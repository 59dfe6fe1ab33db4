"""Commands: ingest, postings, sources."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

import typer

from jobbot.features.sources import connected, files, show
from jobbot.features.sources.byhand.given import pasted
from jobbot.features.sources.byhand.paste import Pasted
from jobbot.features.sources.connect.cli import SOURCES as SOURCES
from jobbot.features.sources.find import Searching, hits
from jobbot.features.sources.model import Posting, PostingFilter
from jobbot.features.sources.rounds.cli import INTERRUPTED, ingest_all
from jobbot.features.sources.since import since as parse_since
from jobbot.features.sources.store import PostingStore
from jobbot.features.sources.summarise import summary_of
from jobbot.features.sources.tell import listed, whole
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, JobbotError
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.plugins import Plugins
from jobbot.sdk import Kind, Source
from jobbot.settings import Settings


class Fetching(Protocol):
    """What `Ingest` does, as these commands need it."""

    @property
    def settings(self) -> Settings: ...
    def board(self, source: str, board: str, region: str = "") -> dict[str, Any]: ...
    def file(self, path: Path) -> dict[str, Any]: ...
    def brought(self, content: files.Content, requests: int, user: UserId) -> dict[str, Any]: ...
    def url(self, url: str) -> dict[str, Any]: ...
    def all(self, *, resume: bool = False) -> dict[str, Any]: ...


class Reading(Protocol):
    """What `MailboxReader` does."""

    def read(self) -> dict[str, Any]: ...


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def clock(self) -> Clock: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def ingest(self) -> Fetching: ...
    @property
    def search(self) -> Searching: ...
    @property
    def mailbox(self) -> Reading: ...


def _app(ctx: typer.Context) -> App:
    return cast(App, ctx.obj)


def ingest(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(help="greenhouse, remoteok, ...; or url, file, paste, mailbox, all")],
    target: Annotated[str | None, typer.Argument(help="With url or file: the URL or the path")] = None,
    company: Annotated[
        str | None,
        typer.Option("--company", "--org", "--board", help="The board's name, as it stands in its URL"),
    ] = None,
    query: Annotated[str | None, typer.Option(help="Words that postings of a feed must hold")] = None,
    title: Annotated[
        str, typer.Option(help="With paste: the posting's title, where the text does not begin with it")
    ] = "",
    url: Annotated[str, typer.Option(help="With paste: where the posting stands")] = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="With all: go on with a run that was stopped, if there is one of today")
    ] = False,
) -> Answer:
    """Fetch postings from a board, a feed, a URL, a file or all of them, and notice what is new, changed or gone.

    SOURCE is greenhouse, lever, ashby, ... with --company NAME; remoteok, himalayas, ... with or without --query WORDS;
    or `url URL`, `file PATH` (- is what comes in), `paste`, `mailbox`, `all` (every connected board, and the feeds).
    """
    app, name = _app(ctx), source.strip().lower()
    if name == "all":
        return _and_mailbox(app, ingest_all(app, resume=resume))
    if name == "file":
        return _one_run(_file(app, _target(target, "file PATH")))
    if name == "paste":
        told = Pasted(title=title, company=company or "", url=url or target or "")
        return _one_run(app.ingest.brought(pasted(_given("Paste the posting"), told), 0, LOCAL_USER))
    if name == "mailbox":
        return _one_run(app.mailbox.read())
    if name == "url":
        return _one_run(app.ingest.url(_target(target, "url URL")))
    feed = connected.source_named(app.plugins, name).card.kind is not Kind.BOARD
    words, board = (query or target, company) if feed else (query, company or target)
    plugin, asked = connected.asked_for(app.plugins, name, board or "", words or "")
    return _one_run(app.ingest.board(plugin.card.name, asked))


def _and_mailbox(app: App, run: Answer) -> Answer:
    """After the boards the mailbox, where one is set; what is wrong with it fails no board."""
    if run.exit_code == INTERRUPTED or not app.ingest.settings.mailbox.host:
        return run
    try:
        mails = app.mailbox.read()
    except JobbotError as error:
        mails = {"failed": str(error)}

    def draw(screen: Screen) -> None:
        from rich.text import Text

        run.show(screen)
        if "failed" in mails:
            screen.print(Text(f"The mailbox was not read: {mails['failed']}", style="red"))
        else:
            show.draw_run(screen, mails)

    return replace(run, data={**run.data, "mailbox": mails}, show=draw)


def _file(app: App, path: str) -> dict[str, Any]:
    if path == "-":
        return app.ingest.brought(files.read_bytes(_given("Waiting for the file"), "what came in"), 0, LOCAL_USER)
    return app.ingest.file(Path(path).expanduser())


def _given(waiting: str) -> bytes:
    """What comes in, to its end; somebody at a terminal is told how to end it."""
    if sys.stdin.isatty():
        typer.echo(f"{waiting}; end with Ctrl+D on a line of its own (Windows: Ctrl+Z, Enter).", err=True)
    data = sys.stdin.buffer.read(files.MAX_BYTES + 1)
    if not data.strip():
        raise InvalidInput("nothing came in; give it as in `jobbot ingest file - < posting.html`")
    if len(data) > files.MAX_BYTES:
        raise InvalidInput(f"more than {files.MAX_BYTES // 2**20} MiB came in; split it")
    return data


def _target(target: str | None, usage: str) -> str:
    if not target:
        raise InvalidInput(f"something is missing: `jobbot ingest {usage}`")
    return target


def _one_run(run: dict[str, Any]) -> Answer:
    return Answer(run, lambda screen: show.draw_run(screen, run))


Words = Annotated[str, typer.Option("--query", help="Words that the posting must hold")]
Company = Annotated[str, typer.Option(help="Part of the employer's name")]
Location = Annotated[str, typer.Option(help="A town, area (Bay Area), state or country, or part of a place's name")]
Remote = Annotated[bool, typer.Option("--remote", help="Remote only")]
Since = Annotated[str, typer.Option(help="Newer than a day (2026-11-01) or so many days (7d)")]
MinSalary = Annotated[float | None, typer.Option(min=0, help="At least this much a year; without stated pay: left out")]
FromSource = Annotated[str, typer.Option("--source", help="One source only")]
Closed = Annotated[bool, typer.Option("--closed", help="Those that are gone from their boards")]
Unique = Annotated[bool, typer.Option("--unique", help="One posting for all copies of its advert")]
Limit = Annotated[int, typer.Option(min=1, max=500, help="How many")]
Cursor = Annotated[str, typer.Option(help="`next` of the page before")]
Country = Annotated[str, typer.Option(help="In this country: DE, Germany, Deutschland")]
Seniority = Annotated[str, typer.Option(help="intern, junior, mid, senior, lead, manager, director or executive")]
Employment = Annotated[str, typer.Option(help="full_time, part_time, contract, temporary, internship, ...")]
PostingArgument = Annotated[str, typer.Argument(metavar="POSTING", help="An id, or the first letters of one")]


def list_postings(
    ctx: typer.Context,
    query: Words = "",
    company: Company = "",
    location: Location = "",
    remote: Remote = False,
    since: Since = "",
    min_salary: MinSalary = None,
    source: FromSource = "",
    closed: Closed = False,
    unique: Unique = False,
    country: Country = "",
    seniority: Seniority = "",
    employment: Employment = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> Answer:
    """List postings, newest first; with --query the best first.

    Example: jobbot postings list --location "Bay Area" --seniority senior --since 14d
    """
    day = parse_since(since, _app(ctx).clock.now())
    wanted = PostingFilter(query, company, location, remote, day, min_salary, source.strip().lower(), closed, unique)
    wanted = replace(wanted, country=country, seniority=seniority, employment=employment)
    return _page(_app(ctx), wanted, cursor, limit, "list")


def search(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words; nothing is an operator")] = None,
    query: Words = "",
    company: Company = "",
    location: Location = "",
    remote: Remote = False,
    since: Since = "",
    min_salary: MinSalary = None,
    source: FromSource = "",
    closed: Closed = False,
    unique: Unique = False,
    country: Country = "",
    seniority: Seniority = "",
    employment: Employment = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> Answer:
    """Search postings by words and by meaning, the best first.

    What holds every word is found always; what only means the same is marked so.

    Example: jobbot postings search "night nurse" --location Leeds
    """
    asked = " ".join([*(words or []), query]).strip()
    if not asked:
        raise InvalidInput('what for? As in `jobbot postings search "night nurse"`')
    day = parse_since(since, _app(ctx).clock.now())
    wanted = PostingFilter(asked, company, location, remote, day, min_salary, source.strip().lower(), closed, unique)
    wanted = replace(wanted, country=country, seniority=seniority, employment=employment)
    app = _app(ctx)
    now = app.clock.now()
    found = hits(app.search, app.postings, wanted, now, cursor=cursor, limit=limit)
    return Answer(found.as_dict(), lambda screen: show.draw_hits(screen, found, now, f"search {asked!r}"))


def _page(app: App, wanted: PostingFilter, cursor: str, limit: int, words: str) -> Answer:
    now = app.clock.now()
    found = listed(app.postings, app.postings.page(wanted, cursor=cursor, limit=limit), now)
    return Answer(found.as_dict(), lambda screen: show.draw_postings(screen, found, now, words))


def show_posting(ctx: typer.Context, posting: PostingArgument) -> Answer:
    """Show one posting with its whole text, where else it stands, and what was changed in it.

    Example: jobbot postings show 4kq2
    """
    app = _app(ctx)
    now = app.clock.now()
    found = whole(app.postings, app.postings.get(posting), now)
    return Answer(found.as_dict(), lambda screen: show.draw_posting(screen, found, now))


def summary(
    ctx: typer.Context,
    posting: PostingArgument,
    sentences: Annotated[int, typer.Option(min=1, max=20, help="How many")] = 5,
) -> Answer:
    """The sentences of a posting that say most, in its own words.

    Example: jobbot postings summary 4kq2
    """
    found = _app(ctx).postings.get(posting)
    data = summary_of(found, sentences)
    return Answer(data, lambda screen: _draw_summary(screen, found, [item["quote"] for item in data["sentences"]]))


def _draw_summary(screen: Any, posting: Posting, quotes: list[str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    screen.print(Text(f"{posting.title} - {posting.company}", style="bold"))
    for quote in quotes:
        screen.print(Padding(Text(f"“{quote}”"), (0, 0, 0, 2)))
    if not quotes:
        screen.print("The board gave no text to take sentences from.")
    if posting.attribution:  # whoever lent the posting wants to be named, and linked
        screen.print(Text(f"From {posting.attribution}: {posting.url or 'no address'}", style="dim"))


POSTINGS = {"list": list_postings, "show": show_posting, "search": search, "summary": summary}
