"""Postings per CPU second: read, normalise, extract skills and index, without the encoder."""

from __future__ import annotations

import json
import os
import sqlite3
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from benchmarks import boards
from benchmarks.frame import Row, Skipped
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import load_core
from jobbot.features.sources.boards.ashby import SOURCE
from jobbot.features.sources.language import language_of
from jobbot.features.sources.model import Posting, Run
from jobbot.features.sources.normalise import group, normalise
from jobbot.features.sources.store import CHUNK, PostingStore
from jobbot.kernel.ids import new_id
from jobbot.platform.storage import Database
from jobbot.sdk import BoardRef
from jobbot.sdk.contract.sources import RecordedHttp

POSTINGS = 1_000
BAR = ">= 800"
EXTRACT_BAR = ">= 1000"
REPEATS = 3
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def run() -> list[Row]:
    bodies = _boards()
    extractor = Extractor(load_core())
    language_of(None, "Wir suchen eine Pflegekraft, die gerne im Team arbeitet. " * 3)  # its model is loaded once
    parts: dict[str, list[float]] = {}
    totals, peers, count, words = [], [], 0, 0
    for _ in range(REPEATS):
        seconds, count, words = _ours(bodies, extractor)
        for name, value in seconds.items():
            parts.setdefault(name, []).append(value)
        totals.append(sum(seconds.values()))
        peers.append(_timed(lambda: _peer(bodies)))
    note = f"{count} recorded Ashby postings of {words // count} words, best of {REPEATS}"
    whole = Row(
        "read + normalise + extract + index",
        count / min(totals),
        peer="html.parser and plain FTS5, no extraction",
        peer_value=count / min(peers),
        bar=BAR,
        unit="postings/CPU s",
        note=note,
    )
    rate = count / min(parts["extract"])
    literal = Row("  extract, without the tagger", rate, bar=EXTRACT_BAR, unit="postings/CPU s")
    each = [Row(f"  {name}", min(values) / count * 1e6, unit="µs each") for name, values in parts.items()]
    return [whole, *each, literal, *boards.rows(archive())]


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def archive() -> Path:
    """Of every recorded Ashby board. Raises Skipped where it is not."""
    root = Path(os.environ.get("JOBBOT_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    found = root / "data" / "boards" / "ashby" / "ashby-boards.tar.xz"
    if not found.exists():
        raise Skipped("no recorded boards here (set JOBBOT_SHARED)")
    return found


def _boards() -> dict[str, bytes]:
    """Bodies by board name, about `POSTINGS` postings of all sizes of board."""
    found: dict[str, bytes] = {}
    total = 0
    with tarfile.open(archive()) as tar:
        for member in list(tar)[::2]:
            file = tar.extractfile(member) if member.isfile() else None
            if file is None or "%" in member.name or total >= POSTINGS:
                continue
            body = file.read()
            found[member.name.removesuffix(".json")] = body
            total += len(json.loads(body)["jobs"])
    return found


def _ours(bodies: dict[str, bytes], extractor: Extractor) -> tuple[dict[str, float], int, int]:
    """CPU seconds of each stage, as the product does them, the number of postings and that of their words."""
    seconds = dict.fromkeys(("read", "normalise", "extract", "index"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder))
        database.migrate()
        store = PostingStore(database)
        batch: list[tuple[Posting, bytes]] = []
        clock = time.process_time
        for name, body in bodies.items():
            url = f"https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true"
            start = clock()
            ref = BoardRef("ashby", name)
            rows = group(SOURCE.list(ref, RecordedHttp({url: body}), "").postings)
            read = clock()
            postings = [normalise(row, ref, SOURCE.card, name) for row in rows]
            normal = clock()
            for posting in postings:
                extractor.extract(posting.text)
            extracted = clock()
            packed = [zlib.compress(json.dumps(dict(row.raw), ensure_ascii=False).encode(), 1) for row in rows]
            batch += zip(postings, packed, strict=True)
            for stage, spent in zip(seconds, (read - start, normal - read, extracted - normal), strict=False):
                seconds[stage] += spent
            seconds["index"] += clock() - extracted
        start = clock()
        run = Run(new_id(), None, "ashby", "all", None, NOW)
        store.journal.begin(run)
        for first in range(0, len(batch), CHUNK):
            store.save(run, batch[first : first + CHUNK])
        seconds["index"] += clock() - start
        database.close()
    return seconds, len(batch), sum(len(posting.text.split()) for posting, _ in batch)


class _Text(HTMLParser):
    """What most tools do with a description: collect the data, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "div", "br", "h1", "h2", "h3"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _peer(bodies: dict[str, bytes]) -> None:
    """The plain way: stdlib parser and one FTS5 table; no skills, no pay, no language, no hidden text found."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "peer.db")
        connection.execute("CREATE VIRTUAL TABLE postings USING fts5(id, title, body, tokenize='porter')")
        for body in bodies.values():
            for job in json.loads(body)["jobs"]:
                parser = _Text()
                parser.feed(job["descriptionHtml"])
                text = "".join(parser.parts)
                connection.execute("INSERT INTO postings VALUES (?, ?, ?)", (job["id"], job["title"], text))
        connection.commit()
        connection.close()
