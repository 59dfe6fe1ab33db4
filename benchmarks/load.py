"""List and search over 50,000 postings at 200 requests a second: the real server, an open loop, both on these cores."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from benchmarks.frame import Row
from benchmarks.many_postings import ROOT, filled
from jobbot.features.sources.model import PostingFilter
from jobbot.features.sources.store import PostingStore
from jobbot.platform.storage import Database

POSTINGS = 50_000
RATE = 200
SECONDS = int(os.environ.get("JOBBOT_BENCH_SECONDS", "30"))
WARM_SECONDS = 5
CONNECTIONS = 64
LATENCY, MEMORY = "<= 150", "<= 512"
CLIENT = Path(__file__).parent / "peers" / "open_loop.py"
KINDS = ("list", "filtered", "search", "detail")
SHARES = (30, 25, 30, 15)


class Plan(NamedTuple):
    """So many requests, so many a second, whatever the answers do."""

    rate: int = RATE
    requests: int = RATE * SECONDS
    connections: int = CONNECTIONS
    seed: int = 2


class Asked(NamedTuple):
    """One address of the mix, and what kind of question it is."""

    kind: str
    path: str


@dataclass
class Server:
    """A running `jobbot serve`; `peak` is the most memory it held so far, in bytes."""

    process: subprocess.Popen[str]
    port: int
    token: str
    peak: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def get(self, path: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        reply = connection.getresponse()
        assert reply.status == 200, (path, reply.status, reply.read())
        data = json.loads(reply.read())
        connection.close()
        return data

    def watch(self) -> None:
        import psutil

        program = psutil.Process(self.process.pid)
        while not self.over.wait(0.1):
            family = [program, *program.children(recursive=True)]
            self.peak = max(self.peak, sum(_rss(one) for one in family))

    def rested(self) -> None:
        """Waits until what the server warms up at its start is done, for that is not what is measured."""
        spent = -1.0
        while self.cpu() - spent > 0.05:
            spent = self.cpu()
            time.sleep(1)

    def cpu(self) -> float:
        import psutil

        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)


def _rss(process: Any) -> int:
    import psutil

    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def run() -> list[Row]:
    home = filled(POSTINGS)
    with served(home) as server:
        asked = mix(server, words_of(home), random.Random(7))
        server.rested()
        idle = server.peak
        campaign(server, asked, Plan(requests=RATE * WARM_SECONDS, seed=1))
        before, wall = server.cpu(), time.perf_counter()
        told = campaign(server, asked, Plan())
        spent, wall = server.cpu() - before, time.perf_counter() - wall
    floor = straight(home, asked)
    return _rows(told, asked, spent, wall, server.peak, idle, floor)


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """The real program over a data directory; it ends with the block."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
    environ["JOBBOT_KEK_FILE"] = str(home.parent / f"{home.name}.kek")
    command = [sys.executable, "-m", "jobbot", "--home", str(home), "--json", "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, cwd=ROOT)
    assert process.stdout
    decoder, text = json.JSONDecoder(), ""
    while not text.rstrip().endswith("}"):
        line = process.stdout.readline()
        assert line, "jobbot serve ended at its start"
        text += line
    told = decoder.decode(text)
    server = Server(process, int(told["url"].rsplit(":", 1)[1].strip("/")), told["token"])
    watcher = threading.Thread(target=server.watch, daemon=True)
    watcher.start()
    try:
        yield server
    finally:
        server.over.set()
        watcher.join()
        process.terminate()
        process.wait(30)


def words_of(home: Path) -> list[list[str]]:
    """Titles as lists of words, of every hundredth posting."""
    database = Database.open(home)
    titles = [posting.title for posting in PostingStore(database).light()[::100]]
    database.close()
    return [found for title in titles if (found := [word for word in title.split() if word.isalpha()])]


def mix(server: Server, titles: Sequence[list[str]], dice: random.Random) -> dict[str, list[Asked]]:
    """What people ask: pages, filters, one to four words common and rare, single postings."""
    pages, ids = _walked(server)
    return {
        "list": pages,
        "filtered": _filters(titles, dice),
        "search": [Asked("search", _path("search", q=words)) for words in _queries(titles, dice)],
        "detail": [Asked("detail", f"/api/v1/jobs/{key}") for key in ids],
    }


def _walked(server: Server) -> tuple[list[Asked], list[str]]:
    pages, ids, cursor = [], [], ""
    for _ in range(40):
        path = _path("jobs", **({"cursor": cursor} if cursor else {}))
        data = server.get(path)
        pages.append(Asked("list", path))
        ids += [item["id"] for item in data["items"]]
        cursor = data["next"]
    pages += [Asked("list", _path("jobs", limit=limit)) for limit in (10, 50, 100)]
    return pages, ids


def _filters(titles: Sequence[list[str]], dice: random.Random) -> list[Asked]:
    places = (
        "Berlin",
        "London",
        "New York",
        "San Francisco",
        "Remote",
        "Paris",
        "Zürich",
        "Tokyo",
        "Austin",
        "Nowhere",
    )
    companies = ("stripe", "bank", "health", "labs", "a", "zzzz")
    asked: list[dict[str, Any]] = [{"location": place} for place in places]
    asked += [{"company": name} for name in companies]
    asked += [{"remote": "true"}, {"source": "ashby"}, {"source": "lever"}, {"since": "2026-11-18"}]
    asked += [{"min_salary": pay} for pay in (50_000, 150_000, 400_000, 9_000_000)]
    asked += [{"location": place, "remote": "true", "min_salary": 100_000} for place in places[:4]]
    asked += [{"query": dice.choice(titles)[0], "location": place} for place in places[:5]]
    asked += [{"query": dice.choice(titles)[-1], "remote": "true", "since": "2026-11-01"} for _ in range(5)]
    return [Asked("filtered", _path("jobs", **one)) for one in asked]


def _queries(titles: Sequence[list[str]], dice: random.Random) -> list[str]:
    """Runs of a title's words, the most common words alone, and words that stand together nowhere."""
    tally = Counter(word.lower() for title in titles for word in title)
    common = [word for word, _ in tally.most_common(20)]
    rare = [word for word, count in tally.items() if count == 1]
    runs = [" ".join(dice.choice(titles)[: dice.randint(1, 4)]) for _ in range(80)]
    odd = [" ".join(dice.sample(rare, dice.randint(1, 3)) + dice.sample(common, 1)) for _ in range(20)]
    pairs = [" ".join(dice.sample(common, 2)) for _ in range(20)]
    return [*common, *pairs, *odd, *runs, "experience", "team work", "python", "kubernetes terraform aws"]


def _path(name: str, **values: Any) -> str:
    return f"/api/v1/{name}" + (f"?{urlencode(values)}" if values else "")


def campaign(server: Server, asked: dict[str, list[Asked]], plan: Plan) -> dict[str, Any]:
    """Ask `plan.requests` questions, each at its time; what the generator tells: number, seconds and status of each."""
    dice = random.Random(plan.seed)
    every = [one for kind in KINDS for one in asked[kind]]
    place = {one: number for number, one in enumerate(every)}
    order = [place[dice.choice(asked[kind])] for kind in dice.choices(KINDS, SHARES, k=plan.requests)]
    head = f"Host: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {server.token}\r\nAccept: application/json\r\n\r\n"
    requests = [f"GET {one.path} HTTP/1.1\r\n{head}" for one in every]
    return generate(server, requests, order, plan)


def generate(server: Server, requests: Sequence[str], order: Sequence[int], plan: Plan) -> dict[str, Any]:
    """Send the `requests` of `order`, each at its time, from a process of its own."""
    told = {"port": server.port, "rate": plan.rate, "connections": plan.connections, "patience": 20}
    command = [sys.executable, str(CLIENT)]
    asked = json.dumps({**told, "requests": list(requests), "order": list(order)})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def straight(home: Path, asked: dict[str, list[Asked]]) -> list[float]:
    """The floor: milliseconds of the same searches on the store, one after the other, without HTTP."""
    database = Database.open(home)
    store, spent = PostingStore(database), []
    for query in _words_asked(asked["search"]):
        start = time.perf_counter()
        store.page(PostingFilter(query))
        spent.append((time.perf_counter() - start) * 1000)
    database.close()
    return spent


def _words_asked(asked: Sequence[Asked]) -> Iterator[str]:
    from urllib.parse import parse_qs, urlsplit

    return (parse_qs(urlsplit(one.path).query)["q"][0] for one in asked)


def _rows(
    told: dict[str, Any],
    asked: dict[str, list[Asked]],
    spent: float,
    wall: float,
    peak: int,
    idle: int,
    floor: list[float],
) -> list[Row]:
    every = [one for kind in KINDS for one in asked[kind]]
    good = [(every[number], seconds * 1000) for number, seconds, status in told["seen"] if status == 200]
    times = [value for _, value in good]
    lost = RATE * SECONDS - len(good)
    note = f"n={len(good)}; load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"
    slow = sorted(good, key=lambda one: -one[1])[:5]
    print(*(f"  slow: {value:.0f} ms {one.path}" for one, value in slow), sep="\n", file=sys.stderr)
    client = told["cpu"] / told["seconds"]
    return [
        Row(
            "list and search, p95",
            at(times, 95),
            "store alone",
            at(floor, 95),
            LATENCY,
            "ms",
            note,
        ),
        Row("  p50", at(times, 50), "searches of the store alone", at(floor, 50), unit="ms"),
        Row("  p99", at(times, 99), unit="ms"),
        *(Row(f"  {kind}, p95", at([v for one, v in good if one.kind == kind], 95), unit="ms") for kind in KINDS),
        Row("answered a second", len(good) / told["seconds"], bar=f">= {RATE * 0.99:g}", unit="requests/s"),
        Row("not answered with 200", lost, bar="<= 0"),
        Row("server's memory, most", peak / 1e6, "before the load", idle / 1e6, MEMORY, "MB"),
        Row("server's processor time", spent / len(good) * 1000, unit="ms a request", note=f"{spent / wall:.2f} cores"),
        Row("generator's processor time", client, unit="cores"),
    ]


def at(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1] if len(values) > 1 else float("nan")
