"""`/sources` changed: boards added, brought in as a list, paused, removed and taken back; what decides about asking."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Query
from pydantic import Field, StringConstraints

from jobbot.features.sources import connected
from jobbot.features.sources.connect.answers import ChangedSource, CheckPage, ListReport
from jobbot.features.sources.connect.change import LOOK_UP, Connecting
from jobbot.features.sources.connect.lists import address
from jobbot.features.sources.courtesy.explain import explained
from jobbot.features.sources.store import PostingStore
from jobbot.features.sources.tasks import find_wanted
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, router
from jobbot.platform.http.shapes import NO_NUL, Shape, TaskShape, Words
from jobbot.platform.http.wired import Me, wired
from jobbot.platform.plugins import Plugins
from jobbot.platform.work.store import TaskStore
from jobbot.platform.work.wake import Bell
from jobbot.sdk import Source

Address = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]
ROUTES: APIRouter = router("sources")


class App(Protocol):
    """The part of the wired program that these operations use."""

    @property
    def clock(self) -> Clock: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def tasks(self) -> TaskStore: ...
    @property
    def bell(self) -> Bell: ...


Parts = Annotated[App, Depends(wired)]


class ConnectWanted(Shape):
    """By name (`source`, `board`), or by the `url` of a known kind of board."""

    source: Words = Field("", description="greenhouse, lever, ashby, ...; or a feed")
    board: Words = Field("", description="The board's name, as it stands in its URL; of a feed its words, if any")
    url: Address = Field("", description="Of a careers page or a posting, instead")


class PauseWanted(Shape):
    source: Words
    board: Words = ""
    paused: bool


class PageWanted(Shape):
    url: Address


class ListWanted(Shape):
    """OPML, CSV with or without a header, or a line each."""

    text: str = Field(max_length=500_000, pattern=NO_NUL)
    dry_run: bool = False


def _connecting(parts: App) -> Connecting:
    return Connecting(parts.plugins, parts.postings, parts.clock, _not_here)


def _not_here(url: str) -> dict[str, Any]:
    """A request waits for no page of somebody else's; a task looks at it."""
    raise InvalidInput(f"{url[:200]} is no known kind of board; POST /sources/find looks at the page in the background")


@ROUTES.post("/sources", response_model=ChangedSource, status_code=201, openapi_extra=SESSION)
def connect_board(parts: Parts, once: OneTime, body: ConnectWanted) -> Reply:
    """Connect a board, so that runs read it, or take back one that was removed; nothing is fetched. 422 for a page that
    must be looked at first, see `POST /sources/find`."""

    def work() -> dict[str, Any]:
        connecting = _connecting(parts)
        return connecting.found(body.url) if body.url else connecting.add(body.source.strip().lower(), body.board)

    return once(work, status=201)


@ROUTES.patch("/sources", response_model=ChangedSource, openapi_extra=SESSION)
def pause_board(parts: Parts, once: OneTime, body: PauseWanted) -> Reply:
    """Leave a connected board or feed out of the runs, or read it again."""
    return once(lambda: _connecting(parts).pause(body.source, body.board, paused=body.paused))


@ROUTES.delete("/sources", response_model=ChangedSource, openapi_extra=SESSION)
def remove_board(
    parts: Parts, once: OneTime, source: Annotated[Words, Query()], board: Annotated[Words, Query()] = ""
) -> Reply:
    """Read a board no more. Its postings stay, and connecting it again takes this back."""
    return once(lambda: _connecting(parts).remove(source, board))


@ROUTES.post("/sources/find", response_model=TaskShape, status_code=202, openapi_extra=SESSION)
def find_board(parts: Parts, me: Me, once: OneTime, body: PageWanted) -> Reply:
    """Look at a page for the board behind it, in the background, and connect that. 403 at once for the address of a
    source that is not read, 422 for what is no address."""

    def work() -> dict[str, Any]:
        _connecting(parts).by_address(body.url)
        wanted = find_wanted(address(body.url.strip()))
        return parts.tasks.enqueue(wanted, parts.clock.now(), me.user).as_dict()

    reply = once(work, status=202, head=lambda task: {"Location": f"/api/v1/tasks/{task['id']}"})
    parts.bell.ring()
    return reply


@ROUTES.post("/sources/import", response_model=ListReport, openapi_extra=SESSION)
def import_boards(parts: Parts, me: Me, once: OneTime, body: ListWanted) -> Reply:
    """Connect the boards of a list; every line is answered. A page that must be looked at is, each in a task."""

    def work() -> dict[str, Any]:
        told = _connecting(parts).bring(body.text, dry_run=body.dry_run)
        for line in told["lines"]:
            if line["outcome"] == LOOK_UP and not body.dry_run:
                parts.tasks.enqueue(find_wanted(line["url"]), parts.clock.now(), me.user)
        return told

    reply = once(work)
    parts.bell.ring()
    return reply


@ROUTES.get("/sources/check", response_model=CheckPage, openapi_extra=SESSION)
def check_boards(parts: Parts, source: Words = "") -> Reply:
    """How each connected board is, whether it may be asked and why, how often, and when next; nothing is sent."""
    now, counts = parts.clock.now(), parts.postings.open_by_board()
    journal = parts.postings.journal
    boards = [board for board in journal.boards() if source.strip().lower() in ("", board.source)]
    items = [
        {
            **connected.entry(parts.plugins, board, counts.get(board.id, 0)),
            "courtesy": explained(parts.plugins, journal, board, now),
        }
        for board in boards
    ]
    return Reply({"items": items, "next": None})
