"""What one reading of a board asks for: counted, capped, and stopped before its next request when it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from jobbot.kernel.errors import Failed
from jobbot.sdk import HostPolicy, Http, Reply

MOST_REQUESTS = 2_000
"""Pages of one board, and the details of its postings: the longest seen board needs 740. More is a board that goes
round in circles."""
MOST_BYTES = 512 * 1024 * 1024
"""Of one reading, all answers together; each alone is capped by the source's policy."""
MOST_ROWS = 50_000
"""Postings of one listing that are kept; a listing cut short closes nothing."""


class Way(Protocol):
    """The way out: the guard, or a recording in its place."""

    def client(self, policy: HostPolicy) -> Http: ...


class Halted(BaseException):
    """Ends a reading between two requests or two batches. No Exception: nobody takes it for a failure of the board."""


@dataclass
class Meter:
    """A way out that counts: `requests` (robots.txt among them) and `bytes_in`, the bodies that came back."""

    way: Way
    halt: Event = field(default_factory=Event)
    requests: int = 0
    bytes_in: int = 0

    def client(self, policy: HostPolicy) -> Http:
        return _Metered(self.way.client(policy), self)

    def go_on(self) -> None:
        """Raises Halted where this reading is to end."""
        if self.halt.is_set():
            raise Halted

    def before(self) -> None:
        """Count a request. Raises Halted, and Failed beyond the caps."""
        self.go_on()
        if self.requests >= MOST_REQUESTS:
            raise Failed(
                f"one reading asks at most {MOST_REQUESTS:,} times and was not at its end; nothing was changed"
            )
        if self.bytes_in >= MOST_BYTES:
            raise Failed(
                f"one reading takes at most {MOST_BYTES >> 20} MiB and was not at its end; nothing was changed"
            )
        self.requests += 1

    def after(self, reply: Reply) -> Reply:
        self.bytes_in += len(reply.body)
        return reply


class _Metered:
    def __init__(self, http: Http, meter: Meter) -> None:
        self._http = http
        self._meter = meter

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        self._meter.before()
        return self._meter.after(self._http.get(url, etag=etag, purpose=purpose, headers=headers))

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
        self._meter.before()
        told = {"content_type": content_type, "purpose": purpose}
        return self._meter.after(self._http.post(url, body, fields=fields, headers=headers, **told))
