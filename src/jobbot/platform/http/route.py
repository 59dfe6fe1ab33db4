"""One route class for every operation: who may, which key, what body, and only then the endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.http import body
from jobbot.platform.http.caller import Caller, Door, Policy, Unauthenticated
from jobbot.platform.http.problems import WrongPlace

KEY_HEADER = "Idempotency-Key"
_KEY = re.compile(r"[A-Za-z0-9_.:-]{8,200}")
NOBODY = Caller(LOCAL_USER, "", machine=False)


class GuardedRoute(APIRoute):
    """An operation with a declared policy. One without breaks the build, not a user's trust."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        extra = dict(options.get("openapi_extra") or {})
        self.policy = Policy(extra["x-policy"])
        self.upload = bool(extra.get("x-upload"))
        self.unsafe = bool(body.UNSAFE & set(options.get("methods") or ()))
        if self.unsafe:
            options["openapi_extra"] = {**extra, "parameters": [KEY_PARAMETER]}
        super().__init__(*arguments, **options)  # asks for the handler, which needs what stands above

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()
        policy, upload, unsafe = self.policy, self.upload, self.unsafe

        async def handle(request: Request) -> Response:
            request.state.caller = at_once(request, policy) or await run_in_threadpool(admit, request, policy)
            if unsafe:
                request.state.key = _key(request)
                request.state.body = await body.read(request, upload=upload)
                request = body.again(request, request.state.body)
            return await inner(request)

        return handle


def router(tag: str) -> APIRouter:
    """A slice's router; its operations are guarded."""
    return APIRouter(tags=[tag], route_class=GuardedRoute)


def policy(who: Policy, **extra: Any) -> dict[str, Any]:
    """`openapi_extra` of an operation."""
    return {"x-policy": who.value, **extra}


SESSION = policy(Policy.SESSION)
"""What most operations declare."""


def admit(request: Request, wanted: Policy) -> Caller:
    """The caller of a request. Raises Unauthenticated, or WrongPlace for a credential of the wrong kind."""
    if wanted is Policy.PUBLIC:
        return NOBODY
    door: Door = request.app.state.door
    secret, machine = credential(request)
    if not secret:
        raise Unauthenticated("open the link that `jobbot serve` prints, or send Authorization: Bearer TOKEN")
    caller = door.admit(secret, machine=machine)
    if wanted is Policy.BROWSER and caller.machine:
        raise WrongPlace("a token for scripts cannot do this; use a session opened by the link of `jobbot serve`")
    return caller


def at_once(request: Request, wanted: Policy) -> Caller | None:
    """The caller where the door knows without a look at the disk, which would need a thread; else None."""
    if wanted is not Policy.SESSION:
        return None
    door: Door = request.app.state.door
    secret, machine = credential(request)
    return door.at_once(secret, machine=machine) if secret else None


def credential(request: Request) -> tuple[str, bool]:
    """The secret that was shown and whether it is a machine's; a Bearer token wins over a cookie."""
    header = request.headers.get("authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        return (token.strip(), True) if scheme.lower() == "bearer" else ("", True)
    return request.cookies.get(cookie_name(request), ""), False


def cookie_name(request: Request) -> str:
    """Cookies do not know ports, so the name does; over https the browser guards the name itself."""
    if request.url.scheme == "https":
        return "__Host-jobbot"
    return f"jobbot_{request.url.port or 80}"


def _key(request: Request) -> str:
    key = request.headers.get(KEY_HEADER, "")
    if not _KEY.fullmatch(key):
        raise InvalidInput(
            f"a request that changes something needs the header {KEY_HEADER}: 8 to 200 letters, digits or _ . : - "
            "that are new for each change, such as a UUID"
        )
    return key


KEY_PARAMETER = {
    "name": KEY_HEADER,
    "in": "header",
    "required": True,
    "description": "New for each change; the same key with the same request gives the same answer and changes nothing",
    "schema": {"type": "string", "pattern": f"^{_KEY.pattern}$"},
}
