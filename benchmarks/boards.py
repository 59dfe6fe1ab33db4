"""All recorded Ashby boards, one after the other: postings per CPU second, memory, and what an unchanged board costs.

Not a benchmark of its own: `ingest` shows its rows. Run as a program it reads a folder of unpacked boards in a process
of its own, so that the memory is that of the reading alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from benchmarks.frame import Row
from jobbot.bootstrap import App
from jobbot.features.sources.boards.ashby import SOURCE
from jobbot.features.sources.normalise import group, normalise
from jobbot.sdk import BoardRef
from jobbot.sdk.contract.sources import RecordedHttp
from jobbot.settings import Keys, Models, Network, Settings

REPEATS = 3
WAYS = ("ours", "peer")


def rows(archive: Path) -> list[Row]:
    """Best of some rounds in turns, each in a new process."""
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as place:
        names = _unpacked(archive, Path(place))
        for _ in range(REPEATS):
            for way in WAYS:
                runs[way].append(_measured(way, Path(place)))
    best = {way: min(found, key=lambda one: one["seconds"]) for way, found in runs.items()}
    ours, peer = best["ours"], best["peer"]
    note = f"{ours['boards']:.0f} boards, {ours['postings']:.0f} postings; best of {REPEATS}, each a new process"
    return [
        Row(
            "every Ashby board, read + normalise",
            ours["postings"] / ours["seconds"],
            peer="json and html.parser, text alone",
            peer_value=peer["postings"] / peer["seconds"],
            bar=">= 1000",
            unit="postings/CPU s",
            note=note,
        ),
        Row("  its memory, most", max(run["peak"] for run in runs["ours"]), "MB", peer["peak"], "<= 300", "MB"),
        Row("  what is loaded once a process, CPU", ours["first"], unit="s", note="not in the rate"),
        *_unchanged(archive, names),
    ]


def _measured(way: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.boards", way, str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _unpacked(archive: Path, folder: Path) -> list[str]:
    """Every board as a file; their names."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
        return [unquote(member.name.removesuffix(".json")) for member in tar if member.isfile()]


def _ours(name: str, body: bytes) -> int:
    url = f"https://api.ashbyhq.com/posting-api/job-board/{quote(name)}?includeCompensation=true"
    ref = BoardRef("ashby", name)
    found = group(SOURCE.list(ref, RecordedHttp({url: body}), "").postings)
    for row in found:
        normalise(row, ref, SOURCE.card, name)
    return len(found)


class _Text(HTMLParser):
    """What most tools do with a description: collect its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _peer(_name: str, body: bytes) -> int:
    jobs = json.loads(body)["jobs"]
    for job in jobs:
        parser = _Text()
        parser.feed(job["descriptionHtml"])
        " ".join("".join(parser.parts).split())
    return len(jobs)


def _unchanged(archive: Path, boards: list[str]) -> list[Row]:
    """Every board twice through the product, over a server of recordings in a process of its own."""
    names = [name for name in boards if " " not in name]  # three were recorded under odd addresses
    tool = archive.parents[3] / "tools" / "replay.py"
    with tempfile.TemporaryDirectory() as place, _Replay(tool) as address:
        app = App(_settings(Path(place), address))
        try:
            first, _ = _round(app, names)
            again, answers = _round(app, names)
        finally:
            app.close()
    requests = sum(answer["requests"] for answer in answers)
    parsed = sum(not answer["not_modified"] for answer in answers)
    received = sum(answer["bytes"] for answer in answers)
    known = f"{len(names)} boards read again"
    return [
        Row(
            "  unchanged board, CPU",
            again / len(names) * 1e3,
            "changed",
            first / len(names) * 1e3,
            unit="ms",
            note=known,
        ),
        Row("  unchanged board, requests", requests / len(names), bar="<= 1", note="conditional, answered 304"),
        Row("  unchanged boards that were parsed", parsed, bar="<= 0", note=f"{received} bytes of body received"),
    ]


def _round(app: App, names: list[str]) -> tuple[float, list[dict[str, Any]]]:
    start = time.process_time()
    answers = [app.ingest.board("ashby", name) for name in names]
    return time.process_time() - start, answers


def _settings(folder: Path, address: str) -> Settings:
    return Settings(
        home=folder / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(folder / "kek")),
        network=Network(http_replay=address, http_spacing=0.0),
    )


class _Replay:
    """The server of recordings; its address."""

    def __init__(self, tool: Path) -> None:
        self._process = subprocess.Popen([sys.executable, str(tool)], stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().split()[1]

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


def main(way: str, folder: Path) -> None:
    """Print what one reading of all boards took: CPU seconds, boards, postings, and the peak of memory in MB."""
    read = {"ours": _ours, "peer": _peer}[way]
    seconds, boards, postings = 0.0, 0, 0
    files = sorted(folder.glob("**/*.json"))
    began = time.process_time()
    read(unquote(files[0].stem), files[0].read_bytes())
    first = time.process_time() - began  # tables of places and languages are loaded once a process
    for file in files:
        body = file.read_bytes()
        start = time.process_time()
        postings += read(unquote(file.stem), body)
        seconds += time.process_time() - start
        boards += 1
    print(json.dumps({"seconds": seconds, "boards": boards, "postings": postings, "first": first, "peak": _peak()}))


def _peak() -> float:
    """Most memory of this process in MB; `getrusage` would count that of the process it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
