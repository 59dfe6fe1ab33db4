"""`/documents`: what `jobbot tailor` makes, kept and shown again."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Path, Query

from jobbot.features.tailoring.answers import DocumentsPage, DocumentsShape
from jobbot.features.tailoring.made.store import MadeSet, MadeStore
from jobbot.kernel.clock import iso
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, router
from jobbot.platform.http.wired import Me, wired

PREFIX = "/api/v1/documents"
BRIEF = ("posting_id", "title", "company", "template", "pages", "profile_version")


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def made(self) -> MadeStore: ...


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


@ROUTES.get("/documents/{id}", response_model=DocumentsShape, openapi_extra=SESSION)
def show_documents(parts: Parts, me: Me, key: SetId) -> Reply:
    """One CV and letter: lines with their facts, what was left out and why, checks, files, pictures of the pages."""
    return Reply(whole(parts.made.get(key, me.user)))


def brief(made: MadeSet) -> dict[str, Any]:
    """One row of the list."""
    told = {name: made.body[name] for name in BRIEF}
    return {"id": made.id, "created_at": iso(made.created_at), **told, "score": made.body["ats"]["score"]}


def whole(made: MadeSet) -> dict[str, Any]:
    """The contract's `tailor` shape with addresses in place of paths."""
    files = {name: f"{PREFIX}/{made.id}/files/{name}" if kept else None for name, kept in made.body["files"].items()}
    pages, letter = made.body["pages"], made.body["letter_pages"]
    return {
        "id": made.id,
        "created_at": iso(made.created_at),
        **{name: value for name, value in made.body.items() if name != "letter_pages"},
        "files": files,
        "pictures": [f"{PREFIX}/{made.id}/pages/{number}.png" for number in range(1, pages + 1)],
        "letter_pictures": [f"{PREFIX}/{made.id}/letter/{number}.png" for number in range(1, letter + 1)],
    }
