"""What an endpoint is handed: the wired program, the caller. Coroutines, for a plain function would cost a thread."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import Depends, Request

from jobbot.platform.http.caller import Caller


async def wired(request: Request) -> Any:
    """The wired program; each slice names the part it uses in a Protocol of its own."""
    return request.app.state.parts


async def caller(request: Request) -> Caller:
    """Who was let in by the route."""
    return cast(Caller, request.state.caller)


Me = Annotated[Caller, Depends(caller)]
