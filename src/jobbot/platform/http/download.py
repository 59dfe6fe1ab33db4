"""Files for the person: attachments that no browser may run or guess the kind of."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
"""A document of ours that a viewer shows; it can load and run nothing."""


def download(data: bytes, name: str, media_type: str, *, inline: bool = False) -> Response:
    """`data` as a file called `name` (RFC 6266); `inline` lets a viewer show it."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    how = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": SANDBOX,
    }
    return Response(data, 200, headers, media_type)
