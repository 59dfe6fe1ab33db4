"""Every failure as one problem document (RFC 9457), with an id and without personal data."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from jobbot.kernel.errors import InvalidInput, JobbotError, NotFound, OurBug, Problem, YoursToFix
from jobbot.kernel.ids import new_id
from jobbot.platform.http.reply import PROBLEM, encoded


class NotAllowed(YoursToFix):
    type: ClassVar[str] = "urn:jobbot:method-not-allowed"
    title: ClassVar[str] = "Method not allowed"
    status: ClassVar[int] = 405


class WrongPlace(YoursToFix):
    """The request was not made for this server or not by its own pages."""

    type: ClassVar[str] = "urn:jobbot:wrong-place"
    title: ClassVar[str] = "Not from here"
    status: ClassVar[int] = 403


class TooLarge(YoursToFix):
    type: ClassVar[str] = "urn:jobbot:too-large"
    title: ClassVar[str] = "Too large"
    status: ClassVar[int] = 413


class WrongKind(YoursToFix):
    type: ClassVar[str] = "urn:jobbot:wrong-content-type"
    title: ClassVar[str] = "Wrong content type"
    status: ClassVar[int] = 415


class Unconditional(YoursToFix):
    """A change of something that people edit must say which version it changes."""

    type: ClassVar[str] = "urn:jobbot:precondition-required"
    title: ClassVar[str] = "Say which version you change"
    status: ClassVar[int] = 428


@dataclass(frozen=True, slots=True)
class Incident:
    """What is noted of a failure: no address, no value, only our own names."""

    error_id: str
    status: int
    error: str
    route: str
    place: str = ""


Note = Callable[[Incident], None]


def unnoted(_incident: Incident) -> None:
    """The note nobody keeps."""


def document(error: JobbotError, error_id: str) -> dict[str, Any]:
    """The problem document; its fields are those of the command line, with `status` and `error_id`."""
    told = error.problem()
    return {
        "type": told["type"],
        "title": told["title"],
        "status": error.status,
        "detail": told["detail"],
        "errors": told["errors"],
        "retry_at": told["retry_at"],
        "error_id": error_id,
    }


def response(error: JobbotError, headers: Mapping[str, str] | None = None, error_id: str = "") -> Response:
    """The failure as it is sent."""
    extra = dict(headers or {})
    if error.status == 401:
        extra["WWW-Authenticate"] = 'Bearer realm="jobbot"'
    if error.retry_at is not None:
        extra["Retry-After"] = format_datetime(error.retry_at.astimezone(UTC), usegmt=True)
    body = encoded(document(error, error_id or new_id()))
    return Response(body, error.status, extra, PROBLEM)


def install(app: FastAPI, note: Note = unnoted) -> None:
    """Let every failure of `app` that was meant end as a problem document; each one is told to `note`. The others end
    at the fences."""

    def answer(request: Request, error: JobbotError, cause: BaseException, headers: Mapping[str, str]) -> Response:
        error_id = new_id()
        place = _place(cause) if error.status >= 500 else ""
        note(Incident(error_id, error.status, type(cause).__name__, _route(request.scope), place))
        return response(error, headers, error_id)

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, JobbotError)
        return answer(request, error, error, {})

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, explained(error.errors()), error, {})

    async def routed(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return answer(request, _of_status(error), error, error.headers or {})

    app.add_exception_handler(JobbotError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, routed)


def bug(scope: Scope, error: Exception, note: Note) -> Response:
    """What is answered and noted of an error nobody meant: its kind and place, not its words."""
    error_id, place = new_id(), _place(error)
    note(Incident(error_id, 500, type(error).__name__, _route(scope), place))
    return response(OurBug(f"{type(error).__name__} at {place}; nothing half done was kept"), error_id=error_id)


def explained(errors: Sequence[Any]) -> InvalidInput:
    """What breaks the description of the operation: where and what, never the value."""
    found = [Problem(str(item.get("msg", "not valid")), pointer=_pointer(item.get("loc", ()))) for item in errors]
    return InvalidInput("; ".join(map(str, found[:3])) or "the request is not valid", errors=found[:50])


def _pointer(location: Sequence[Any]) -> str:
    """`/body/limit`: where the request is wrong."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')[:60]}" for step in location)


def _of_status(error: HTTPException) -> JobbotError:
    kinds: dict[int, type[JobbotError]] = {404: NotFound, 405: NotAllowed, 413: TooLarge, 415: WrongKind}
    kind = kinds.get(error.status_code, OurBug if error.status_code >= 500 else InvalidInput)
    words = {404: "there is nothing at this address", 405: "this address does not take that method"}
    return kind(words.get(error.status_code, str(error.detail)[:300]))


def _route(scope: Scope) -> str:
    """The template of the address, which names nobody."""
    return f"{scope['method']} {getattr(scope.get('route'), 'path', '-')}"


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
