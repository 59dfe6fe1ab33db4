"""A small world for ingest: boards that answer what a test says, a clock that stands still, the real store."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jobbot.features.sources.ingest import Ingest
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.clock import FixedClock
from jobbot.platform.plugins import Plugins, load
from jobbot.platform.storage import Database
from jobbot.sdk import HostPolicy, Http, Reply, Source
from jobbot.sdk.contract.sources import RecordedHttp
from jobbot.settings import Settings
from jobbot.settings import load as load_settings

JSON = {"content-type": "application/json"}


@dataclass
class Boards(RecordedHttp):
    """Answers queued by `next` come first, then the bodies; an ETag is that of the body. No robots.txt unless set."""

    queue: deque[Reply | Exception] = field(default_factory=deque)
    etags: list[str] = field(default_factory=list)
    robots: bytes | None = None

    def client(self, policy: HostPolicy) -> Http:
        return self

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Any = None) -> Reply:
        if url.endswith("/robots.txt"):
            return Reply(404) if self.robots is None else Reply(200, {}, self.robots, url)
        self.etags.append(etag)
        if self.queue:
            self.asked.append(url)
            answer = self.queue.popleft()
            if isinstance(answer, Exception):
                raise answer
            return answer
        body = self.bodies.get(url)
        tag = f'"{hash(body)}"'
        if body is not None and etag == tag:
            self.asked.append(url)
            return Reply(304, {"etag": tag}, b"", url)
        reply = super().get(url, purpose=purpose)
        return Reply(reply.status, {**reply.headers, "etag": tag}, reply.body, url)


class World:
    """`serve` puts a body at a URL; `ingest` is the real one over the real store."""

    def __init__(
        self, database: Database, home: Path, clock: FixedClock, plugins: Plugins[Source] | None = None, **more: Any
    ) -> None:
        self.bodies: dict[str, bytes] = {}
        self.http = Boards(self.bodies)
        self.clock = clock
        self.store = PostingStore(database)
        settings = load_settings(home, {}).model_copy(update=more)
        self.settings: Settings = settings
        self.ingest = Ingest(
            plugins or load("jobbot.sources"), self.store, self.http, clock, settings, jitter=lambda: 0.5
        )

    def serve(self, url: str, body: bytes) -> None:
        self.bodies[url] = body

    def titles(self) -> list[str]:
        return [posting.title for posting in self.store.all()]
