"""`create_app`: every slice's operations behind the same fences."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from jobbot import __version__
from jobbot.bootstrap import App
from jobbot.delivery.api import operations, tasks
from jobbot.delivery.api.describe import describe, name_of
from jobbot.delivery.api.pages import Pages, read
from jobbot.delivery.api.parts import Parts
from jobbot.features.accounts import http as accounts
from jobbot.features.matching import http as matching
from jobbot.features.profile import http as profile
from jobbot.features.skills import http as skills
from jobbot.features.sources import http as sources
from jobbot.features.sources.connect import http as connecting
from jobbot.features.sources.rounds import http as rounds
from jobbot.features.tailoring import http as tailoring
from jobbot.platform.http import problems
from jobbot.platform.http.caller import Caller
from jobbot.platform.http.fences import Fences, Origins

PREFIX = "/api/v1"
OPENAPI = "/api/openapi.json"
ROUTES: tuple[APIRouter, ...] = (
    accounts.ROUTES,
    sources.ROUTES,
    connecting.ROUTES,
    rounds.ROUTES,
    matching.ROUTES,
    skills.ROUTES,
    profile.ROUTES,
    tailoring.ROUTES,
    tasks.ROUTES,
    operations.ROUTES,
)
SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
"""FastAPI's telemetry would put bodies and messages of exceptions into whatever exporter the machine has."""


class _Door:
    """Lets in through the sessions of the wired program, which is made when first asked."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def at_once(self, secret: str, *, machine: bool) -> Caller | None:
        sessions = self._parts.ready("sessions")
        found: Caller | None = sessions.at_once(secret, machine=machine) if sessions else None
        return found

    def admit(self, secret: str, *, machine: bool) -> Caller:
        found: Caller = self._parts.sessions.admit(secret, machine=machine)
        return found


def create_app(
    app: App, *, public_url: str = "", folder: Path | None = None, note: problems.Note = problems.unnoted
) -> FastAPI:
    """The web application over a wired jobbot; `public_url` is where it is reached besides loopback, `folder` holds
    the built pages. Streams end when `state.ending` is set."""
    web = FastAPI(
        title="jobbot",
        version=__version__,
        description="Your job search, on your machine. The fields are those of the command line with --json.",
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=name_of,
        telemetry=SILENT,
    )
    parts = Parts(app)
    web.state.parts, web.state.door, web.state.ending = parts, _Door(parts), Event()
    problems.install(web, note)
    web.include_router(operations.HEALTH)
    for routes in ROUTES:
        web.include_router(routes, prefix=PREFIX)
    web.openapi = lambda: describe(web)  # type: ignore[method-assign]
    web.router.default = Pages(read(folder), web.router.default)
    # No other site can make a browser ask with our cookie, so no secret can be guessed from an answer's length.
    web.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=3)
    web.add_middleware(Fences, origins=Origins(public_url), note=note)
    return web
