"""Bodies: capped while they arrive, JSON read strictly before anything else sees it."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request
from starlette.types import Message

from jobbot.kernel import strictjson
from jobbot.platform.http.problems import TooLarge, WrongKind

MAX_JSON = 1_000_000
MAX_UPLOAD = 25_000_000
MAX_DEPTH = 32
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


async def read(request: Request, *, upload: bool) -> bytes:
    """The whole body, at most `MAX_JSON` bytes (`MAX_UPLOAD` for an upload).

    Raises TooLarge, also where only Content-Length says so; WrongKind for a body that is no JSON on an operation that
    takes no upload; InvalidInput for JSON that is not strict.
    """
    most = MAX_UPLOAD if upload else MAX_JSON
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise _large(most)
    found, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise _large(most)
        found.append(chunk)
    data = b"".join(found)
    if data and not upload:
        _strict(request.headers.get("content-type", ""), data)
    return data


def again(request: Request, data: bytes) -> Request:
    """The request with its body put back."""
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": data, "more_body": False}

    return Request(request.scope, receive)


def canonical(data: bytes) -> bytes:
    """A JSON body in one spelling, so that two of the same value are the same body."""
    return json.dumps(strictjson.loads(data), sort_keys=True, separators=(",", ":")).encode() if data else b""


def _strict(content_type: str, data: bytes) -> Any:
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/json":
        raise WrongKind("send JSON with the header Content-Type: application/json")
    return strictjson.loads(data, where="body", max_depth=MAX_DEPTH)


def _large(most: int) -> TooLarge:
    more = "; of an archive send only the part that is needed" if most == MAX_UPLOAD else ""
    return TooLarge(f"the body has more than {most / 1e6:.0f} MB, which is the most this operation takes{more}")
