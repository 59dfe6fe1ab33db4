"""Hostile luck, as a person meets it: wrong boards, wrong files, wrong settings, a kill at the wrong moment.

Every failure says what is wrong and what would be right, in one document with --json, and loses nothing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

CV = {
    "basics": {"name": "Ines Okafor", "label": "Staff Nurse", "email": "ines@example.org"},
    "work": [{"name": "Northside", "position": "Staff Nurse", "startDate": "2019", "highlights": ["Cut falls by 18%"]}],
}
BIG = 1500


def row(number: int, title: str = "Nurse", words: str = "You care for people.") -> dict[str, Any]:
    return {"id": number, "internal_job_id": number, "title": title, "content": words, "company_name": "Hill Clinic"}


def board(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"jobs": rows}).encode()


BODIES = {
    "ok": board(row(1), row(2), row(3)),
    "page": b"<!doctype html><html><body>Maintenance</body></html>",
    "half": board(row(1), row(2))[:90],
    "deep": b'{"jobs":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "long": board(row(1, title="Night Nurse " * 60)),
    "big": board(*(row(number, f"Nurse {number}", "You care. " * 120) for number in range(BIG))),
}


ASKED_TO_HANG, GO_ON = threading.Event(), threading.Event()


class Boards(BaseHTTPRequestHandler):
    """Stands in for the vendors; counts what it is asked."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if self.path.endswith("/robots.txt"):
            self.send_error(404)
            return
        self.asked.append(self.path)
        name = self.path.split("?")[0].split("/")[4]
        if name == "hang":
            ASKED_TO_HANG.set()
            GO_ON.wait(90)
            self.close_connection = True
            return
        headers = {"Retry-After": "3600"} if name == "busy" else {}
        status = {"busy": 429, "unchanged": 304}.get(name, 200 if name in BODIES else 404)
        body = b"" if status == 304 else BODIES.get(name, b"{}")
        self.send_response(status)
        for key, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def boards() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Boards)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


class Program:
    """`jobbot` as a process of its own, over one data directory."""

    def __init__(self, folder: Path, boards: str) -> None:
        self.home = folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        own = {"JOBBOT_KEK_FILE": str(folder / "keys" / "kek"), "JOBBOT_EMBEDDING_MODEL": "none"}
        self.environment = {**kept, **own, "JOBBOT_HTTP_REPLAY": boards, "JOBBOT_HTTP_SPACING": "0"}

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "jobbot", "--home", str(self.home), *words, "--json"]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    def run(self, *words: str, **environment: str) -> tuple[int, Any]:
        """The exit code and the one document on stdout, which is never a bug's."""
        process = self.start(*words, **environment)
        out, err = process.communicate(timeout=120)
        document = json.loads(out)
        assert "Traceback" not in err
        if process.returncode and "exit_code" in document:
            assert document["exit_code"] == process.returncode
            assert document["type"] != "urn:jobbot:bug", document
        return process.returncode, document


@pytest.fixture
def program(tmp_path: Path, boards: str) -> Program:
    return Program(tmp_path, boards)


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("nobody", 3, "knows no board"),
        ("page", 1, "web page instead of JSON"),
        ("half", 1, "not whole JSON"),
        ("deep", 1, "nested deeper"),
        ("unchanged", 1, "304"),
        ("../etc", 2, "cannot be the name of a board"),
    ],
)
def test_a_board_that_cannot_be_read_is_said_so(program: Program, name: str, code: int, words: str) -> None:
    found, document = program.run("ingest", "greenhouse", "--company", name)
    assert (found, words in document["detail"]) == (code, True), document


def test_a_busy_host_is_left_alone_and_closes_nothing(program: Program) -> None:
    assert program.run("ingest", "greenhouse", "--company", "ok")[1]["new"] == 3
    first, told = program.run("ingest", "greenhouse", "--company", "busy")
    before = len(Boards.asked)
    second, again = program.run("ingest", "greenhouse", "--company", "ok")
    assert (first, second, len(Boards.asked)) == (5, 5, before)
    assert told["retry_at"] == again["retry_at"] is not None
    assert program.run("ingest", "all")[1]["failed"][0]["retry_at"]
    assert [item["closed_at"] for item in program.run("postings", "list")[1]["items"]] == [None] * 3


def test_the_airplane_switch_refuses_and_says_nothing_about_the_board(program: Program) -> None:
    program.run("ingest", "greenhouse", "--company", "ok")
    offline = {"JOBBOT_HTTP_REPLAY": "", "JOBBOT_HTTP_SPACING": "", "JOBBOT_OFFLINE": "1"}
    assert program.run("ingest", "greenhouse", "--company", "ok", **offline)[0] == 4
    assert program.run("sources", "list")[1][0]["health"] == "ok"


def test_a_title_longer_than_word_allows_still_gets_its_documents(program: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.json").write_text(json.dumps(CV))
    program.run("import", "resume", str(tmp_path / "cv.json"))
    program.run("ingest", "greenhouse", "--company", "long")
    posting = program.run("postings", "list")[1]["items"][0]["id"]
    code, made = program.run("tailor", posting)
    assert (code, made["pages"]) == (0, 1)


def test_a_document_with_nothing_of_a_cv_leaves_the_profile_as_it_is(program: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.json").write_text(json.dumps(CV))
    (tmp_path / "package.json").write_text('{"name": "web", "scripts": {}}')
    program.run("import", "resume", str(tmp_path / "cv.json"))
    assert program.run("import", "resume", str(tmp_path / "package.json"))[0] == 2
    assert program.run("profile", "export")[1] == CV


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_at_any_moment_the_next_run_completes(program: Program) -> None:
    for pause in (0.6, 0.9, 1.2):
        process = program.start("ingest", "greenhouse", "--company", "big")
        time.sleep(pause)
        process.kill()
        process.communicate()
    code, run = program.run("ingest", "greenhouse", "--company", "big")
    assert (code, run["fetched"], run["new"] + run["unchanged"], run["updated"]) == (0, BIG, BIG, 0)
    assert program.run("ingest", "greenhouse", "--company", "big")[1]["unchanged"] == BIG


def test_two_that_write_at_once_both_end_well(program: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.json").write_text(json.dumps(CV))
    program.run("import", "resume", str(tmp_path / "cv.json"))
    fetching = program.start("ingest", "greenhouse", "--company", "big")
    assert program.run("import", "resume", str(tmp_path / "cv.json"))[0] == 0
    out, _ = fetching.communicate(timeout=120)
    assert json.loads(out)["new"] == BIG


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_ctrl_c_is_one_document(program: Program) -> None:
    process = program.start("ingest", "greenhouse", "--company", "hang")
    assert ASKED_TO_HANG.wait(60)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    GO_ON.set()
    assert (process.returncode, json.loads(out)["exit_code"]) == (130, 130)


@pytest.mark.parametrize("words", [("--help",), ("match", "--help"), ("db",), ("profile",), ("tailor",), ("nothing",)])
def test_help_and_wrong_usage_are_one_document(program: Program, words: tuple[str, ...]) -> None:
    code, document = program.run(*words)
    assert code == (0 if "--help" in words else 2)
    assert ("help" if code == 0 else "detail") in document


@pytest.mark.skipif(os.name == "nt", reason="arguments are bytes on POSIX")
def test_bytes_that_are_no_text_are_refused_by_name(program: Program) -> None:
    code, document = program.run("ingest", "greenhouse", "--company", os.fsdecode(b"\xff"))
    assert (code, "UTF-8" in document["detail"]) == (2, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("llm: 5\n", "llm: should be a section"),
        ("llm:\n  temperature: hot\n", "llm.temperature: should be a number"),
        ("llm:\n  model: a\nllm:\n  model: b\n", "3: not valid YAML: llm stands twice"),
        ("modles: {}\n", "did you mean models?"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(program: Program, content: str, words: str) -> None:
    program.home.mkdir()
    (program.home / "config.yaml").write_text(content)
    code, document = program.run("postings", "list")
    assert (code, words in document["detail"]) == (2, True), document


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("JOBBOT_OFFLINE", "maybe", "JOBBOT_OFFLINE in the environment"),
        ("JOBBOT_HTTP_REPLAY", "banana", "JOBBOT_HTTP_REPLAY"),
        ("JOBBOT_FOO", "1", "unknown setting JOBBOT_FOO"),
    ],
)
def test_a_wrong_variable_is_named(program: Program, name: str, value: str, words: str) -> None:
    code, document = program.run("ingest", "greenhouse", "--company", "ok", **{name: value})
    assert (code, words in document["detail"]) == (2, True), document


@pytest.mark.parametrize("file", ["config.yaml", ".env", "jobbot.db"])
def test_a_folder_where_a_file_belongs(program: Program, file: str) -> None:
    (program.home / file).mkdir(parents=True)
    code, document = program.run("postings", "list")
    assert (code, file in document["detail"]) == (2, True), document
