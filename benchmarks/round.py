"""A run over many hosts that answer late: wall-clock time against the slowest host's, and CPU time per posting."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from benchmarks.frame import Row
from jobbot.bootstrap import App
from jobbot.settings import JobSource, Keys, Models, Network, PluginSection, Settings

HOSTS, BOARDS, LATE, POSTINGS = 10, 2, 0.2, 20
FEEDS = ("arbeitnow", "himalayas", "hackernews", "jobicy", "remoteok", "remotive", "themuse", "weworkremotely")
ITEM = "<item><guid>{0}</guid><title>{0}</title><link>https://{1}/{0}</link><description>{2}</description></item>"
TEXT = "We look after people at home and train on the job. " * 20


class Log:
    """When each host was at work: seconds of it, and how many requests it had at once at the most."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.spans: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def slowest(self) -> float:
        """Seconds from a host's first request to its last answer, of the host where that is longest."""
        return max(max(end for _, end in spans) - min(begin for begin, _ in spans) for spans in self.spans.values())

    def crowded(self) -> int:
        """Hosts that were asked while they still answered."""
        found = 0
        for spans in self.spans.values():
            ordered = sorted(spans)
            found += any(after[0] < before[1] for before, after in pairwise(ordered))
        return found


@contextmanager
def served(log: Log) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            begin = time.monotonic()
            host, _, path = self.path.lstrip("/").partition("/")
            time.sleep(LATE)
            items = "".join(ITEM.format(f"{path}-{number}", host, TEXT) for number in range(POSTINGS))
            body = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
            status, body = (404, b"") if path == "robots.txt" else (200, body)
            with log.lock:
                log.spans[host].append((begin, time.monotonic()))
            self.send_response(status)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
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


def settings_of(folder: Path, address: str) -> Settings:
    urls = [f"https://h{host}.example/{board}.rss" for board in range(BOARDS) for host in range(HOSTS)]
    return Settings(
        home=folder / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(folder / "kek")),
        network=Network(http_replay=address, http_spacing=0.0),
        job_sources=tuple(JobSource(name="rss", url=url) for url in urls),
        sources={name: PluginSection(enabled=False) for name in FEEDS},
    )


def measured(*, together: bool) -> tuple[float, float, Log, int]:
    """Wall seconds, CPU seconds of this process (the server's among them), the log, postings."""
    log = Log()
    with tempfile.TemporaryDirectory() as place, served(log) as address:
        app = App(settings_of(Path(place), address))
        urls = [source.url for source in app.settings.job_sources]
        app.database.checkpoint()
        _ = app.ingest, app.plugins.loaded
        begin, spent = time.monotonic(), time.process_time()
        if together:
            told = app.ingest.all()
            assert not told["failed"], json.dumps(told["failed"])
        else:
            for url in urls:
                app.ingest.board("rss", url)
        wall, cpu = time.monotonic() - begin, time.process_time() - spent
        count = app.postings.counts()["open"]
        app.close()
    return wall, cpu, log, count


def run() -> list[Row]:
    measured(together=False)  # imports
    serial, serial_cpu, _, count = measured(together=False)
    wall, cpu, log, same = measured(together=True)
    assert same == count == HOSTS * BOARDS * POSTINGS
    note = f"{HOSTS * BOARDS} boards on {HOSTS} hosts, {LATE:g} s each answer, {count} postings"
    return [
        Row("run", wall, peer="one after the other", peer_value=serial, unit="s", note=note),
        Row("run, in the time of its slowest host", wall / log.slowest(), bar="<= 1.5", note=f"{log.slowest():.2f} s"),
        Row("hosts asked while they still answered", log.crowded(), bar="<= 0"),
        Row("CPU", cpu / count * 1000, "one after the other", serial_cpu / count * 1000, unit="ms/posting"),
    ]
