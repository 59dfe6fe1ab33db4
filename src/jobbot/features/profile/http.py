"""`/profile`: the answers of `jobbot profile` and `jobbot import resume`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from jobbot.features.profile.answers import CheckShape, ImportShape, ProfileShape
from jobbot.features.profile.export import export
from jobbot.features.profile.importer import read_bytes
from jobbot.features.profile.model import DEFAULT_PERSONA, persona_name
from jobbot.features.profile.resume import dump, load, load_valid
from jobbot.features.profile.store import ProfileStore
from jobbot.features.profile.take import lay
from jobbot.features.profile.tell import checked, shown
from jobbot.platform.http.caller import Policy
from jobbot.platform.http.download import download
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.problems import Unconditional
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, policy, router
from jobbot.platform.http.shapes import Short
from jobbot.platform.http.upload import REQUEST_BODY, Uploaded
from jobbot.platform.http.wired import Me, wired

MEDIA = {"json": "application/json", "md": "text/markdown", "txt": "text/plain", "html": "text/html"}
EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {kind: {"schema": {"type": "string"}} for kind in MEDIA.values() if kind != "application/json"}
        | {"application/json": {"schema": {"type": "object"}}}
    }
}
UPLOAD: dict[str, Any] = {"x-upload": True, "requestBody": REQUEST_BODY}
_VERSION = re.compile(r'(?:W/)?"([1-9][0-9]{0,8})"')


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def profiles(self) -> ProfileStore: ...


Parts = Annotated[App, Depends(wired)]
Persona = Annotated[Short, Query(description="Which of your profiles")]
ROUTES: APIRouter = router("profile")


@ROUTES.get("/profile", response_model=ProfileShape, openapi_extra=SESSION)
def show_profile(
    parts: Parts,
    me: Me,
    persona: Persona = DEFAULT_PERSONA,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="An older version")] = None,
) -> Reply:
    """The profile, its facts and its history. The ETag is what `PUT` wants as If-Match."""
    name = persona_name(persona)
    store = parts.profiles
    profile = store.current(me.user, name) if version is None else store.version(version, me.user, name)
    return Reply(shown(store, profile), headers={"ETag": f'"{profile.version}"'})


@ROUTES.get("/profile/check", response_model=CheckShape, openapi_extra=SESSION)
def check_profile(parts: Parts, me: Me, persona: Persona = DEFAULT_PERSONA) -> Reply:
    """Check against the JSON Resume schema, and say what would make the profile stronger."""
    text = dump(parts.profiles.current(me.user, persona_name(persona)).resume).encode()
    return Reply(checked(load(text, "your profile")))


@ROUTES.put("/profile", response_model=ProfileShape, openapi_extra=SESSION)
def save_profile(
    request: Request,
    parts: Parts,
    me: Me,
    once: OneTime,
    body: dict[str, Any],
    persona: Persona = DEFAULT_PERSONA,
    if_match: Annotated[str | None, Header(description="The ETag of the version you edited")] = None,
    if_none_match: Annotated[str | None, Header(description="`*` for the first version")] = None,
) -> Reply:
    """Keep an edited JSON Resume as a new version. 412 when somebody else changed it since you read it."""
    name, expected = persona_name(persona), _expected(if_match, if_none_match)

    def work() -> dict[str, Any]:
        resume = load_valid(request.state.body, "profile").resume
        saved = parts.profiles.save(resume, me.user, name, "edit", expected=expected)
        return shown(parts.profiles, saved)

    return once(work, head=_etag)


@ROUTES.post("/profile/import", response_model=ImportShape, openapi_extra=policy(Policy.SESSION, **UPLOAD))
def import_profile(
    parts: Parts,
    me: Me,
    once: OneTime,
    file: Uploaded,
    persona: Persona = DEFAULT_PERSONA,
    dry_run: Annotated[bool, Query(description="Show what would be read; keep nothing")] = False,
    replace: Annotated[bool, Query(description="Start over from this file; do not lay it over")] = False,
    if_match: Annotated[str | None, Header(description="The ETag of the version that was looked at, if any")] = None,
    if_none_match: Annotated[str | None, Header(description="`*`: only where there is no profile yet")] = None,
) -> Reply:
    """Read a CV: JSON Resume, LinkedIn export (ZIP, JSON, PDF), PDF, DOCX, Markdown, HTML or text. The answer says what
    was read and from where. At most 25 MB: of LinkedIn ask for the categories of your profile only."""
    name = persona_name(persona)
    expected = None if if_match is None and if_none_match is None else _expected(if_match, if_none_match)

    def work() -> dict[str, Any]:
        imported = read_bytes(file.data, file.name)
        taken = lay(
            parts.profiles,
            imported,
            user=me.user,
            persona=name,
            dry_run=dry_run,
            replace=replace,
            expected=expected,
        )
        return taken.as_dict()

    return once(work, about=f"{file.name}\x1f".encode() + file.data)


@ROUTES.get("/profile/export", openapi_extra=SESSION, response_class=Response, responses=EXPORTED)
def export_profile(
    parts: Parts,
    me: Me,
    persona: Persona = DEFAULT_PERSONA,
    form: Annotated[Literal["json", "md", "txt", "html"], Query(alias="format")] = "json",
) -> Response:
    """The profile as a file: JSON Resume (value-equal to what was imported), Markdown, text or HTML."""
    text = export(parts.profiles.current(me.user, persona_name(persona)).resume, form)
    return download(text.encode(), f"profile.{form}", MEDIA[form])


def _expected(if_match: str | None, if_none_match: str | None) -> int:
    """The version that the caller edited, 0 for none."""
    if if_none_match is not None and if_none_match.strip() == "*":
        return 0
    version = _VERSION.fullmatch((if_match or "").strip())
    if version is None:
        raise Unconditional(
            'send the ETag of the version you edited as If-Match (as in If-Match: "3"), or If-None-Match: * '
            "where there is no profile yet"
        )
    return int(version[1])


def _etag(data: dict[str, Any]) -> dict[str, str]:
    return {"ETag": f'"{data["version"]}"'}
