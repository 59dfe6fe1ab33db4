"""New, changed, closed, back: real boards on several dates, counted by jobbot's store and by comparing the files."""

from __future__ import annotations

import csv
import html
import json
import lzma
import re
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.frame import Row

from evals.shared import data
from jobbot.bootstrap import App
from jobbot.kernel.clock import FixedClock
from jobbot.settings import JobSource, Keys, Models, Network, PluginSection, Settings

WORDS = ("new", "updated", "unchanged", "reopened", "closed")
FEEDS = ("remoteok", "remotive", "arbeitnow", "himalayas", "jobicy", "themuse", "weworkremotely", "hackernews")
_NAMED = re.compile(r"/(?:postings|boards)/([^/]+)")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Snapshot:
    """What boards answered on a day: {board: its rows}. A board that is not named was not there to be asked."""

    name: str
    at: datetime
    boards: Mapping[str, Sequence[dict[str, Any]]]


@dataclass(frozen=True)
class Set:
    """Boards of one vendor over time."""

    source: str
    snapshots: Sequence[Snapshot]

    def body(self, path: str, number: int) -> bytes | None:
        """The answer to a request on the day of that snapshot, None where there is none."""
        named = _NAMED.search(path)
        rows = self.snapshots[number].boards.get(named[1]) if named else None
        if rows is None:
            return None
        answer: Any = {"jobs": rows, "meta": {"total": len(rows)}} if self.source == "greenhouse" else rows
        return json.dumps(answer).encode()


def run() -> list[Row]:
    rows = []
    for boards in (lever(), greenhouse()):
        ours, direct = stored(boards), compared(boards)
        for snapshot, mine, theirs in zip(boards.snapshots, ours, direct, strict=True):
            told = ", ".join(f"{mine[word]:,} {word}" for word in WORDS)
            same = sum(mine[word] == theirs[word] for word in WORDS)
            note = f"{len(snapshot.boards)} boards: {told}"
            rows.append(Row(f"{boards.source} {snapshot.name}", same, bar=">= 5", unit="of 5 counts agree", note=note))
    return rows


# -- the files -------------------------------------------------------------------------------------------------------


def lever() -> Set:
    """One site on three days."""
    folder = data() / "boards"
    with (folder / "index.csv").open(encoding="utf-8") as lines:
        files = [row["file"] for row in csv.DictReader(lines) if "/GoToGroup/?mode=json" in row["url"]]
    days = (datetime(2024, 5, 22, tzinfo=UTC), datetime(2024, 6, 24, tzinfo=UTC), datetime(2024, 7, 30, tzinfo=UTC))
    read = [json.loads((folder / file).read_bytes()) for file in files]
    return Set(
        "lever", [Snapshot(f"{at:%Y-%m-%d}", at, {"GoToGroup": rows}) for at, rows in zip(days, read, strict=True)]
    )


def greenhouse(most: int | None = None) -> Set:
    """The same boards on four dates; with `most` the first so many of them."""
    found = []
    for path in sorted((data() / "lifecycle").glob("snapshot_*.json.xz")):
        with lzma.open(path) as file:
            boards = json.load(file)
        day = path.name.removeprefix("snapshot_").removesuffix(".json.xz")
        names = sorted(boards)[:most]
        rows = {name: [_as_answered(row) for row in boards[name]["jobs"]] for name in names}
        found.append(Snapshot(day, datetime.fromisoformat(day).replace(tzinfo=UTC), rows))
    return Set("greenhouse", found)


def _as_answered(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a recorded row where the vendor puts them; the employer's name spares a second call."""
    return {**row, "location": {"name": row["location"]}, "company_name": "Employer"}


# -- by comparing ----------------------------------------------------------------------------------------------------


def compared(boards: Set) -> list[Counter[str]]:
    """From the files alone: what is in a snapshot and was not, differs, was gone. Knows nothing of jobbot."""
    known: dict[tuple[str, str], object] = {}
    opened: set[tuple[str, str]] = set()
    told = []
    for snapshot in boards.snapshots:
        counts: Counter[str] = Counter()
        now = {
            (board, str(row["id"])): _said(row)
            for board, rows in snapshot.boards.items()
            for row in rows
            if _vacant(row)
        }
        for key, said in now.items():
            back = key in known and key not in opened
            same = "unchanged" if known.get(key) == said else "updated"
            counts["reopened" if back else same if key in known else "new"] += 1
        gone = {key for key in opened if key[0] in snapshot.boards} - now.keys()
        counts["closed"] = len(gone)
        known |= now
        opened = (opened | now.keys()) - gone
        told.append(counts)
    return told


def _vacant(row: dict[str, Any]) -> bool:
    """Greenhouse marks posts of a talent pool by no internal job."""
    return "internal_job_id" not in row or row["internal_job_id"] is not None


def _said(row: dict[str, Any]) -> object:
    """What a candidate reads: title, places, terms, the words of the text, the address."""
    if "absolute_url" in row:
        places = frozenset(_plain(place) for place in row["location"]["name"].split(";") if place.strip())
        return _plain(row["title"]), places, row["absolute_url"]
    terms = row["categories"]
    places = frozenset(_plain(place) for place in [terms.get("location"), *(terms.get("allLocations") or [])] if place)
    parts = [row["description"], *(f"{item['text']} {item['content']}" for item in row["lists"]), row["additional"]]
    text = " ".join(_plain(part) for part in parts)
    team = terms.get("department") or terms.get("team")
    return (
        _plain(row["text"]),
        places,
        terms.get("commitment"),
        team,
        text,
        str(row.get("salaryRange")),
        row["hostedUrl"],
    )


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup)).replace("\u200b", "").split())


# -- by jobbot -------------------------------------------------------------------------------------------------------


@dataclass
class World:
    """The boards on loopback, as they were on the day of the snapshot `number`."""

    boards: Set
    number: int = 0
    asked: list[str] = field(default_factory=list)

    @contextmanager
    def served(self) -> Iterator[str]:
        world = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                body = None if path.endswith("/robots.txt") else world.boards.body(path[1:], world.number)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()


def stored(boards: Set) -> list[Counter[str]]:
    """`ingest all` on each date into one data directory; the counts of the boards that were there."""
    world = World(boards)
    with tempfile.TemporaryDirectory() as place, world.served() as address:
        clock = FixedClock(boards.snapshots[0].at)
        app = App(_settings(Path(place), address, boards), clock=clock)
        try:
            return [_read(app, world, clock, number) for number in range(len(boards.snapshots))]
        finally:
            app.close()


def _read(app: App, world: World, clock: FixedClock, number: int) -> Counter[str]:
    world.number, snapshot = number, world.boards.snapshots[number]
    clock.sleep(max(0.0, (snapshot.at - clock.now()).total_seconds()))
    told = app.ingest.all()
    read = {run["board"] for run in told["boards"]}
    if missing := set(snapshot.boards) - read:
        raise RuntimeError(f"{len(missing)} boards were not read: {sorted(missing)[:3]}; {told['failed'][:3]}")
    counts: Counter[str] = Counter()
    for run in told["boards"]:
        counts.update({word: run[word] for word in WORDS})
    return counts


def _settings(folder: Path, address: str, boards: Set) -> Settings:
    names = sorted({name for snapshot in boards.snapshots for name in snapshot.boards})
    return Settings(
        home=folder / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(folder / "kek")),
        network=Network(http_replay=address, http_spacing=0),
        job_sources=(JobSource(name=boards.source, companies=tuple(names)),),
        sources={name: PluginSection(enabled=False) for name in FEEDS},
    )
