"""Many at once over one program: every answer whole and the same as alone, and each part is made once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.api.parts import Parts
from jobbot.features.accounts.model import Kind
from jobbot.kernel.clock import FixedClock

from .conftest import ADDRESS, key, settings

ASKED = ["/matches?limit=5", "/jobs?limit=50", "/search?q=nurse", "/profile", "/sources", "/matches?limit=3&role=nurse"]


@pytest.fixture
def cold(copied: Path) -> Iterator[App]:
    """A program none of whose parts is made yet."""
    app = App(settings(copied / "home", copied / "kek"), clock=FixedClock())
    yield app
    app.close()


def test_a_cold_program_asked_by_many_threads(cold: App) -> None:
    token, _ = App(cold.settings, clock=cold.clock).sessions.issue(Kind.MACHINE)
    with TestClient(create_app(cold), base_url=ADDRESS, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {token}"

        def ask(number: int) -> tuple[str, int, bytes]:
            address = ASKED[number % len(ASKED)]
            answer = client.get(f"/api/v1{address}")
            return address, answer.status_code, answer.content

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(36)))
        alone = {address: client.get(f"/api/v1{address}").content for address in ASKED}
    assert [status for _, status, _ in answers] == [200] * 36
    assert all(content == alone[address] for address, _, content in answers)


def test_changes_and_reads_at_once(cold: App) -> None:
    token, _ = App(cold.settings, clock=cold.clock).sessions.issue(Kind.MACHINE)
    with TestClient(create_app(cold), base_url=ADDRESS, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        best = [one["posting_id"] for one in client.get("/api/v1/matches?limit=3").json()["items"]]

        def change(number: int) -> tuple[int, str]:
            if number % 2:
                return client.get("/api/v1/matches?limit=5").status_code, ""
            asked = {"posting_id": best[number // 2 % 3], "letter": False, "formats": ["pdf"]}
            made = client.post("/api/v1/documents", json=asked, headers=key())
            return made.status_code, made.json().get("posting_id", "") + " " + asked["posting_id"]

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(change, range(12)))
        listed = client.get("/api/v1/documents?limit=4").json()
        rest = client.get(f"/api/v1/documents?limit=200&cursor={listed['next']}").json()
    assert {status for status, _ in answers} == {200, 201}
    assert all(len(set(pair.split())) == 1 for _, pair in answers if pair)
    ids = [one["id"] for one in listed["items"] + rest["items"]]
    assert len(ids) == len(set(ids)) == 6
    assert rest["next"] is None


def test_each_part_is_made_once(cold: App) -> None:
    parts, gate = Parts(cold), threading.Barrier(8)

    def take(_: int) -> int:
        gate.wait()
        return id(parts.postings)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(take, range(8)))) == 1


def test_a_part_that_is_made_is_not_waited_for(cold: App) -> None:
    parts = Parts(cold)
    made = parts.postings
    with parts._making, ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: parts.postings).result(timeout=5) is made
