"""What real boards answered, through the whole program: served on loopback, ingested by processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jobbot.delivery.cli.root import main

pytestmark = pytest.mark.shared


@contextmanager
def serving(shared: Path, *options: str) -> Iterator[str]:
    command = [sys.executable, str(shared / "tools" / "replay.py"), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[1]
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Program:
    """`jobbot` over one data directory: `run` in this process, `start` as a process of its own."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str]) -> None:
        self.names = {"JOBBOT_HTTP_SPACING": "0", "JOBBOT_KEK_FILE": f"{home}.kek", "JOBBOT_HOME": str(home)}
        self.patch = patch
        self.output = output

    def run(self, url: str, *words: str) -> tuple[int, Any]:
        for name, value in {**self.names, "JOBBOT_HTTP_REPLAY": url}.items():
            self.patch.setenv(name, value)
        self.output.readouterr()
        code = main([*words, "--json"])
        return code, json.loads(self.output.readouterr().out)

    def start(self, url: str, *words: str) -> subprocess.Popen[bytes]:
        environ = {**os.environ, **self.names, "JOBBOT_HTTP_REPLAY": url}
        return subprocess.Popen([sys.executable, "-m", "jobbot", *words], env=environ, stdout=subprocess.DEVNULL)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(tmp_path / "home", monkeypatch, capsys)


FEEDS = {
    "arbeitnow": 3,
    "hackernews": 313,
    "himalayas": 200,
    "jobicy": 19,
    "remoteok": 97,
    "remotive": 2,
    "themuse": 202,
    "weworkremotely": 3,
}
BOARDS = (("greenhouse", "codepath-content", 5), ("ashby", "9fin", 30), ("greenhouse", "imply", 7))


def counted(run: dict[str, Any]) -> tuple[int, ...]:
    return tuple(run[name] for name in ("new", "updated", "unchanged", "reopened", "closed"))


def test_one_lever_site_on_three_days(shared: Path, program: Program) -> None:
    runs = []
    for day in ("0", "1", "2", "2"):
        with serving(shared, "--day", day) as url:
            runs.append(program.run(url, "ingest", "lever", "--company", "GoToGroup")[1])
    assert [counted(run) for run in runs] == [
        (135, 0, 0, 0, 0),
        (62, 78, 5, 0, 52),
        (90, 25, 51, 2, 69),
        (0, 0, 0, 0, 0),
    ]
    assert [run["fetched"] for run in runs] == [135, 145, 168, 0]
    assert runs[-1]["not_modified"]


def test_boards_of_three_vendors_and_faults(shared: Path, program: Program) -> None:
    with serving(shared) as url:
        for source, board, fetched in BOARDS:
            code, run = program.run(url, "ingest", source, "--company", board)
            assert (code, run["fetched"]) == (0, fetched)
        assert program.run(url, "ingest", "ashby", "--company", "zzzzz")[0] == 3
        assert program.run(url, "ingest", "lever", "--company", "zzzzz")[0] == 3
        items = program.run(url, "postings", "list", "--company", "codepath", "--limit", "10")[1]["items"]
        assert {item["company"] for item in items} == {"Codepath Content"}
        assert {item["salary"]["currency"] for item in items} == {"USD"}
        shown = program.run(url, "postings", "show", items[0]["id"])[1]
        assert "&lt;" not in shown["text"]
        assert "<p" not in shown["text"]
        everything = program.run(url, "ingest", "all")[1]
        assert [run["not_modified"] for run in everything["boards"][:3]] == [True, True, True]
        assert not everything["failed"]
    with serving(shared, "--fault", "ashby=429:3600", "--fault", "imply=500") as url:
        code, problem = program.run(url, "ingest", "ashby", "--company", "9fin")
        assert (code, bool(problem["retry_at"])) == (5, True)
        assert program.run(url, "ingest", "greenhouse", "--company", "imply")[0] == 1
        assert len(program.run(url, "postings", "list", "--company", "9fin", "--limit", "99")[1]["items"]) == 30


def test_an_empty_data_directory_is_filled_by_the_feeds(shared: Path, program: Program) -> None:
    with serving(shared) as url:
        code, data = program.run(url, "ingest", "all")
        assert (code, data["failed"], data["warnings"]) == (0, [], [])
        new = {run["source"]: run["new"] for run in data["boards"]}
        assert new == FEEDS
        assert sum(new.values()) >= 300
        again = program.run(url, "ingest", "all")[1]
        assert sum(run["new"] + run["closed"] for run in again["boards"]) == 0
        code, run = program.run(url, "ingest", "himalayas", "--query", "nurse")
        assert (code, run["board"], run["new"]) == (0, "nurse", 0)
        assert run["unchanged"] == 12
        items = program.run(url, "postings", "list", "--source", "remoteok", "--limit", "500")[1]["items"]
        assert {item["attribution"] for item in items} == {"Remote OK"}
        assert all(item["url"].lower().startswith("https://remoteok.com/") for item in items)


def test_killed_in_the_middle_the_next_run_does_the_rest(shared: Path, program: Program) -> None:
    words = ("ingest", "greenhouse", "--company", "stripe")
    with serving(shared) as url:
        for delay in (0.9, 1.1, 1.3):
            process = program.start(url, *words)
            time.sleep(delay)
            process.kill()
            process.wait()
        code, run = program.run(url, *words)
        assert code == 0
        assert run["quarantined"] == []
        assert program.run(url, *words)[1]["not_modified"]
        shown: list[Any] = []
        cursor = ""
        while cursor is not None:
            page = program.run(url, "postings", "list", "--limit", "500", "--cursor", cursor)[1]
            shown, cursor = shown + page["items"], page["next"]
        assert len(shown) == len({item["id"] for item in shown}) > 500
        if not run["not_modified"]:
            assert run["new"] + run["unchanged"] == len(shown)
