"""Health, the egress ledger, the doctor: what belongs to no slice."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from jobbot import __version__
from jobbot.delivery.cli import checks
from jobbot.kernel.errors import InvalidInput
from jobbot.platform.http.caller import Policy
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, cookie_name, policy, router
from jobbot.platform.http.shapes import Shape, Words
from jobbot.platform.http.wired import Me, wired
from jobbot.platform.safety.ledger import EgressLedger
from jobbot.platform.storage.erase import WORDS
from jobbot.platform.storage.erase import erase as run

HEALTH: APIRouter = router("operations")
ROUTES: APIRouter = router("operations")
Parts = Annotated[Any, Depends(wired)]


class HealthShape(Shape):
    status: str
    version: str


class CheckShape(Shape):
    name: str
    ok: bool
    detail: str


class DoctorShape(Shape):
    checks: list[CheckShape]


class SettingsShape(Shape):
    """`offline_fixed`: configuration or environment decide, and the switch cannot be turned off here."""

    offline: bool
    offline_fixed: bool


class OfflineWanted(Shape):
    offline: bool


class LedgerRow(Shape):
    """What left this machine: to whom, why and how much, never what was in it."""

    at: str | None
    host: str
    purpose: str
    bytes_out: int
    bytes_in: int
    fields: list[str]
    allowed: bool
    status: int | None
    reason: str | None


class LedgerPage(Shape):
    items: list[LedgerRow]
    next: str | None


class EraseWanted(Shape):
    confirm: Words = Field(description=f"The words: {WORDS}")


class ErasedKey(Shape):
    """`wrapping_key` is gone, kept (see `reason`), other (other people's data hangs on it) or none."""

    data_key: str
    wrapping_key: str
    place: str | None
    reason: str | None


class KeptShape(Shape):
    what: str
    count: int
    why: str


class BackupKnown(Shape):
    """A backup that was made; `here`: into the data directory, from where it was removed."""

    at: str
    sha256: str
    here: bool
    opens_with: str
    until: str


class ErasedShape(Shape):
    """What is gone: the key, rows by table, files by kind; and what is kept, with the reason."""

    at: str
    everything: bool
    resumed: bool
    key: ErasedKey
    rows: dict[str, int]
    files: dict[str, int]
    kept: list[KeptShape]
    backups: list[BackupKnown]
    compacted: bool


@HEALTH.get("/healthz", response_model=HealthShape, openapi_extra=policy(Policy.PUBLIC))
def alive() -> Reply:
    """The process answers."""
    return Reply({"status": "ok", "version": __version__})


@HEALTH.get("/readyz", response_model=HealthShape, openapi_extra=policy(Policy.PUBLIC))
def ready(parts: Parts) -> Reply:
    """The database opens and has this program's schema; 503 otherwise."""
    parts.database.schema()
    return Reply({"status": "ready", "version": __version__})


@ROUTES.get("/settings", response_model=SettingsShape, openapi_extra=SESSION)
def settings(parts: Parts) -> Reply:
    """What the app may show and change of the settings."""
    return Reply(_settings(parts))


@ROUTES.put("/settings/offline", response_model=SettingsShape, openapi_extra=SESSION)
def switch_offline(parts: Parts, once: OneTime, body: OfflineWanted) -> Reply:
    """The airplane switch: nothing leaves but loopback, for the command line as well. 403 where the settings decide."""

    def work() -> dict[str, Any]:
        parts.switch(offline=body.offline)
        return _settings(parts)

    return once(work)


def _settings(parts: Any) -> dict[str, Any]:
    return {"offline": parts.offline, "offline_fixed": parts.settings.network.offline}


@ROUTES.get("/ledger", response_model=LedgerPage, openapi_extra=SESSION)
def ledger(
    parts: Parts,
    me: Me,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Words = "",
    host: Annotated[Words, Query(description="Only hosts whose name has this in it")] = "",
    allowed: Annotated[bool | None, Query(description="Only what left (true), or what was refused (false)")] = None,
) -> Reply:
    """Everything that left this machine, newest first."""
    items, rest = EgressLedger(parts.database, me.user).page(limit, cursor, host=host, allowed=allowed)
    return Reply({"items": items, "next": rest})


@ROUTES.post("/erase", response_model=ErasedShape, openapi_extra=policy(Policy.BROWSER))
def erase(request: Request, parts: Parts, me: Me, body: EraseWanted) -> Reply:
    """Erase everything of the caller, as `jobbot erase` does, and end every session. 422 without the words.

    The answer is not kept under the idempotency key: nobody is left who could ask again (401). Killed half-way, `jobbot
    erase` finishes it.
    """
    if body.confirm.strip().casefold() != WORDS:
        raise InvalidInput(f'nothing was erased: confirm must be "{WORDS}"')
    with parts.turn:  # what is being made is made first, so that none of it comes after
        done = run(parts.scope, me.user, parts.clock)
        parts.let_go()
    reply = Reply(done.as_dict(), headers={"Clear-Site-Data": '"cache", "storage"'})
    reply.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True, samesite="strict")
    return reply


@ROUTES.get("/doctor", response_model=DoctorShape, openapi_extra=SESSION)
def doctor(parts: Parts) -> Reply:
    """Check the installation. Changes nothing."""
    return Reply({"checks": [check.as_dict() for check in checks.run(parts)]})
