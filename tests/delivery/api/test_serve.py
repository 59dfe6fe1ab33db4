"""`jobbot serve` as a process: says where it is, lets in by its link once, ends cleanly."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from filelock import FileLock

from jobbot.bootstrap import App
from jobbot.delivery.api.run import Running, check
from jobbot.kernel.errors import InvalidInput, RefusedByPolicy

from .conftest import key, settings


class Served:
    """A running server, what it printed, and how to end it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.home = folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        own = {"JOBBOT_KEK_FILE": str(folder / "kek"), "JOBBOT_OFFLINE": "1", "JOBBOT_EMBEDDING_MODEL": "none"}
        command = [sys.executable, "-m", "jobbot", "--home", str(self.home), "serve", "--port", "0", *words]
        self.process = subprocess.Popen(
            command, env={**kept, **own}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def told(self) -> Any:
        """The one JSON document, read as soon as it is whole."""
        assert self.process.stdout
        lines = iter(self.process.stdout.readline, "")
        text = ""
        for line in lines:
            text += line
            if line.rstrip() == "}":
                return json.loads(text)
        raise AssertionError(self.process.communicate()[1])

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    running = Served(folder, "--json")
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_lets_in_once_and_ends(served: Served, number: int) -> None:
    told = served.told()
    assert set(told) == {"url", "token", "link"}
    with httpx.Client(base_url=told["url"], trust_env=False, timeout=30) as client:
        assert client.get("healthz").json()["status"] == "ok"  # at once: the address is listened at when it is printed
        assert client.get("api/v1/jobs").status_code == 401
        bearer = {"Authorization": f"Bearer {told['token']}"}
        assert client.get("api/v1/jobs?limit=1", headers=bearer).json()["items"]
        assert client.get("healthz", headers={"Host": "evil.example"}).status_code == 403
        own = {"Origin": told["url"].rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        link = {"token": told["link"].partition("#token=")[2]}
        opened = client.post("api/v1/auth/session", json=link, headers={**own, **key()})
        assert opened.status_code == 200
        assert "HttpOnly" in opened.headers["set-cookie"]
        assert "SameSite=strict" in opened.headers["set-cookie"]
        assert client.get("api/v1/auth/me", headers=own).json()["machine"] is False
        assert client.post("api/v1/auth/session", json=link, headers={**own, **key()}).status_code == 401
        assert client.request("DELETE", "api/v1/auth/session", headers={**own, **key()}).status_code == 200
        assert client.get("api/v1/auth/me", headers=own).status_code == 401
    assert served.end(number) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_its_token_ends_with_it_and_a_bug_is_noted_without_words(served: Served, folder: Path) -> None:
    first = served.told()
    with httpx.Client(base_url=first["url"], trust_env=False, timeout=30) as client:
        headers = {"Authorization": f"Bearer {first['token']}"}
        for record in (served.home / "records").glob("*"):
            record.unlink()
        (served.home / "jobbot.db").rename(served.home / "gone.db")
        broken = client.get("api/v1/profile", headers=headers)
        (served.home / "gone.db").rename(served.home / "jobbot.db")
        assert broken.status_code >= 400
        assert set(broken.json()) >= {"error_id", "detail"}
    assert served.end(signal.SIGTERM) == 0
    again = Served(folder, "--json")
    try:
        url = again.told()["url"]
        answer = httpx.get(f"{url}api/v1/jobs", headers=headers, trust_env=False, timeout=30)
        assert answer.status_code == 401
    finally:
        assert again.end(signal.SIGTERM) == 0
    log = (served.home / "logs" / "jobbot.log").read_text("utf-8")
    assert first["token"] not in log


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_it_ends_though_connections_are_open(served: Served) -> None:
    """A browser keeps its connections: one that was used, one that was not, one that follows a task."""
    told = served.told()
    address = urlsplit(told["url"])
    bearer = {"Authorization": f"Bearer {told['token']}", **key()}
    with (
        socket.create_connection((address.hostname, address.port)),
        httpx.Client(base_url=told["url"], trust_env=False, timeout=60) as client,
    ):
        board = {"source": "greenhouse", "company": "nobody"}
        task = client.post("api/v1/sources/ingest", json=board, headers=bearer).json()
        with client.stream("GET", f"api/v1/tasks/{task['id']}/events", headers=bearer) as events:
            assert next(events.iter_lines()) == "event: task"
            assert served.end(signal.SIGTERM) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_it_ends_though_an_answer_does_not(served: Served, folder: Path) -> None:
    """A thread cannot be cancelled. This one waits for the database, which another process holds."""
    told = served.told()
    bearer = {"Authorization": f"Bearer {told['token']}", **key()}
    answers: list[int] = []

    def change() -> None:
        with contextlib.suppress(httpx.HTTPError):
            asked = httpx.post(f"{told['url']}api/v1/sources/refresh", headers=bearer, trust_env=False, timeout=90)
            answers.append(asked.status_code)

    with FileLock(folder / "home" / "write.lock"):
        asking = threading.Thread(target=change)
        asking.start()
        with socket.create_connection((urlsplit(told["url"]).hostname, urlsplit(told["url"]).port)) as other:
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: " + urlsplit(told["url"]).netloc.encode() + b"\r\n\r\n")
            assert other.recv(12) == b"HTTP/1.1 200"
        assert served.end(signal.SIGTERM) == 0
        asking.join(30)
    assert not asking.is_alive()
    assert [status for status in answers if status < 500] == [], "it was never acknowledged"


def test_a_port_in_use_is_said(served: Served, folder: Path) -> None:
    port = served.told()["url"].rstrip("/").rpartition(":")[2]
    second = Served(folder, "--port", port, "--json")
    out, err = second.process.communicate(timeout=60)
    assert second.process.returncode == 1, err
    assert "--port 0" in json.loads(out)["detail"]
    assert len(out.splitlines()) == len(json.dumps(json.loads(out), indent=2, ensure_ascii=False).splitlines())


def test_an_answer_does_not_wait_for_an_acknowledgement(filled: Path, tmp_path: Path) -> None:
    """TCP_NODELAY is on; without it each answer takes 40 ms."""
    shutil.copytree(filled, tmp_path / "copy")
    app = App(settings(tmp_path / "copy" / "home", tmp_path / "copy" / "kek"))
    running = Running(app, "127.0.0.1", 0)
    try:
        assert running._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not running._socket.get_inheritable()
        assert running.url == f"http://127.0.0.1:{running.port}/"
    finally:
        running._socket.close()
        app.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org"])
def test_others_are_served_only_with_a_public_url(host: str) -> None:
    with pytest.raises(RefusedByPolicy, match="JOBBOT_PUBLIC_URL"):
        check(host, "")
    check(host, "https://jobs.example.org")


def test_a_public_url_speaks_tls() -> None:
    with pytest.raises(InvalidInput, match="https"):
        check("127.0.0.1", "http://jobs.example.org")
    for host in ("127.0.0.1", "::1", "localhost"):
        check(host, "")
