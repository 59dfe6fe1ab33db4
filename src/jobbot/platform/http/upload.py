"""One uploaded file, as a form's part or as the bare body; it stays in memory, never in a temporary file."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Query, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from jobbot.kernel.errors import InvalidInput
from jobbot.platform.http.body import MAX_UPLOAD
from jobbot.platform.http.problems import WrongKind

FIELD = "file"
FORM, BARE = "multipart/form-data", "application/octet-stream"
_ODD = re.compile(r"[\x00-\x1f\x7f/\\:]")
_BINARY = {"type": "string", "format": "binary"}
REQUEST_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {
            "schema": {"type": "object", "properties": {FIELD: _BINARY}, "required": [FIELD]},
        },
        BARE: {"schema": _BINARY},
    },
}
"""For `openapi_extra`: the operation reads the body itself."""


class Upload(NamedTuple):
    """`name` is for the person to see and never a path."""

    name: str
    data: bytes


class _InMemory(MultiPartParser):
    spool_max_size = MAX_UPLOAD + 1


async def upload(
    request: Request,
    name: Annotated[str, Query(max_length=200, description="The file's name, where the body is the bare file")] = "",
) -> Upload:
    """Raises InvalidInput for a form without its file or a body without content, WrongKind for any other body."""
    data: bytes = request.state.body
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM:
        found = await _of_form(request, data)
    elif kind == BARE:
        found = Upload(plain_name(name), data)
    else:
        raise WrongKind(f"send a form ({FORM}) with the file in the part {FIELD}, or the bare file as {BARE}")
    if not found.data:
        raise InvalidInput("the file is empty, or none was sent")
    return found


async def _of_form(request: Request, data: bytes) -> Upload:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield data
        yield b""

    try:
        form = await _InMemory(request.headers, stream(), max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError, UnicodeDecodeError, ValueError) as error:
        raise InvalidInput(f"the form cannot be read ({type(error).__name__}); send one part called {FIELD}") from None
    part = form.get(FIELD)
    if not isinstance(part, UploadFile):
        raise InvalidInput(f"the form has no file in a part called {FIELD}")
    try:
        return Upload(plain_name(part.filename or ""), await part.read())
    finally:
        await form.close()


def plain_name(name: str) -> str:
    """The last part of a name, without what a name cannot have.

    >>> plain_name("C:\\\\fakepath\\\\my cv.pdf"), plain_name("../../etc/passwd"), plain_name("")
    ('my cv.pdf', 'passwd', 'upload')
    """
    last = re.split(r"[/\\]", name)[-1]
    return _ODD.sub("", last).strip()[:200] or "upload"


Uploaded = Annotated[Upload, Depends(upload)]
