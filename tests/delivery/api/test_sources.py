"""What a person chooses from when a board is connected, and whose address was pasted."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


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
