"""What a person chooses from when a board is connected, and whose address was pasted."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.features.sources.rounds.answers import RunReport
from jobbot.features.sources.rounds.model import Part
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.sdk import BoardRef

from .conftest import key


def test_every_source_has_a_title_and_a_reason_and_those_that_are_not_read_come_last(api: TestClient) -> None:
    items = api.get("/api/v1/sources/kinds").json()["items"]
    names = [item["source"] for item in items]
    assert len(set(names)) == len(names)
    assert {"greenhouse", "lever", "ashby", "linkedin"} <= set(names)
    assert all(item["title"] and item["reason"] for item in items)
    refused = [item["verdict"] == "prohibited" for item in items]
    assert refused == sorted(refused)
    assert all((item["kind"] is None) == no for item, no in zip(items, refused, strict=True))
    assert all(item["naming"] for item in items if item["kind"] == "board")


@pytest.mark.parametrize(
    ("url", "source", "board"),
    [
        ("https://boards.greenhouse.io/acme", "greenhouse", "acme"),
        ("https://job-boards.greenhouse.io/acme/jobs/123", "greenhouse", "acme"),
        ("https://jobs.lever.co/Acme/0a1b", "lever", "Acme"),
        ("https://jobs.ashbyhq.com/acme ", "ashby", "acme"),
    ],
)
def test_an_address_is_recognised(api: TestClient, url: str, source: str, board: str) -> None:
    found = api.get("/api/v1/sources/board", params={"url": url}).json()
    assert (found["source"], found["board"]) == (source, board)


def test_an_address_of_nobody_and_one_that_is_not_read(api: TestClient) -> None:
    refused = api.get("/api/v1/sources/board", params={"url": "https://www.linkedin.com/jobs/view/1"})
    assert refused.status_code == 403
    assert "allowed way" in refused.json()["detail"]
    assert api.get("/api/v1/sources/board", params={"url": "https://example.org/careers"}).status_code == 422
    assert api.get("/api/v1/sources/board", params={"url": "acme"}).status_code == 422


@pytest.mark.parametrize(
    "words", ["", "https://[", "https://boards.greenhouse.io/", "https://jobs.lever.co/%2e%2e/%00", "😀" * 500]
)
def test_any_words_are_answered(api: TestClient, words: str) -> None:
    assert api.get("/api/v1/sources/board", params={"url": words}).status_code == 422


def test_a_board_is_added_paused_removed_and_taken_back(api: TestClient) -> None:
    wanted = {"source": "greenhouse", "board": "kestrelcare"}
    added = api.post("/api/v1/sources", json=wanted, headers=key())
    assert added.status_code == 201, added.text
    assert (added.json()["outcome"], added.json()["health"]) == ("added", "not read yet")
    paused = api.patch("/api/v1/sources", json={**wanted, "paused": True}, headers=key()).json()
    assert (paused["outcome"], paused["health"]) == ("paused", "paused")
    gone = api.delete("/api/v1/sources", params=wanted, headers=key())
    assert (gone.status_code, gone.json()["health"]) == (200, "removed")
    back = api.post("/api/v1/sources", json={"url": "https://boards.greenhouse.io/kestrelcare"}, headers=key()).json()
    assert (back["outcome"], back["health"]) == ("back", "not read yet")
    listed = {item["board"]: item for item in api.get("/api/v1/sources").json()["items"]}
    assert {name: back[name] for name in listed["kestrelcare"]} == listed["kestrelcare"]
    assert api.delete("/api/v1/sources", params={"source": "lever", "board": "x"}, headers=key()).status_code == 404
    refused = api.post("/api/v1/sources", json={"source": "linkedin", "board": "acme"}, headers=key())
    assert refused.status_code == 403


def test_a_page_is_looked_at_in_a_task(api: TestClient, program: App) -> None:
    page = {"url": "https://kestrel.example/careers"}
    assert api.post("/api/v1/sources", json=page, headers=key()).status_code == 422
    queued = api.post("/api/v1/sources/find", json=page, headers=key())
    assert (queued.status_code, queued.json()["name"]) == (202, "sources.find")
    walled = api.post("/api/v1/sources/find", json={"url": "https://www.linkedin.com/company/x"}, headers=key())
    assert walled.status_code == 403
    assert api.post("/api/v1/sources/find", json={"url": "kestrel"}, headers=key()).status_code == 422
    program.tasks.cancel(queued.json()["id"], program.clock.now())


def test_a_list_is_brought_in(api: TestClient, program: App) -> None:
    text = "lever,Harbourline\nhttps://www.indeed.com/x\nhttps://harbour.example/careers\nnonsense"
    dry = api.post("/api/v1/sources/import", json={"text": text, "dry_run": True}, headers=key()).json()
    told = api.post("/api/v1/sources/import", json={"text": text}, headers=key()).json()
    assert dry == {**told, "dry_run": True}
    assert [line["outcome"] for line in told["lines"]] == ["added", "refused", "to be looked up", "not understood"]
    queued = [task for task in program.tasks.page(name="sources.find")[0] if not task.state.final]
    assert [task.arguments["url"] for task in queued] == ["https://harbour.example/careers"]
    program.tasks.cancel(queued[0].id, program.clock.now())
    assert api.post("/api/v1/sources/import", json={"text": "<html></html>"}, headers=key()).status_code == 422


def test_runs_and_their_reports(api: TestClient, program: App) -> None:
    store = RoundStore(program.database)
    one = store.begin([BoardRef("greenhouse", "acme")], program.clock.now(), "web app")
    store.note(one, Part(0, BoardRef("greenhouse", "acme"), "failed", {}, "gone", requests=2))
    store.end(one, "done", program.clock.now())
    page = api.get("/api/v1/sources/runs", params={"limit": 1}).json()
    assert (page["items"][0]["id"], page["items"][0]["failed"]) == (one.id, 1)
    told = api.get(f"/api/v1/sources/runs/{one.id}").json()
    assert told["boards"][0]["reason"] == "gone"
    RunReport.model_validate(told)
    assert api.get("/api/v1/sources/runs/nope").status_code == 404
    assert api.get("/api/v1/sources/runs", params={"cursor": "ä"}).status_code == 422
