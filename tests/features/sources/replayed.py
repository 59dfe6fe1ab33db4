"""A recording server on loopback whose answers a test makes by hand: `JOBBOT_HTTP_REPLAY` for the program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from jobbot.delivery.cli.root import main


class Answer(NamedTuple):
    """`length` is what Content-Length says, None for the truth."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {"Content-Type": "application/json"}
    length: int | None = None


@dataclass
class Replayed:
    """Answers by "HOST/PATH?QUERY"; what is not there is 404. A 200 carries an ETag and answers it with 304."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def serve(
        self, address: str, body: Any = b"", status: int = 200, length: int | None = None, **headers: str
    ) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        kinds = {"Content-Type": "application/json", **{name.replace("_", "-"): text for name, text in headers.items()}}
        self.answers[address.removeprefix("https://")] = Answer(content, status, kinds, length)


@contextmanager
def replaying() -> Iterator[Replayed]:
    replayed = Replayed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = self.path.lstrip("/")
            replayed.asked.append(address)
            answer = replayed.answers.get(address, Answer(b"{}", 404))
            tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
            same = answer.status == 200 and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else answer.status)
            for name, text in answer.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(0 if same else answer.length or len(answer.body)))
            if answer.status == 200:
                self.send_header("ETag", tag)
            self.end_headers()
            if not same:
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    replayed.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield replayed
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Program:
    """`jobbot` over one data directory and one recording server, in this process."""

    def __init__(self, home: Path, url: str, patch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.output = output
        names = {"HTTP_SPACING": "0", "KEK_FILE": f"{home}.kek", "HOME": str(home), "HTTP_REPLAY": url}
        for name, value in names.items():
            patch.setenv(f"JOBBOT_{name}", value)

    def run(self, *words: str) -> tuple[int, Any]:
        """The exit code and the one JSON document."""
        self.output.readouterr()
        code = main([*words, "--json"])
        return code, json.loads(self.output.readouterr().out)

    def settings(self, text: str) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "config.yaml").write_text(text)
