"""Serve the bundled boards on loopback, so that the demo runs the same fetchers as the real thing.

The addresses are those of `JOBBOT_HTTP_REPLAY`: `PREFIX/HOST/PATH` stands for `https://HOST/PATH`. Dates in the files
are relative to 20 November 2026; they are moved so that the second day is today.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

WRITTEN = datetime(2026, 11, 20, tzinfo=UTC)
DAYS = 2
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT")
_EPOCH_MS = 10**12


class BoardFile(NamedTuple):
    """One bundled board: source, region ("" where the vendor has one), board name and the path its API answers at."""

    source: str
    region: str
    board: str
    path: str
    name: str


def bundled() -> tuple[BoardFile, ...]:
    """The boards of the demo, in the order of their file names."""
    names = sorted(item.name for item in (files(__package__) / "boards" / "day1").iterdir())
    return tuple(_describe(name) for name in names)


def _describe(name: str) -> BoardFile:
    source, *middle, board, _ = name.split(".")
    region = middle[0] if middle else ""
    path = {
        "greenhouse": f"boards-api.greenhouse.io/v1/boards/{board}/jobs",
        "lever": f"api.{'eu.' if region == 'eu' else ''}lever.co/v0/postings/{board}",
        "ashby": f"api.ashbyhq.com/posting-api/job-board/{board}",
    }[source]
    return BoardFile(source, region, board, path, name)


def answers(day: int, today: datetime) -> dict[str, bytes]:
    """Path -> body for day 1 or 2, with all dates moved so that day 2 is `today`."""
    shift = timedelta(days=(today - WRITTEN).days)
    folder = files(__package__) / "boards" / f"day{day}"
    return {
        item.path: json.dumps(moved(json.loads((folder / item.name).read_bytes()), shift), ensure_ascii=False).encode()
        for item in bundled()
    }


def moved(value: Any, shift: timedelta) -> Any:
    """A JSON value with its ISO moments and epoch milliseconds moved by whole days."""
    if isinstance(value, dict):
        return {key: moved(child, shift) for key, child in value.items()}
    if isinstance(value, list):
        return [moved(child, shift) for child in value]
    if isinstance(value, str) and _MOMENT.match(value):
        return (datetime.fromisoformat(value) + shift).isoformat(timespec="milliseconds")
    if isinstance(value, int) and value > _EPOCH_MS:
        return value + int(shift.total_seconds() * 1000)
    return value


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle is no news."""


@contextmanager
def serve(bodies: dict[str, bytes]) -> Iterator[str]:
    """A loopback server for the bodies; yields its prefix, e.g. `http://127.0.0.1:40123`."""
    server = _Server(("127.0.0.1", 0), _handler(bodies))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(bodies: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = bodies.get(unquote(urlsplit(self.path).path).strip("/"))
            tag = f'"{hashlib.sha256(body or b"").hexdigest()[:24]}"'
            if body is None:
                self._reply(404, b'{"error": "no such board"}', tag)
            elif self.headers.get("If-None-Match") == tag:
                self._reply(304, b"", tag)
            else:
                self._reply(200, body, tag)

        def _reply(self, status: int, body: bytes, tag: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet: the egress ledger keeps the record."""

    return Handler
