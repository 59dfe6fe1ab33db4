"""Postings from files: JSON, JSON Lines, our own export, and what is wrong with a line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.features.sources.world import World

from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.storage import Database

FULL = {
    "id": 17,
    "title": "Baker",
    "company": "Crumb & Co",
    "location": "Porto; Braga",
    "url": "https://crumb.example/17",
    "date": "2026-11-01",
    "description": "<p>Bake bread.</p>",
}


@pytest.fixture
def world(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(sqlite, tmp_path / "home", clock)


def write(folder: Path, content: Any, name: str = "saved.json") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_a_list_is_read_and_is_the_users_own(world: World, tmp_path: Path) -> None:
    run = world.ingest.file(write(tmp_path, [FULL, {"title": "Miller", "description": "Mill flour."}]))
    assert (run["source"], run["board"], run["new"], run["fetched"], run["requests"]) == ("file", "saved", 2, 2, 0)
    baker, miller = world.store.all()
    assert (baker.external_id, baker.company, baker.locations) == ("17", "Crumb & Co", ("Porto", "Braga"))
    assert baker.posted_at == datetime(2026, 11, 1, tzinfo=UTC)
    assert (baker.text, baker.owner) == ("Bake bread.", LOCAL_USER)
    assert (miller.posted_at, miller.url, len(miller.external_id)) == (None, None, 16)
    assert list(world.store.all(UserId("other"))) == []
    assert world.store.search("bread", UserId("other")) == []
    with pytest.raises(NotFound):
        world.store.get(baker.id, UserId("other"))
    assert world.store.payload(baker.id, UserId("other")) is None


def test_the_same_file_again_changes_nothing_and_closes_nothing(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, [FULL, {"title": "Miller", "description": "Mill flour."}])
    world.ingest.file(path)
    assert world.ingest.file(path)["unchanged"] == 2
    write(tmp_path, [{**FULL, "description": "Bake rolls."}])
    run = world.ingest.file(path)
    assert (run["updated"], run["closed"]) == (1, 0)
    assert len(world.titles()) == 2


def test_lines_and_what_is_wrong_with_some(world: World, tmp_path: Path) -> None:
    lines = [
        json.dumps(FULL),
        "",
        '{"title": "Half',
        '{"title": "NaN", "description": NaN}',
        '{"description": "no title"}',
        "[1, 2]",
        '{"id": "x", "title": "Last", "description": "Last."}',
    ]
    run = world.ingest.file(write(tmp_path, "\r\n".join(lines).encode(), "saved.jsonl"))
    assert run["new"] == 2
    assert [reject["ref"] for reject in run["quarantined"]] == ["line 3", "line 4", "line 5", "line 6"]
    assert "no title" in run["quarantined"][2]["reason"]
    assert run["fetched"] == 6


def test_a_first_line_that_is_wrong_does_not_sink_the_rest(world: World, tmp_path: Path) -> None:
    run = world.ingest.file(write(tmp_path, b"# postings\n" + json.dumps(FULL).encode() + b"\n"))
    assert (run["new"], [reject["ref"] for reject in run["quarantined"]]) == (1, ["line 1"])


@pytest.mark.parametrize("key", ["jobs", "postings", "items"])
def test_lists_inside_an_object(world: World, tmp_path: Path, key: str) -> None:
    text = json.dumps({"about": 1, key: [FULL]}, indent=2).encode()
    assert world.ingest.file(write(tmp_path, b"\xef\xbb\xbf" + text))["new"] == 1


def test_one_posting_alone(world: World, tmp_path: Path) -> None:
    assert world.ingest.file(write(tmp_path, FULL))["new"] == 1


def test_our_own_export_comes_back_as_it_was(world: World, tmp_path: Path) -> None:
    salaries = [{"min": 20, "max": 25, "currency": "EUR", "period": "hour", "raw": "20-25", "label": "Night"}]
    world.ingest.file(
        write(tmp_path, [{**FULL, "salaries": salaries, "remote": "hybrid", "employment_type": "Intern"}])
    )
    first = next(world.store.all())
    exported = {"items": [first.as_dict(body=True)], "next": None}
    world.ingest.file(write(tmp_path, exported, "export.json"))
    second = list(world.store.all())[1]
    for name in ("external_id", "title", "company", "locations", "salaries", "remote", "employment_type", "posted_at"):
        assert getattr(second, name) == getattr(first, name), name
    assert second.text == first.text
    assert second.content_hash == first.content_hash


@pytest.mark.parametrize("content", [b"", b"hello", b"title,description\na,b", b'{"title": "x"', b"[{}", b"\x00\x01"])
def test_files_that_hold_no_postings(world: World, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        world.ingest.file(write(tmp_path, content))
    assert world.titles() == []


def test_a_file_that_is_not_there(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        world.ingest.file(tmp_path / "none.json")
    with pytest.raises(InvalidInput):
        world.ingest.file(tmp_path)
