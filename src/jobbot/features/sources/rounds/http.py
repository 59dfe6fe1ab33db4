"""`/sources/runs`: the runs over all boards and what each board gave."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Path, Query

from jobbot.features.sources.rounds.answers import RunPage, RunReport
from jobbot.features.sources.rounds.model import report, summary
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.errors import NotFound
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, router
from jobbot.platform.http.shapes import Words
from jobbot.platform.http.wired import wired

ROUTES: APIRouter = router("sources")


class App(Protocol):
    @property
    def postings(self) -> PostingStore: ...


Parts = Annotated[App, Depends(wired)]
RunId = Annotated[str, Path(alias="id", max_length=32, description="An id, or the first letters of one")]


@ROUTES.get("/sources/runs", response_model=RunPage, openapi_extra=SESSION)
def list_runs(parts: Parts, limit: Annotated[int, Query(ge=1, le=60)] = 10, cursor: Words = "") -> Reply:
    """The latest runs over all boards, newest first."""
    found, rest = RoundStore(parts.postings.database).latest(limit, cursor)
    return Reply({"items": [summary(one, boards) for one, boards in found], "next": rest})


@ROUTES.get("/sources/runs/{id}", response_model=RunReport, openapi_extra=SESSION)
def show_run(parts: Parts, key: RunId) -> Reply:
    """What each board gave in a run: counts, requests, bytes and seconds, why one failed, what rests until when."""
    if not (key.isascii() and key.isalnum()):
        raise NotFound("there is no run of that id")
    return Reply(report(*RoundStore(parts.postings.database).get(key)))
