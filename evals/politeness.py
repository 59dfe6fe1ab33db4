"""How hosts are treated: recorded ones by the server's log, and a thousand boards on a simulated day by our ledger."""

from __future__ import annotations

import json
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from benchmarks.frame import Row, Skipped
from sqlalchemy import select

from evals import politeness_log
from jobbot.bootstrap import App
from jobbot.kernel.clock import FixedClock
from jobbot.platform.safety.ledger import EgressRow
from jobbot.settings import JobSource, Keys, Models, Network, PluginSection, Settings

BOARDS, ROUNDS, PAUSE = 1_000, 4, timedelta(hours=6)
SOURCES = ("greenhouse", "lever", "ashby", "workable", "recruitee")
FEEDS = ("remoteok", "remotive", "arbeitnow", "himalayas", "jobicy", "themuse", "weworkremotely", "hackernews")
RETRY_AFTER = 3_600
BUSY_FROM = {"boards-api.greenhouse.io": 60, "api.lever.co": 90}
"""Hosts that from that request on ask once to be left alone for an hour."""
BODIES = {
    "boards-api.greenhouse.io": b'{"jobs": [{"id": 1, "internal_job_id": 1, "title": "Baker", "content": "Bake."}]}',
    "api.lever.co": b'[{"id": "1", "text": "Baker", "descriptionPlain": "You bake."}]',
    "api.ashbyhq.com": b'{"jobs": [{"id": "1", "title": "Baker", "descriptionHtml": "You bake.", "isListed": true}]}',
    "apply.workable.com": b'{"name": "A", "jobs": [{"shortcode": "1", "title": "Baker", "description": "You bake."}]}',
}
RECRUITEE = b'{"offers": [{"id": 1, "title": "Baker", "description": "You bake.", "status": "published"}]}'


@dataclass
class World:
    """The vendors on loopback: every board there, an ETag each, crawl delays, and two hosts that once are busy."""

    busy_from: dict[str, int]
    seen: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)

    def answer(self, path: str, etag: str) -> tuple[int, dict[str, str], bytes]:
        host = path.split("/")[1]
        if path.endswith("/robots.txt"):
            delay = "User-agent: *\nCrawl-delay: 2\n" if host == "api.ashbyhq.com" else ""
            return (200, {}, delay.encode()) if delay else (404, {}, b"")
        self.seen[host] += 1
        if self.seen[host] > self.busy_from.get(host, 10**9) and host not in self.refused:
            self.refused.add(host)
            return 429, {"Retry-After": str(RETRY_AFTER)}, b""
        body = RECRUITEE if host.endswith(".recruitee.com") else BODIES.get(host, b"[]")
        return (304, {"ETag": '"1"'}, b"") if etag == '"1"' else (200, {"ETag": '"1"'}, body)

    @contextmanager
    def served(self) -> Iterator[str]:
        world = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, headers, body = world.answer(self.path.split("?")[0], self.headers.get("If-None-Match", ""))
                self.send_response(status)
                kind = {"Content-Type": "application/json", "Content-Length": str(len(body))}
                for name, value in {**kind, **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()


@dataclass(frozen=True)
class Sent:
    """One request as the ledger has it."""

    at: datetime
    host: str
    purpose: str
    status: int | None


@dataclass
class Report:
    """What a run did to hosts. `gap`: the least time between the starts of two requests to a host, in its spacings."""

    requests: int = 0
    gap: float = float("inf")
    too_soon: int = 0
    over_budget: int = 0
    robots_again: int = 0
    unasked: int = 0
    boards: int = 0


def campaign(boards: int, rounds: int, spacing: float | None = None, busy_from: dict[str, int] | None = None) -> Report:
    """Read `boards` boards `rounds` times, six hours apart. `spacing` 0 is the control: a guard without manners."""
    world, clock = World(BUSY_FROM if busy_from is None else busy_from), FixedClock()
    with tempfile.TemporaryDirectory() as place, world.served() as address:
        folder = Path(place)
        app = App(_settings(folder, address, boards, spacing), clock=clock)
        try:
            for _ in range(rounds):
                started = clock.now()
                app.ingest.all()
                clock.sleep(max((started + PAUSE - clock.now()).total_seconds(), 0))
            policies = {card.name: card.policy for card in (source.card for source in app.plugins.loaded.values())}
            least = {host: policies[name].spacing_seconds for name in SOURCES for host in policies[name].hosts}
            budgets = {host: policies[name].daily_requests for name in SOURCES for host in policies[name].hosts}
            least["api.ashbyhq.com"] = max(least["api.ashbyhq.com"], 2.0)
            report = judged(_sent(app), least, budgets)
            report.boards = sum(app.postings.open_by_board().values())
            return report
        finally:
            app.close()


def _settings(folder: Path, address: str, boards: int, spacing: float | None) -> Settings:
    each = boards // len(SOURCES)
    names = tuple(f"board{number}" for number in range(each))
    return Settings(
        home=folder / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(folder / "kek")),
        network=Network(http_replay=address, http_spacing=spacing),
        job_sources=tuple(JobSource(name=source, companies=names) for source in SOURCES),
        sources={feed: PluginSection(enabled=False) for feed in FEEDS},
    )


def _sent(app: App) -> list[Sent]:
    query = select(EgressRow.at, EgressRow.host, EgressRow.purpose, EgressRow.status)
    with app.database.read() as session:
        rows = session.execute(query.where(EgressRow.allowed).order_by(EgressRow.at, EgressRow.id)).all()
    return [Sent(*row) for row in rows]


def judged(sent: list[Sent], least: dict[str, float], budgets: dict[str, int]) -> Report:
    """The report over requests in the order they were sent; `least` and `budgets` by host or `*.example.com`."""
    report, by_host = Report(requests=len(sent)), defaultdict(list)
    for one in sent:
        by_host[one.host].append(one)
    for host, asked in by_host.items():
        key = host if host in least else f"*.{host.partition('.')[2]}"
        times = sorted(one.at for one in asked)
        # the first pause is the usual one: how long a host wants it is known once its robots.txt is read
        gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
        report.gap = min([report.gap, *(gap / least[key] for gap in gaps[1:])])
        report.too_soon += sum(gap < least[key] - 1e-6 for gap in gaps[1:])
        days = Counter(one.at.date() for one in asked if one.purpose != "robots.txt")
        report.over_budget += sum(max(count - budgets[key], 0) for count in days.values())
        robots = [one.at for one in asked if one.purpose == "robots.txt"]
        report.robots_again += sum((b - a) < timedelta(hours=24) for a, b in pairwise(robots))
        for refusal in (one for one in asked if one.status == 429):
            until = refusal.at + timedelta(seconds=RETRY_AFTER)
            report.unasked += sum(refusal.at < one.at < until for one in asked)
    return report


def run() -> list[Row]:
    ours, rude = campaign(BOARDS, ROUNDS), campaign(100, 1, 0.0)
    note = f"{BOARDS} boards of {len(SOURCES)} vendors, {ROUNDS} rounds in a simulated day"
    return [
        *_logged(),
        Row("requests", ours.requests, note=note),
        Row("least pause, in spacings of the host", ours.gap, peer="without spacing", peer_value=rude.gap, bar=">= 1"),
        Row("requests too soon", ours.too_soon, peer="without spacing", peer_value=rude.too_soon, bar="<= 0"),
        Row("requests while a host had asked for a pause", ours.unasked, bar="<= 0"),
        Row("requests beyond a day's budget", ours.over_budget, bar="<= 0"),
        Row("robots.txt read twice in 24 hours", ours.robots_again, bar="<= 0"),
        Row("postings known at the end", ours.boards, note=json.dumps(BUSY_FROM)),
    ]


def _logged() -> list[Row]:
    """What recorded hosts saw, where there are recordings."""
    try:
        return politeness_log.rows()
    except Skipped:
        return []
