"""`/jobs`, `/search`, `/sources`: the answers of `jobbot postings` and `jobbot sources`; boards are read in tasks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from jobbot.features.sources import connected, files
from jobbot.features.sources.answers import (
    BoardFound,
    HitPage,
    KindPage,
    PostingPage,
    PostingWithText,
    SourcePage,
    SummaryShape,
)
from jobbot.features.sources.byhand.answers import BroughtShape, DraftShape, PastedShape, brought
from jobbot.features.sources.byhand.links import BOARD
from jobbot.features.sources.byhand.paste import draft, posting
from jobbot.features.sources.find import Searching, hits
from jobbot.features.sources.kinds import kinds
from jobbot.features.sources.model import Posting, PostingFilter
from jobbot.features.sources.since import since
from jobbot.features.sources.store import PostingStore
from jobbot.features.sources.summarise import summary_of
from jobbot.features.sources.tasks import ingest_wanted, refresh_wanted
from jobbot.features.sources.tell import listed, whole
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import NotFound
from jobbot.kernel.ids import UserId
from jobbot.platform.http.caller import Caller, Policy
from jobbot.platform.http.lane import quick
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, policy, router
from jobbot.platform.http.shapes import NO_NUL, Shape, TaskShape, Words
from jobbot.platform.http.upload import REQUEST_BODY, Uploaded
from jobbot.platform.http.wired import Me, wired
from jobbot.platform.plugins import Plugins
from jobbot.platform.work.model import Wanted as WantedTask
from jobbot.platform.work.store import TaskStore
from jobbot.platform.work.wake import Bell
from jobbot.sdk import Source
from jobbot.settings import Settings


class Bringing(Protocol):
    """What `Ingest` does, as these operations need it."""

    def brought(self, content: files.Content, requests: int, user: UserId) -> dict[str, Any]: ...


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def ingest(self) -> Bringing: ...
    @property
    def search(self) -> Searching: ...
    @property
    def tasks(self) -> TaskStore: ...
    @property
    def bell(self) -> Bell: ...


Parts = Annotated[App, Depends(wired)]
PostingId = Annotated[
    str, Path(alias="id", max_length=64, description="An id, or the first letters of one where they fit only one")
]
_ID = re.compile("[a-z2-7]{1,16}")
ROUTES: APIRouter = router("postings")
UPLOAD: dict[str, Any] = {"x-upload": True, "requestBody": REQUEST_BODY}


class Wanted(Shape):
    """The filters of `jobbot postings list`."""

    query: Words = Field("", description="Words that the posting must hold; nothing is an operator")
    company: Words = Field("", description="Part of the employer's name")
    location: Words = Field("", description="A town, area, state or country, or part of a place's name")
    remote: bool = Field(False, description="Remote only")
    since: Words = Field("", description="Newer than a day (2026-11-01) or so many days (7d)")
    min_salary: float | None = Field(None, ge=0, le=1e12, description="At least this much a year")
    source: Words = Field("", description="One source only")
    closed: bool = Field(False, description="Those that are gone from their boards")
    unique: bool = Field(False, description="One posting for all copies of its advert that pass")
    country: Words = Field("", description="In this country: DE, Germany, Deutschland")
    seniority: Words = Field("", description="intern, junior, mid, senior, lead, manager, director or executive")
    employment: Words = Field("", description="full_time, part_time, contract, temporary, internship, ...")
    limit: int = Field(20, ge=1, le=500)
    cursor: Words = Field("", description="`next` of the page before")


class Asked(Wanted):
    q: Words = Field(min_length=1, description="What to search for, best first")


@ROUTES.get("/jobs", response_model=PostingPage, openapi_extra=SESSION)
@quick
def list_jobs(parts: Parts, me: Me, wanted: Annotated[Wanted, Query()]) -> Reply:
    """Postings, newest first; with `query` the best first."""
    return _page(parts, me, wanted, wanted.query)


@ROUTES.get("/search", response_model=HitPage, openapi_extra=SESSION)
@quick
def search_jobs(parts: Parts, me: Me, wanted: Annotated[Asked, Query()]) -> Reply:
    """Search postings by words and by meaning, the best first. What holds every word is found always; `found_by` tells
    what only means the same, `notes` why meaning was not looked for."""
    now = parts.clock.now()
    chosen = _filter(wanted, f"{wanted.q} {wanted.query}".strip(), now)
    found = hits(parts.search, parts.postings, chosen, now, user=me.user, cursor=wanted.cursor, limit=wanted.limit)
    return Reply(found.as_dict())


def _page(parts: App, me: Caller, wanted: Wanted, words: str) -> Reply:
    page = parts.postings.page(_filter(wanted, words, parts.clock.now()), me.user, wanted.cursor, wanted.limit)
    return Reply(listed(parts.postings, page, parts.clock.now(), me.user).as_dict())


def _filter(wanted: Wanted, words: str, now: datetime) -> PostingFilter:
    return PostingFilter(
        words,
        wanted.company,
        wanted.location,
        wanted.remote,
        since(wanted.since, now),
        wanted.min_salary,
        wanted.source.strip().lower(),
        wanted.closed,
        wanted.unique,
        wanted.country,
        wanted.seniority,
        wanted.employment,
    )


@ROUTES.get("/jobs/{id}", response_model=PostingWithText, openapi_extra=SESSION)
@quick
def show_job(parts: Parts, me: Me, job: PostingId) -> Reply:
    """One posting with its whole text, its copies elsewhere, what was changed in it, and what was seen of its life."""
    found = _posting(parts, me, job)
    return Reply(whole(parts.postings, found, parts.clock.now(), me.user).as_dict())


@ROUTES.get("/jobs/{id}/summary", response_model=SummaryShape, openapi_extra=SESSION)
def summarise_job(parts: Parts, me: Me, job: PostingId, sentences: Annotated[int, Query(ge=1, le=20)] = 5) -> Reply:
    """The sentences of a posting that say most, in its own words."""
    found = _posting(parts, me, job)
    return Reply(summary_of(found, sentences))


@ROUTES.get("/sources", response_model=SourcePage, openapi_extra=SESSION)
def list_sources(parts: Parts) -> Reply:
    """Connected boards and how they are, then sources without a board, and those that must not be read."""
    return Reply({"items": connected.overview(parts.plugins, parts.postings, parts.settings), "next": None})


@ROUTES.get("/sources/kinds", response_model=KindPage, openapi_extra=SESSION)
def list_kinds(parts: Parts) -> Reply:
    """Every source that can be named, by title: those to be read, then those that must not be, with the reason."""
    return Reply({"items": kinds(parts.plugins), "next": None})


@ROUTES.get("/sources/board", response_model=BoardFound, openapi_extra=SESSION)
def recognise_board(
    parts: Parts,
    url: Annotated[str, Query(max_length=2000, pattern=NO_NUL, description="Of a careers page or posting")],
) -> Reply:
    """The board that an address belongs to; nothing is fetched. 403 for the address of a source that is not read."""
    ref = connected.board_of_url(parts.plugins, url.strip())
    return Reply({"source": ref.source, "board": ref.board, "region": ref.region or None})


class BoardWanted(Shape):
    source: Words = Field(description="greenhouse, lever, ashby, ...; or a feed: remoteok, himalayas, ...")
    company: Words = Field("", description="The board's name, as it stands in its URL; of a feed a word like others")
    query: Words | None = Field(None, description="Words that postings of a feed must hold; none: all it has")


@ROUTES.post("/sources/ingest", response_model=TaskShape, status_code=202, openapi_extra=SESSION)
def ingest_board(parts: Parts, me: Me, once: OneTime, body: BoardWanted) -> Reply:
    """Read one board, or search one feed, in the background. What the command line refuses is refused at once and not
    queued; a board that is being read already gives the task that is at it."""
    return _queued(parts, me, once, lambda: ingest_wanted(parts.plugins, body.source, body.company, body.query or ""))


@ROUTES.post("/sources/refresh", response_model=TaskShape, status_code=202, openapi_extra=SESSION)
def refresh_sources(parts: Parts, me: Me, once: OneTime) -> Reply:
    """Read every connected board in one task: hosts side by side, the boards of one after the other. Its report is
    at `/sources/runs`; ended half-way, it goes on where it was."""
    return _queued(parts, me, once, refresh_wanted)


def _queued(parts: App, me: Caller, once: OneTime, wanted: Callable[[], WantedTask]) -> Reply:
    def work() -> dict[str, Any]:
        return parts.tasks.enqueue(wanted(), parts.clock.now(), me.user).as_dict()

    reply = once(work, status=202, head=lambda task: {"Location": f"/api/v1/tasks/{task['id']}"})
    parts.bell.ring()
    return reply


def _posting(parts: App, me: Caller, job: str) -> Posting:
    if not _ID.fullmatch(job):
        raise NotFound("there is no posting of that id")
    return parts.postings.get(job, me.user)


@ROUTES.post("/postings/import", response_model=BroughtShape, openapi_extra=policy(Policy.SESSION, **UPLOAD))
def import_postings(parts: Parts, me: Me, once: OneTime, file: Uploaded) -> Reply:
    """Read postings from a file, as `jobbot ingest file` does: alert mails (.eml, .mbox), a saved page (HTML, MHTML),
    JSON or JSON Lines. At most 25 MB. They are yours alone; no address in them is followed."""

    def plan() -> Callable[[], dict[str, Any]]:
        content = files.read_bytes(file.data, file.name)
        return lambda: brought(parts.ingest.brought(content, 0, me.user))

    return once.planned(plan, about=f"{file.name}\x1f".encode() + file.data)


@ROUTES.post("/postings/draft", response_model=DraftShape, openapi_extra=SESSION)
def draft_posting(body: PastedShape) -> Reply:
    """What a pasted text, or a page that the bookmarklet brought, seems to say; nothing is kept."""
    return Reply(draft(body.given()).as_dict())


@ROUTES.post("/postings", response_model=BroughtShape, openapi_extra=SESSION)
def keep_posting(parts: Parts, me: Me, once: OneTime, body: PastedShape) -> Reply:
    """Keep a posting as a person wrote it down. It is theirs alone; the address is only shown, never asked."""

    def plan() -> Callable[[], dict[str, Any]]:
        content = files.Content(BOARD, (posting(body.given()),), ())
        return lambda: brought(parts.ingest.brought(content, 0, me.user))

    return once.planned(plan)
