"""`/documents`: what `jobbot tailor` makes, kept and shown again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, Path, Query, Response

from jobbot.features.matching.match import Matcher
from jobbot.features.matching.model import Match, Wishes
from jobbot.features.profile.model import Profile, persona_name
from jobbot.features.profile.store import ProfileStore
from jobbot.features.sources.model import Posting
from jobbot.features.sources.store import PostingStore
from jobbot.features.tailoring import theme
from jobbot.features.tailoring.answers import (
    DocumentsPage,
    DocumentsShape,
    DocumentsWanted,
    PlacesShape,
    TemplatesShape,
)
from jobbot.features.tailoring.made.keep import file_of, keep
from jobbot.features.tailoring.made.picture import picture
from jobbot.features.tailoring.made.places import places
from jobbot.features.tailoring.made.store import MadeSet, MadeStore
from jobbot.features.tailoring.tailor import Tailor
from jobbot.kernel.clock import Clock, iso
from jobbot.platform.http.caller import Caller
from jobbot.platform.http.download import download
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, router
from jobbot.platform.http.wired import Me, wired
from jobbot.platform.storage import Artefacts, Records

PREFIX = "/api/v1/documents"
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "md": "text/markdown",
    "json": "application/json",
    "png": "image/png",
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA.values() if kind != MEDIA["png"]
        }
    }
}
PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA["png"]: {"schema": {"type": "string", "format": "binary"}}}}
}
BRIEF = ("posting_id", "title", "company", "template", "pages", "profile_version")


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def clock(self) -> Clock: ...
    @property
    def profiles(self) -> ProfileStore: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def matcher(self) -> Matcher: ...
    @property
    def tailor(self) -> Tailor: ...
    @property
    def outputs(self) -> Artefacts: ...
    @property
    def records(self) -> Records: ...
    @property
    def made(self) -> MadeStore: ...
    @property
    def turn(self) -> Lock: ...


Parts = Annotated[App, Depends(wired)]
SetId = Annotated[str, Path(alias="id", max_length=64)]
Cursor = Annotated[str, Query(pattern="^[a-z0-9]{0,32}$", description="`next` of the page before")]
ROUTES: APIRouter = router("documents")


@ROUTES.get("/documents", response_model=DocumentsPage, openapi_extra=SESSION)
def list_documents(
    parts: Parts,
    me: Me,
    posting_id: Annotated[str, Query(pattern="^([a-z2-7]{16})?$", description="Of one posting only")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    cursor: Cursor = "",
) -> Reply:
    """Documents that were made, newest first."""
    found = parts.made.page(me.user, posting=posting_id, after=cursor, limit=limit)
    more = found[limit - 1].id if len(found) > limit else None
    return Reply({"items": [brief(one) for one in found[:limit]], "next": more})


@ROUTES.post("/documents", response_model=DocumentsShape, status_code=201, openapi_extra=SESSION)
def make_documents(parts: Parts, me: Me, once: OneTime, body: DocumentsWanted) -> Reply:
    """A one-page CV and a letter for one posting, with the proof of every line."""

    def plan() -> Callable[[], dict[str, Any]]:
        profile = parts.profiles.current(me.user, persona_name(body.persona))
        posting = parts.postings.get(body.posting_id, me.user)
        with parts.turn:
            match = parts.matcher.one(profile, Wishes(), posting.id)
        return lambda: whole(_made(parts, me, body, profile, posting, match))

    return once.planned(plan, status=201, head=lambda data: {"Location": f"{PREFIX}/{data['id']}"})


def _made(parts: App, me: Caller, body: DocumentsWanted, profile: Profile, posting: Posting, match: Match) -> MadeSet:
    with parts.turn:
        made = parts.tailor.tailor(
            profile,
            posting,
            match,
            folder=parts.outputs.folder,
            template=body.template,
            formats=body.formats,
            letter=body.letter,
        )
        return keep(made, posting, parts.made, parts.records, me.user, parts.clock.now())


@ROUTES.get("/templates", response_model=TemplatesShape, openapi_extra=SESSION)
def list_templates() -> Reply:
    """Looks that documents can have."""
    return Reply({"items": list(theme.names()), "next": None})


@ROUTES.get("/documents/{id}", response_model=DocumentsShape, openapi_extra=SESSION)
def show_documents(parts: Parts, me: Me, key: SetId) -> Reply:
    """One CV and letter: lines with their facts, what was left out and why, checks, files, pictures of the pages."""
    return Reply(whole(parts.made.get(key, me.user)))


@ROUTES.get("/documents/{id}/places", response_model=PlacesShape, openapi_extra=SESSION)
def show_places(parts: Parts, me: Me, key: SetId) -> Reply:
    """Where each of `lines` stands on the true pages, so that a viewer can show one beside the other."""
    made = parts.made.get(key, me.user)
    found: list[dict[str, Any]] = []
    for document, name in (("cv", "pdf"), ("letter", "letter_pdf")):
        lines = [(index, line["text"]) for index, line in enumerate(made.body["lines"]) if line["document"] == document]
        if lines and made.body["files"].get(name):
            found += places(file_of(made, name, parts.records), lines)
    return Reply({"items": found, "next": None})


@ROUTES.get("/documents/{id}/files/{name}", response_class=Response, responses=FILE, openapi_extra=SESSION)
def download_file(
    parts: Parts,
    me: Me,
    key: SetId,
    name: Annotated[str, Path(max_length=40, description="A name in `files`: pdf, letter_docx, diff, ...")],
    inline: Annotated[bool, Query(description="Let a viewer show a PDF in place of saving it")] = False,
) -> Response:
    """One file as it was made, from its sealed copy."""
    made = parts.made.get(key, me.user)
    data = file_of(made, name, parts.records)
    shown = str(made.body["files"][name])
    kind = shown.rpartition(".")[2]
    return download(data, shown, MEDIA[kind], inline=inline and kind == "pdf")


@ROUTES.get("/documents/{id}/{part}/{page}.png", response_class=Response, responses=PICTURE, openapi_extra=SESSION)
def show_page(
    parts: Parts,
    me: Me,
    key: SetId,
    part: Literal["pages", "letter"],
    page: Annotated[int, Path(ge=1, le=99)],
    width: Annotated[int, Query(ge=200, le=2400, description="In pixels")] = 1240,
) -> Response:
    """A picture of a true page: `pages` of the CV, or `letter`."""
    made = parts.made.get(key, me.user)
    data = file_of(made, "pdf" if part == "pages" else "letter_pdf", parts.records)
    return Response(picture(data, page, width), 200, media_type=MEDIA["png"])


def brief(made: MadeSet) -> dict[str, Any]:
    """One row of the list."""
    told = {name: made.body[name] for name in BRIEF}
    return {"id": made.id, "created_at": iso(made.created_at), **told, "score": made.body["ats"]["score"]}


def whole(made: MadeSet) -> dict[str, Any]:
    """The contract's `tailor` shape with addresses in place of paths."""
    files = {name: f"{PREFIX}/{made.id}/files/{name}" if kept else None for name, kept in made.body["files"].items()}
    pages = made.body["pages"] if files["pdf"] else 0
    letter = made.body["letter_pages"]
    return {
        "id": made.id,
        "created_at": iso(made.created_at),
        **{name: value for name, value in made.body.items() if name != "letter_pages"},
        "files": files,
        "pictures": [f"{PREFIX}/{made.id}/pages/{number}.png" for number in range(1, pages + 1)],
        "letter_pictures": [f"{PREFIX}/{made.id}/letter/{number}.png" for number in range(1, letter + 1)],
    }
