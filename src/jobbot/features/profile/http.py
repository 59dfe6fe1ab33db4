"""`/profile`: the answers of `jobbot profile` and `jobbot import resume`."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Query

from jobbot.features.profile.answers import CheckShape, ProfileShape
from jobbot.features.profile.model import DEFAULT_PERSONA, persona_name
from jobbot.features.profile.resume import dump, load
from jobbot.features.profile.store import ProfileStore
from jobbot.features.profile.tell import checked, shown
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, router
from jobbot.platform.http.shapes import Short
from jobbot.platform.http.wired import Me, wired


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
