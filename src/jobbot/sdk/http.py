"""What a plugin may ask of the network: a policy it declares, a client it is handed, a reply it reads.

A plugin never opens a connection itself. It names its hosts in a `HostPolicy`; the product hands it an `Http` that
resolves, checks, pins, spaces, caps and records each request, and that goes nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """Where a plugin may go and how politely.

    `hosts` are exact lower-case host names, or `*.example.com` for the names directly and further below it.
    `spacing_seconds` lies between the starts of two requests to one host; one is in flight at a time.
    `max_bytes` caps a body after decompression. Times are seconds; `total_timeout` bounds a whole request,
    redirects included. A policy cannot grant private addresses: only the owner's settings can.
    `daily_requests` bounds what one host is asked in a day (UTC). robots.txt of each host is obeyed; `robots_exempt`
    is for the rare API that its owner documents for programs while robots.txt of the host says otherwise: it gives the
    reason, which is shown, and belongs to a source that is off until the user turns it on.
    """

    hosts: frozenset[str]
    spacing_seconds: float = 1.0
    max_bytes: int = 64 * MIB
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 300.0
    daily_requests: int = 5_000
    robots_exempt: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of any status; `url` is the one that answered in the end, as the vendor knows it.

    `headers` have lower-case names. `body` is decompressed and whole. A redirect to another host is not followed:
    it comes back as it is, 3xx with its `location`.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def etag(self) -> str:
        """What to ask with next time: the ETag, or else the date of `Last-Modified`; "" where neither was sent."""
        return self.headers.get("etag", "") or self.headers.get("last-modified", "")

    @property
    def content_type(self) -> str:
        """Media type in lower case without parameters; "" where none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def retry_after(self) -> str:
        """Raw `Retry-After` (seconds or an HTTP date); "" where none was sent."""
        return self.headers.get("retry-after", "")


class Http(Protocol):
    """The only client a plugin gets. All methods raise the same errors:

    RefusedByPolicy (host, scheme, address or airplane switch forbids it), TryLater (no connection, time-out, broken
    off), Failed (too large, not decodable, certificate or protocol wrong). A status is never an error here.
    """

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """GET `url`; `etag` is a reply's, sent as If-None-Match, or as If-Modified-Since where it is a date. `purpose`
        is the word the ledger keeps."""

    def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str = "application/json",
        purpose: str = "",
        fields: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """POST `body`; `fields` names what it carries, for the ledger. Redirects are not followed."""
