"""`/matches`: the answer of `jobbot match`; `/preferences`: that of `jobbot prefer`."""

from __future__ import annotations

import re
from threading import Lock
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from jobbot.features.matching.answers import MatchPage, MatchShape, PreferencesShape, PreferencesWanted
from jobbot.features.matching.asked import MOST, wishes_of
from jobbot.features.matching.match import Matcher
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.preferences.model import read
from jobbot.features.matching.preferences.show import shown
from jobbot.features.matching.preferences.store import PreferenceStore
from jobbot.features.profile.model import DEFAULT_PERSONA, persona_name
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.errors import NotFound
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, router
from jobbot.platform.http.shapes import Shape, Short, Words
from jobbot.platform.http.wired import Me, wired


class App(Protocol):
    """The part of the wired program that this slice uses. The matcher remembers what it read, so one works at a time:
    `turn` is held while it does."""

    @property
    def profiles(self) -> ProfileStore: ...
    @property
    def matcher(self) -> Matcher: ...
    @property
    def preferences(self) -> PreferenceStore: ...
    @property
    def turn(self) -> Lock: ...


Parts = Annotated[App, Depends(wired)]
ROUTES: APIRouter = router("matches")
_ID = re.compile("[a-z2-7]{1,16}")


class Wanted(Shape):
    """The wishes of `jobbot match`."""

    role: list[Words] = Field([], max_length=20, description="A role you want; may be given again")
    location: list[Words] = Field([], max_length=20, description="A town, area, country or region; again for more")
    remote: bool = Field(False, description="Remote work (with a location: there, or remote)")
    min_salary: float | None = Field(None, ge=0, le=1e12, description="Salary floor")
    currency: str | None = Field(None, pattern="^[A-Za-z]{3}$", description="Of the floor")
    per: str = Field("year", pattern="^(hour|day|week|month|year)$", description="Of the floor")
    strict: bool = Field(False, description="Drop what misses a wish, do not list it last")
    persona: Short = DEFAULT_PERSONA


class WantedList(Wanted):
    limit: int = Field(10, ge=1, le=MOST)


@ROUTES.get("/matches", response_model=MatchPage, openapi_extra=SESSION)
def list_matches(parts: Parts, me: Me, wanted: Annotated[WantedList, Query()]) -> Reply:
    """Rank the stored postings for the profile. Every score is a sum of named rows, each with its reason."""
    profile = parts.profiles.current(me.user, persona_name(wanted.persona))
    with parts.turn:
        found = parts.matcher.match(profile, _wishes(wanted), wanted.limit)
    return Reply({"items": [one.as_dict() for one in found], "next": None})


@ROUTES.get("/matches/{posting_id}", response_model=MatchShape, openapi_extra=SESSION)
def show_match(
    parts: Parts,
    me: Me,
    posting_id: Annotated[str, Path(max_length=64, description="An id, or its first letters")],
    wanted: Annotated[Wanted, Query()],
) -> Reply:
    """One posting judged for the profile, open or closed."""
    if not _ID.fullmatch(posting_id):
        raise NotFound("there is no posting of that id")
    profile = parts.profiles.current(me.user, persona_name(wanted.persona))
    with parts.turn:
        return Reply(parts.matcher.one(profile, _wishes(wanted), posting_id).as_dict())


@ROUTES.get("/preferences", response_model=PreferencesShape, openapi_extra=SESSION)
def show_preferences(parts: Parts, me: Me) -> Reply:
    """What the user weighs, blocks and avoids."""
    return Reply(shown(parts.preferences.of(me.user)))


@ROUTES.put("/preferences", response_model=PreferencesShape, openapi_extra=SESSION)
def save_preferences(parts: Parts, me: Me, once: OneTime, body: PreferencesWanted) -> Reply:
    """Keep these in place of what was chosen before; `{}` goes back to the shipped score."""
    wanted = read(body.model_dump())
    return once(lambda: shown(parts.preferences.change(lambda _held: wanted, me.user)))


def _wishes(wanted: Wanted) -> Wishes:
    return wishes_of(
        wanted.role,
        wanted.location,
        remote=wanted.remote,
        min_salary=wanted.min_salary,
        currency=wanted.currency,
        per=wanted.per,
        strict=wanted.strict,
    )
