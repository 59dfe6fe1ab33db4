"""The persistent Typst worker, seen from the parent: send data, get heights or a document, in milliseconds.

The worker sees an empty folder with a copy of our template and nothing else. It is killed with its whole group when it
takes too long, and started afresh then and after every `REQUESTS_PER_WORKER` requests.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobbot.features.tailoring.worker import MAX_FRAME, TEMPLATE
from jobbot.kernel.errors import Failed, OurBug

THEMES = Path(__file__).parent / "themes"
FONTS = THEMES / "fonts"
TIMEOUT_SECONDS = 20.0
REQUESTS_PER_WORKER = 500


@dataclass(frozen=True, slots=True)
class Printed:
    """A rendered document: its bytes, its pages and where the text ends (points from the top of page `last`)."""

    data: bytes
    pages: int
    end: float
    last: int


class Press:
    """One worker at a time; safe to share between threads. `close()` ends it."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS, template: Path = THEMES / TEMPLATE) -> None:
        self._timeout, self._template = timeout, template
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._served = 0

    def measure(self, data: dict[str, Any]) -> list[float]:
        """Heights of `data["units"]` in points."""
        head, _ = self._ask({"op": "measure", "data": _text(data | {"mode": "measure"})})
        return [float(height) for height in head["heights"]]

    def render(self, data: dict[str, Any], kind: str = "pdf", ppi: float = 110) -> Printed:
        """The document; kind is `pdf` or `png` (a picture of its first page)."""
        request = {"op": "render", "data": _text(data | {"mode": "page"}), "format": kind, "ppi": ppi}
        head, body = self._ask(request)
        return Printed(body, int(head["pages"]), float(head["end"]), int(head["last"]))

    def start(self) -> None:
        """Start the worker now, so that its start overlaps with other work; otherwise the first request does."""
        with self._lock:
            self._running()

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        frame = json.dumps(request).encode()
        if len(frame) > MAX_FRAME:
            raise Failed(f"a document of {len(frame) >> 20} MB is too much for one page; shorten the profile")
        with self._lock:
            process = self._running()
            self._served += 1
            head, body = self._exchange(process, frame)
        if "error" in head:
            raise OurBug(f"Typst refused the document: {head['error']}")
        return head, body

    def _exchange(self, process: subprocess.Popen[bytes], frame: bytes) -> tuple[dict[str, Any], bytes]:
        assert process.stdin
        assert process.stdout
        alarm = threading.Timer(self._timeout, _kill, (process,))
        alarm.start()
        try:
            process.stdin.write(struct.pack(">I", len(frame)) + frame)
            process.stdin.flush()
            (length,) = struct.unpack(">I", _exactly(process.stdout, 4))
            head: dict[str, Any] = json.loads(_exactly(process.stdout, length))
            return head, _exactly(process.stdout, int(head["bytes"]))
        except (OSError, EOFError):
            self._stop()
            raise Failed(
                f"the page could not be set within {self._timeout:.0f} s and the limits of the Typst worker; "
                "shorten the longest entries of the profile"
            ) from None
        finally:
            alarm.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._served >= REQUESTS_PER_WORKER):
            self._stop()
        if self._process is None:
            self._folder = Path(tempfile.mkdtemp(prefix="jobbot-typst-"))
            shutil.copyfile(self._template, self._folder / TEMPLATE)
            self._process, self._served = _spawn(self._folder), 0
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            _kill(self._process)
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    _close(stream)
            self._process.wait()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _spawn(folder: Path) -> subprocess.Popen[bytes]:
    """No shell, its own group so that all of it can be ended, and none of our environment, where a secret may stand;
    Windows cannot start a program without its own variables, so there it keeps them."""
    own = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2", "HOME": str(folder)}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, two paths of ours
        [sys.executable, "-I", "-B", "-m", "jobbot.features.tailoring.worker", str(folder), str(FONTS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=None if sys.platform == "win32" else own,
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _close(stream: Any) -> None:
    try:
        stream.close()
    except OSError:
        return


def _exactly(stream: Any, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return bytes(data)


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
