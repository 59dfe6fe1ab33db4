"""Erasing over HTTP: only a person in a browser, only with the words, and then nobody is signed in any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.features.accounts.model import Kind
from jobbot.kernel.clock import FixedClock

from .conftest import ADDRESS, key, settings

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS}
ADDRESS_OF_IT = "/api/v1/erase"
WORDS = {"confirm": "erase everything"}


@pytest.fixture
def app(filled: Path, tmp_path: Path) -> Iterator[App]:
    """A program of this test's own: it will be emptied."""
    shutil.copytree(filled, tmp_path / "copy")
    app = App(settings(tmp_path / "copy" / "home", tmp_path / "copy" / "kek"), clock=FixedClock())
    yield app
    app.close()


@pytest.fixture
def person(app: App) -> Iterator[TestClient]:
    """A browser that the link has opened."""
    with TestClient(create_app(app), base_url=ADDRESS, headers=OWN, raise_server_exceptions=False) as client:
        link = app.sessions.issue(Kind.LINK)[0]
        assert client.post("/api/v1/auth/session", json={"token": link}, headers=key()).status_code == 200
        yield client


def best(client: TestClient) -> str:
    return str(client.get("/api/v1/matches", params={"limit": 1}).json()["items"][0]["posting_id"])


def test_it_takes_everything_and_signs_everybody_out(person: TestClient, app: App) -> None:
    made = person.post("/api/v1/documents", json={"posting_id": best(person)}, headers=key())
    assert made.status_code == 201, made.text
    script = app.sessions.issue(Kind.MACHINE, "script")[0]
    answer = person.post(ADDRESS_OF_IT, json=WORDS, headers=key())
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["rows"]["document_sets"] == 1
    assert told["rows"]["sessions"] >= 2
    assert told["rows"]["idempotency_keys"] >= 1
    assert told["files"]["documents"] >= 11
    assert told["key"]["data_key"] == "gone"
    assert "storage" in answer.headers["clear-site-data"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert person.get("/api/v1/profile").status_code == 401
    assert person.get("/api/v1/profile", headers={"Authorization": f"Bearer {script}"}).status_code == 401


def test_the_same_request_again_finds_nobody(person: TestClient) -> None:
    """Its answer is kept nowhere: the key that would seal it is gone."""
    same = key()
    cookies = dict(person.cookies)
    assert person.post(ADDRESS_OF_IT, json=WORDS, headers=same).status_code == 200
    person.cookies.update(cookies)
    assert person.post(ADDRESS_OF_IT, json=WORDS, headers=same).status_code == 401


@pytest.mark.parametrize("confirm", ["", "yes", "erase", "erase everything!", "x" * 201])
def test_without_the_words_nothing_happens(confirm: str, person: TestClient) -> None:
    answer = person.post(ADDRESS_OF_IT, json={"confirm": confirm}, headers=key())
    assert answer.status_code == 422
    assert person.get("/api/v1/profile").status_code == 200


@pytest.mark.parametrize("body", [{}, {"confirm": True}, {**WORDS, "everything": True}, [], None])
def test_anything_else_is_refused(body: Any, person: TestClient) -> None:
    assert person.post(ADDRESS_OF_IT, json=body, headers=key()).status_code == 422
    assert person.get("/api/v1/profile").status_code == 200


def test_a_script_may_not(person: TestClient, app: App) -> None:
    token = {"Authorization": f"Bearer {app.sessions.issue(Kind.MACHINE)[0]}"}
    assert person.post(ADDRESS_OF_IT, json=WORDS, headers={**token, **key()}).status_code == 403
    assert person.get("/api/v1/profile").status_code == 200


def test_the_same_server_goes_on_with_a_new_person(person: TestClient, app: App) -> None:
    """After a new link an import makes a new key; nothing of the old one is used."""
    old = app.vault.key_id
    assert person.post(ADDRESS_OF_IT, json=WORDS, headers=key()).status_code == 200
    link = app.sessions.issue(Kind.LINK)[0]
    assert person.post("/api/v1/auth/session", json={"token": link}, headers=key()).status_code == 200
    assert person.get("/api/v1/profile").status_code == 404
    resume = {"basics": {"name": "Mara Lindqvist"}}
    new = {**key(), "If-None-Match": "*"}
    assert person.put("/api/v1/profile", json=resume, headers=new).status_code in (200, 201)
    assert person.get("/api/v1/profile").json()["resume"] == resume
    assert app.vault.key_id != old


def test_the_ledger_has_pages_and_can_be_asked(person: TestClient, app: App) -> None:
    from jobbot.platform.safety.ledger import EgressLedger, Entry

    ledger, clock = EgressLedger(app.database), FixedClock()
    for number in range(25):  # ten of them at the same moment
        clock.sleep(60 if number < 15 else 0)
        ledger.record(Entry(clock.now(), f"host{number % 2}.example", "board", allowed=number % 5 != 0))
    every = person.get("/api/v1/ledger?limit=1000").json()
    assert every["next"] is None
    pages, cursor = [], ""
    while cursor is not None:
        page = person.get("/api/v1/ledger", params={"limit": 7, "cursor": cursor}).json()
        assert len(page["items"]) <= 7
        pages += page["items"]
        cursor = page["next"]
    assert pages == every["items"]
    refused = person.get("/api/v1/ledger?allowed=false&host=HOST0.ex").json()["items"]
    assert [row["host"] for row in refused] == ["host0.example"] * 3
    assert not any(row["allowed"] for row in refused)
    assert person.get("/api/v1/ledger?host=%25").json()["items"] == []
    assert person.get("/api/v1/ledger?cursor=nonsense").status_code == 422
    assert person.get("/api/v1/ledger?allowed=maybe").status_code == 422
