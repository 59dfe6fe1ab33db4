"""What the browser tests stand on: a server over a data directory, and a page that is watched while it is used."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, expect, sync_playwright
from pypdf import PdfReader

expect.set_options(timeout=45_000)  # the first answer reads the encoder, on machines that are busy with other tests
ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "web" / "out" / "index.html"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async (rules) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules } });
  return found.violations.map((one) => ({ id: one.id, nodes: one.nodes.slice(0, 3).map((node) => node.html) }));
}"""


def chromium() -> str:
    """The browser's path; skips the test, with the reason, where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium here (./run test installs it as root where apt is)")
    if not OUT.exists():
        pytest.skip("the web app is not built (./run web)")
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    path = chromium()
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


class Program:
    """`jobbot` over one data directory and no network but loopback: offline, or `boards` plays every host.

    `switch`: the settings leave the airplane switch alone; such a test asks for nothing while it is off.
    """

    def __init__(self, folder: Path, home: Path | None = None, boards: str = "", *, switch: bool = False) -> None:
        self.home = home or folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        played = {"JOBBOT_HTTP_REPLAY": boards, "JOBBOT_HTTP_SPACING": "0"}
        network = played if boards else {} if switch else {"JOBBOT_OFFLINE": "1"}
        self.environment = {**kept, **network, "JOBBOT_KEK_FILE": str(folder / "kek")}

    def run(self, *words: str) -> Any:
        done = subprocess.run(self._command(*words), env=self.environment, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def served(self, port: int = 0) -> Iterator[str]:
        """The link that opens a session once."""
        command = self._command("serve", "--port", str(port))
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield json.loads(_document(process))["link"]
            finally:
                process.terminate()
                _ended(process)

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "jobbot", "--home", str(self.home), *words, "--json"]


def _document(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("}") or (line.rstrip().endswith("}") and text.lstrip().startswith('{"')):
            return text
    raise AssertionError("the server ended before it was ready")


def _ended(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


class SlowBoard:
    """A board that answers when it is told to."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.asked, self.go = threading.Event(), threading.Event()

    @contextmanager
    def served(self) -> Iterator[str]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            self.go.set()
            server.shutdown()
            server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        board = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.endswith("robots.txt"):
                    self._answer(404, b"")
                    return
                board.asked.set()
                board.go.wait(60)
                self._answer(200, board.body)

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler


class Watch:
    """Everything a page did that it should not do."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.borne: list[str] = []
        """Words of messages that a test brings about itself."""
        self._host = urlsplit(origin).netloc
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        page.on("console", lambda told: self._told(told.type, told.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.strangers.append(url)

    def _told(self, kind: str, text: str) -> None:
        expected = ("the server responded with a status of 40", "the server responded with a status of 41")
        if kind == "error" and not any(words in text for words in (*expected, *self.borne)):
            self.complaints.append(text)

    def check(self) -> None:
        assert not self.strangers, self.strangers
        assert not self.complaints, self.complaints


def settled(page: Page) -> None:
    """Nothing is being loaded any more: no grey lines stand for text, and every picture is there."""
    expect(page.locator(".animate-pulse")).to_have_count(0)
    page.wait_for_function("[...document.images].every((picture) => picture.complete)")


def accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA and of axe's best practices on the page as it stands."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(CHECK, RULES)
    assert not found, json.dumps(found, indent=1)


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= seen, f"{wide} pixels wide on a screen of {seen}"


def tab_to(page: Page, wanted: Locator, most: int = 90) -> None:
    """Walk with Tab until the element has the focus, as somebody without a mouse does."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} was not reached with {most} times Tab")


def pdf_text(download: Download) -> str:
    """The text of the first page of a PDF that the browser saved."""
    data = Path(download.path()).read_bytes()
    assert data.startswith(b"%PDF-")
    return PdfReader(io.BytesIO(data)).pages[0].extract_text()
