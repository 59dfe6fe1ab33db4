"""The headers of a request: ours say honestly who asks; a caller may add to them, not replace them."""

from __future__ import annotations

from collections.abc import Mapping

from jobbot import __version__
from jobbot.kernel.errors import RefusedByPolicy
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.target import Target

_OURS = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length", "transfer-encoding"})
"""Headers a caller cannot set."""


def user_agent(contact: str) -> str:
    """`jobbot/<version>`, with the contact of the settings where there is one; printable ASCII only."""
    plain = "".join(c for c in canonical_line(contact, 120) if " " < c <= "~" and c not in "()")
    return f"jobbot/{__version__} (+{plain})" if plain else f"jobbot/{__version__}"


def request_headers(
    agent: str, via: Target, extra: Mapping[str, str], body: bytes | None
) -> tuple[tuple[str, str], ...]:
    """Names and values as they go on the wire. Raises RefusedByPolicy on a value that could split the request."""
    netloc = via.origin.partition("://")[2]
    ours = {"Host": netloc, "User-Agent": agent, "Accept": "application/json, */*;q=0.1", "Accept-Encoding": "gzip"}
    if body is not None:
        ours["Content-Length"] = str(len(body))
    theirs = {name: value for name, value in extra.items() if name.lower() not in _OURS}
    if any(not _plain_header(name, value) for name, value in theirs.items()):
        raise RefusedByPolicy("a request header holds a line break or characters beyond ASCII")
    if any(name.lower() == "accept" for name in theirs):
        del ours["Accept"]
    return tuple({**ours, **theirs}.items())


def _plain_header(name: str, value: str) -> bool:
    return name.isascii() and name.replace("-", "").isalnum() and value.isascii() and value.isprintable()
