"""A loopback server that stands in for many hosts, keeps each answer back a little, and logs who asked when."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jobbot.settings import JobSource, Keys, Models, Network, PluginSection, Settings

FEEDS = ("arbeitnow", "himalayas", "hackernews", "jobicy", "remoteok", "remotive", "themuse", "weworkremotely")
ITEM = "<item><guid>{0}</guid><title>{0}</title><link>https://{1}/{0}</link><description>Care.</description></item>"


def feed(host: str, *names: str) -> bytes:
    items = "".join(ITEM.format(name, host) for name in names)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


@dataclass
class Hosts:
    """The log holds (begin or end, host, path). `together` is the most hosts that were at work at a moment, `crowded`
    names each host that was asked while it still answered. With `meet` every answer is kept back until so many hosts
    are at work: who asks one after the other waits for nothing and is found out."""

    delay: float = 0.0
    log: list[tuple[str, str, str]] = field(default_factory=list)
    busy: Counter[str] = field(default_factory=Counter)
    together: int = 0
    crowded: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    answer: Callable[[str, str], tuple[int, bytes]] = lambda host, path: (200, feed(host, path.replace("/", "-")))
    on: Callable[[str], None] = lambda path: None
    meet: int = 0
    lock: threading.Condition = field(default_factory=threading.Condition)
    pause: threading.Event = field(default_factory=threading.Event)

    def enter(self, host: str, path: str) -> None:
        with self.lock:
            self.log.append(("begin", host, path))
            self.busy[host] += 1
            if self.busy[host] > 1:
                self.crowded.add(host)
            self.together = max(self.together, sum(count > 0 for count in self.busy.values()))
            self.lock.notify_all()
            self.lock.wait_for(lambda: self.together >= self.meet, timeout=20)

    def leave(self, host: str, path: str) -> None:
        with self.lock:
            self.busy[host] -= 1
            self.log.append(("end", host, path))

    def boards(self) -> list[str]:
        """Feeds in the order in which they were asked for."""
        return [f"{host}/{path}" for event, host, path in self.log if event == "begin" and path != "robots.txt"]

    @contextmanager
    def served(self) -> Iterator[str]:
        world = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host, _, path = self.path.lstrip("/").partition("/")
                world.enter(host, path)
                world.on(path)
                world.pause.wait(world.delay)
                status, body = (404, b"") if path == "robots.txt" else world.answer(host, path)
                tag = f'"{hash(body)}"'
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                world.leave(host, path)
                with world.lock:
                    world.statuses[status] += path != "robots.txt"
                self.send_response(status)
                for name, value in {"ETag": tag, "Content-Type": "application/rss+xml"}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A reader that went away in the middle is no news."""

        server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            world.pause.set()
            server.shutdown()
            server.server_close()


def settings_of(folder: Path, address: str, feeds: list[str], spacing: float | None = 0.0) -> Settings:
    """A program whose only boards are these feeds, all over the one server."""
    return Settings(
        home=folder / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(folder / "kek")),
        network=Network(http_replay=address, http_spacing=spacing),
        job_sources=tuple(JobSource(name="rss", url=url) for url in feeds),
        sources={name: PluginSection(enabled=False) for name in FEEDS},
    )
