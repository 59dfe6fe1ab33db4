"""Whoever lent a posting is named beside it, with the link, wherever it is shown: text, JSON, files, API, web app."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.features.sources.boards.wire import REMOTEOK_TERMS, remoteok_job
from tests.features.sources.replayed import Program, Replayed, replaying

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.cli.root import main
from jobbot.features.accounts.model import Kind
from jobbot.platform.plugins import load
from jobbot.sdk import Verdict
from jobbot.settings import load as load_settings

ROOT = Path(__file__).resolve().parents[2]
NAME = "Remote OK"
LINK = "https://remoteOK.com/remote-jobs/remote-tutor-fernway-77"
RESUME = {
    "basics": {"name": "Mara Lindqvist", "email": "mara@lindqvist.example", "label": "Maths tutor"},
    "work": [
        {
            "name": "Strand School",
            "position": "Tutor",
            "startDate": "2019-01",
            "highlights": ["Taught maths to forty pupils", "Wrote a course on fractions"],
        }
    ],
    "skills": [{"name": "Teaching", "keywords": ["mathematics", "lesson planning"]}],
}
OWN = frozenset({"DocumentsBrief", "DocumentsShape", "DraftShape", "PastedShape"})
"""Answers about what is the user's own: documents (their provenance names the posting's source), pasted text."""


@pytest.fixture
def replayed() -> Iterator[Replayed]:
    with replaying() as server:
        server.serve("remoteok.com/api", [REMOTEOK_TERMS, remoteok_job()])
        yield server


@pytest.fixture
def program(
    replayed: Replayed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Program:
    """A profile, and one posting of a feed that asks to be named."""
    made = Program(tmp_path / "home", replayed.url, monkeypatch, capsys)
    made.settings("models:\n  embedding: none\n")
    (tmp_path / "resume.json").write_text(json.dumps(RESUME))
    assert made.run("import", "resume", str(tmp_path / "resume.json"))[0] == 0
    assert made.run("ingest", "remoteok")[1]["new"] == 1
    return made


def unnamed(value: Any) -> list[dict[str, Any]]:
    """Every object that tells title and employer of a posting, and not whose it is."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    found = [item for part in below for item in unnamed(part)]
    tells = isinstance(value, dict) and {"title", "company"} <= set(value)
    return [*found, value] if tells and value.get("attribution") != NAME else found


def test_every_command_that_shows_a_posting_names_its_source(
    program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    posting = program.run("postings", "list")[1]["items"][0]["id"]
    for words in (
        ("postings", "list"),
        ("postings", "search", "tutor"),
        ("postings", "show", posting),
        ("postings", "summary", posting),
        ("match",),
        ("match", "--explain"),
    ):
        code, data = program.run(*words)
        assert (code, unnamed(data)) == (0, []), words
        assert NAME in json.dumps(data), words
        capsys.readouterr()
        assert main([*words]) == 0
        assert NAME in capsys.readouterr().out, words


def test_the_files_of_a_posting_name_it_too(program: Program, tmp_path: Path) -> None:
    posting = program.run("postings", "list")[1]["items"][0]["id"]
    code, data = program.run("tailor", posting, "--output", str(tmp_path / "out"), "--no-letter")
    assert code == 0, data
    told = json.loads(Path(data["files"]["provenance"]).read_text("utf-8"))["posting"]
    assert (told["attribution"], told["url"]) == (NAME, LINK)
    assert f"The posting is from {NAME}, <{LINK}>." in Path(data["files"]["diff"]).read_text("utf-8")


def test_the_api_names_it(program: Program) -> None:
    app = App(load_settings(program.home))
    posting = program.run("postings", "list")[1]["items"][0]["id"]
    headers = {"Authorization": f"Bearer {app.sessions.issue(Kind.MACHINE, 'test')[0]}"}
    with TestClient(create_app(app), base_url="http://127.0.0.1:8765") as client:
        for path in ("/jobs", f"/jobs/{posting}", "/search?q=tutor", "/matches", f"/jobs/{posting}/summary"):
            answer = client.get(f"/api/v1{path}", headers=headers)
            assert answer.status_code == 200, path
            assert unnamed(answer.json()) == [], path
            assert NAME in answer.text, path
    app.close()


def test_every_answer_that_tells_a_posting_has_a_place_for_it() -> None:
    """A new answer of the API cannot forget it: title and employer come with attribution and link."""
    schemas = json.loads((ROOT / "web" / "openapi.json").read_text("utf-8"))["components"]["schemas"]
    telling = {name for name, shape in schemas.items() if {"title", "company"} <= set(shape.get("properties", {}))}
    assert {"PostingShape", "MatchShape"} <= telling
    for name in sorted(telling - OWN):
        assert {"attribution", "url"} <= set(schemas[name]["properties"]), name


def test_every_source_that_is_allowed_for_its_name_has_one() -> None:
    cards = [source.card for source in load("jobbot.sources").loaded.values()]
    assert all(card.attribution for card in cards if card.verdict is Verdict.ATTRIBUTION)
    assert sum(bool(card.attribution) for card in cards) >= 8
