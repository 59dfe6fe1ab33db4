"""Health, the egress ledger, the doctor: what belongs to no slice."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from jobbot import __version__
from jobbot.delivery.cli import checks
from jobbot.platform.http.caller import Policy
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, policy, router
from jobbot.platform.http.shapes import Shape
from jobbot.platform.http.wired import Me, wired
from jobbot.platform.safety.ledger import EgressLedger

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
    next: None


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
def ledger(parts: Parts, me: Me, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> Reply:
    """Everything that left this machine, newest first."""
    return Reply({"items": EgressLedger(parts.database, me.user).rows(limit), "next": None})


@ROUTES.get("/doctor", response_model=DoctorShape, openapi_extra=SESSION)
def doctor(parts: Parts) -> Reply:
    """Check the installation. Changes nothing."""
    return Reply({"checks": [check.as_dict() for check in checks.run(parts)]})
