"""The main job as a person runs it: one command on an empty machine, then the everyday commands on what it made."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

INGEST = {"source", "board", "requests", "not_modified", "fetched", "new", "updated", "unchanged", "reopened", "closed"}
INGEST |= {"skipped", "quarantined", "seconds"}
MATCH = {"posting_id", "external_id", "title", "company", "location", "url", "score", "fit", "taste", "provisional"}
MATCH |= {"odds", "contributions", "skills_hit", "skills_gap", "must_haves_missed", "keyword_overlap", "filters"}
MATCH |= {"counterfactuals", "notes"}
POSTING = {"id", "source", "board", "external_id", "title", "company", "locations", "remote", "salary", "salaries"}
POSTING |= {"employment_type", "department", "posted_at", "first_seen", "last_seen", "closed_at", "url", "language"}
POSTING |= {"attribution"}
FILES = {"pdf", "txt", "md", "docx", "letter_pdf", "letter_txt", "letter_md", "letter_docx", "diff", "provenance"}
FILES |= {"build_log"}


class Program:
    """`jobbot` over one data directory, as its own process without any network but loopback."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        keys = folder / "keys"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        self.environment = {**kept, "JOBBOT_KEK_FILE": str(keys / "kek"), "JOBBOT_OFFLINE": "1", "COLUMNS": "100"}

    def run(self, *words: str, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "jobbot", "--home", str(home or self.home), *words]
        return subprocess.run(
            command, env={**self.environment, **environment}, capture_output=True, text=True, timeout=240
        )

    def json(self, *words: str, home: Path | None = None) -> Any:
        result = self.run(*words, "--json", home=home)
        assert result.returncode == 0, result.stdout + result.stderr
        return json.loads(result.stdout)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("journey"))


@pytest.fixture(scope="module")
def demo(program: Program) -> Any:
    """The demo's own answer, from an empty data directory."""
    return program.json("demo")


@pytest.fixture(scope="module")
def home(demo: Any) -> Path:
    return Path(demo["home"])


def spans(match: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in match["skills_hit"] + match["skills_gap"]:
        yield from row["evidence"]
    yield from (item["evidence"] for item in match["filters"] if item["evidence"])


def test_two_days_of_boards_are_read_and_counted(demo: Any) -> None:
    first, second = demo["ingest"]
    assert sum(board["new"] for board in first) >= 80
    assert sum(board["closed"] for board in first) == 0
    assert sum(board["closed"] for board in second) >= 5
    assert sum(board["new"] for board in second) >= 3
    assert sum(board["updated"] for board in second) >= 5
    for board in first + second:
        assert set(board) >= INGEST
        parts = sum(board[name] for name in ("new", "updated", "unchanged", "reopened"))
        assert board["fetched"] == parts + len(board["skipped"]) + len(board["quarantined"])


def test_prospect_and_unlisted_posts_are_skipped_with_the_reason(demo: Any) -> None:
    skipped = [item for board in demo["ingest"][0] for item in board["skipped"]]
    assert len(skipped) == 2
    assert all(item["ref"] and item["reason"] for item in skipped)


def test_the_shortlist_is_ranked_and_adds_up(demo: Any) -> None:
    matches = demo["matches"]
    assert len(matches) == 5
    assert all(set(match) >= MATCH for match in matches)
    assert all(sum(row["points"] for row in match["contributions"]) == match["score"] for match in matches)
    assert all(0 <= match["score"] <= 100 for match in matches)
    assert {match["title"] for match in matches[:2]} == {"Senior Clinical Data Manager", "Clinical Data Manager"}
    assert [match["score"] for match in matches] == sorted((match["score"] for match in matches), reverse=True)


def test_every_quote_stands_in_the_posting(demo: Any, program: Program, home: Path) -> None:
    seen = 0
    for match in demo["matches"]:
        posting = program.json("postings", "show", match["posting_id"], home=home)
        for evidence in spans(match):
            assert posting["text"][evidence["start"] : evidence["end"]] == evidence["quote"]
            seen += 1
    assert seen > 20


def test_the_documents_are_one_page_and_prove_every_line(demo: Any) -> None:
    tailored = demo["tailor"]
    assert tailored["pages"] == 1
    assert set(tailored["files"]) >= FILES
    for name in ("pdf", "letter_pdf"):
        assert len(pypdfium2.PdfDocument(tailored["files"][name])) == 1
    assert all(line["facts"] for line in tailored["lines"] if line["kind"] == "fact")
    assert all(line["spans"] for line in tailored["lines"] if line["kind"] == "posting")
    frames = [line for line in tailored["lines"] if line["kind"] == "frame"]
    assert not any(line["spans"] for line in frames)
    dated = [line["text"] for line in frames if line["facts"]]
    assert all(re.fullmatch(r"[A-Z]?[a-z]* ?\d{4}( – ([A-Z][a-z]+ \d{4}|Present))?", text) for text in dated), dated
    provenance = json.loads(Path(tailored["files"]["provenance"]).read_text("utf-8"))
    assert provenance["lines"] == tailored["lines"]
    assert {line["document"] for line in tailored["lines"]} == {"cv", "letter"}


def test_the_pdf_says_what_the_text_says(demo: Any) -> None:
    page = pypdfium2.PdfDocument(demo["tailor"]["files"]["pdf"])[0].get_textpage().get_text_range()
    flat = re.sub(r"\W+", "", page)
    for line in demo["tailor"]["lines"]:
        if line["document"] == "cv" and line["kind"] == "fact":
            assert re.sub(r"\W+", "", line["text"]) in flat, line["text"]


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_nothing_is_readable_by_others(demo: Any, home: Path) -> None:
    loose = [path for path in home.rglob("*") if path.lstat().st_mode & 0o077]
    assert loose == []


def test_personal_values_are_nowhere_in_the_database_or_the_logs(demo: Any, home: Path) -> None:
    kept = [path for path in home.rglob("*") if path.is_file() and "outputs" not in path.parts]
    assert any(path.name == "jobbot.db" for path in kept)
    for path in kept:
        content = path.read_bytes()
        for value in (b"mara.lindqvist@example.org", b"70 174 06 45", "Region Öland Hospital Pharmacy".encode()):
            assert value not in content, (path.name, value)


def test_what_left_the_machine_is_in_the_ledger(program: Program, demo: Any, home: Path) -> None:
    rows = program.json("ledger", home=home)
    assert {row["host"] for row in rows} >= {"boards-api.greenhouse.io", "api.ashbyhq.com", "api.eu.lever.co"}
    assert all(set(row) >= {"at", "host", "purpose", "bytes_out", "bytes_in", "fields", "allowed"} for row in rows)


def test_the_everyday_commands_work_on_what_the_demo_made(program: Program, demo: Any, home: Path) -> None:
    listed = program.json("postings", "list", "--company", "tidewell", home=home)
    assert listed["items"]
    assert all(set(item) >= POSTING for item in listed["items"])
    found = program.json("postings", "search", "night nurse dementia", home=home)
    assert found["items"][0]["title"] == "Night Nurse, Care of the Elderly"
    checked = program.json("profile", "check", home=home)
    assert checked["valid"] is True
    assert program.json("match", "--limit", "3", home=home)[0]["score"] > 0


def test_export_is_value_equal_to_what_was_imported(program: Program, demo: Any, home: Path) -> None:
    bundled = Path(__file__).resolve().parents[2] / "src" / "jobbot" / "delivery" / "demo" / "mara-lindqvist.json"
    assert program.json("profile", "export", "--format", "json", home=home) == json.loads(bundled.read_text("utf-8"))


def test_the_same_input_gives_the_same_score(program: Program, demo: Any, home: Path) -> None:
    first, second = (program.json("match", "--limit", "5", home=home) for _ in range(2))
    assert first == second


def test_the_demo_can_be_run_again(program: Program, demo: Any) -> None:
    again = program.json("demo")
    assert [match["posting_id"] for match in again["matches"]] == [match["posting_id"] for match in demo["matches"]]


def test_a_person_sees_scores_reasons_and_paths(program: Program, demo: Any) -> None:
    result = program.run("demo")
    assert result.returncode == 0
    for expected in (
        "Senior Clinical Data Manager",
        "Halvard Clinical",
        "resume_",
        "cover_letter_",
        "provenance_",
        "diff_",
    ):
        assert expected in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 200


def test_unknown_things_are_exit_3_with_one_document(program: Program, demo: Any, home: Path) -> None:
    result = program.run("tailor", "zzzzzzzzzzzzzzzz", "--json", home=home)
    assert result.returncode == 3
    assert json.loads(result.stdout)["exit_code"] == 3
