"""The same key changes things once: same request same answer, other request refused, two at once one change."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.http.caller import Caller
from jobbot.platform.http.once.run import KeyReused, Once

from .conftest import key

CV = b"# Mara Lindqvist\n\nData manager\n\n## Experience\n\n### Analyst, Foo AB\n2019 - 2021\n- Cleaned 40 data sets\n"


def rows(program: App, table: str) -> int:
    with program.database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def edited(api: TestClient, label: str) -> tuple[dict[str, Any], dict[str, str]]:
    read = api.get("/api/v1/profile")
    resume = read.json()["resume"]
    resume["basics"]["label"] = label
    return resume, {"If-Match": read.headers["etag"]}


def test_the_same_again_gives_the_same_and_changes_nothing(api: TestClient, program: App) -> None:
    resume, match = edited(api, "Data steward")
    sent = {**key(), **match}
    first = api.put("/api/v1/profile", json=resume, headers=sent)
    versions = rows(program, "candidate_profile")
    again = api.put("/api/v1/profile", json=resume, headers=sent)
    assert (again.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
    assert first.headers.get("idempotency-replayed") is None
    assert again.headers["idempotency-replayed"] == "true"
    assert rows(program, "candidate_profile") == versions


def test_the_same_value_in_another_spelling_is_the_same_request(api: TestClient, best: str) -> None:
    sent = {**key(), "Content-Type": "application/json"}
    first = api.post("/api/v1/documents", content=f'{{"posting_id":"{best}","letter":false}}', headers=sent)
    again = api.post("/api/v1/documents", content=f'{{ "letter": false,\n"posting_id": "{best}" }}', headers=sent)
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    assert first.headers["location"] == again.headers["location"]


def test_a_key_of_another_request_is_refused(api: TestClient, best: str) -> None:
    sent = key()
    made = api.post("/api/v1/documents", json={"posting_id": best, "letter": False}, headers=sent)
    for other in (
        api.post("/api/v1/documents", json={"posting_id": best}, headers=sent),
        api.post("/api/v1/profile/import?dry_run=1", files={"file": ("a.md", CV)}, headers=sent),
    ):
        assert other.status_code == 422
        assert other.json()["type"] == "urn:jobbot:idempotency-key-reused"
    assert api.get(f"/api/v1/documents/{made.json()['id']}").status_code == 200


def test_an_upload_is_known_by_its_file_and_not_by_its_boundary(api: TestClient) -> None:
    sent = key()
    first, again = (
        api.post("/api/v1/profile/import?dry_run=1", files={"file": ("a.md", CV)}, headers=sent) for _ in range(2)
    )
    other = api.post("/api/v1/profile/import?dry_run=1", files={"file": ("a.md", CV + b"x")}, headers=sent)
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert other.status_code == 422


def test_a_failure_leaves_the_key_free(api: TestClient, best: str) -> None:
    sent = key()
    assert api.post("/api/v1/documents", json={"posting_id": "zzzzzzzzzzzzzzzz"}, headers=sent).status_code == 404
    assert api.post("/api/v1/documents", json={"posting_id": best, "letter": False}, headers=sent).status_code == 201


def test_two_at_once_make_one(api: TestClient, program: App, best: str) -> None:
    sent, before = key(), rows(program, "document_sets")
    gate = threading.Barrier(4)

    def ask(_: int) -> Any:
        gate.wait()
        return api.post("/api/v1/documents", json={"posting_id": best, "letter": False}, headers=sent)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.content for one in answers}) == 1
    assert sorted(one.headers.get("idempotency-replayed", "") for one in answers) == ["", "true", "true", "true"]
    assert rows(program, "document_sets") == before + 1


def once(program: App, name: str = "key-of-a-test", body: bytes = b"1", address: str = "PUT /x") -> Once:
    return Once(program.keys, program.clock, Caller(LOCAL_USER, "x", machine=True), name, address, body)


def test_another_process_that_was_faster_wins(program: App) -> None:
    """Both looked and found nothing; the second finds the first's answer once it holds the lock, and does nothing."""
    store = ProfileStore(program.database, program.vault, program.clock)

    def slow() -> dict[str, str]:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        store.save({"basics": {"name": "Slow"}}, persona="raced")
        return {"by": "slow"}

    def other() -> None:
        with program.database.unit():
            from jobbot.platform.http.once.run import _digest
            from jobbot.platform.http.once.store import Answered

            with program.database.write() as session:
                answered = Answered(_digest("PUT /x", b"1"), 200, {"by": "other"})
                program.keys.keep(session, LOCAL_USER, "key-of-a-race", answered, program.clock.now())

    reply = once(program, "key-of-a-race")(slow)
    assert reply.body == b'{"by":"other"}'
    assert reply.headers["idempotency-replayed"] == "true"
    assert store.find(persona="raced") is None


def test_neither_change_nor_key_is_there_without_the_other(program: App) -> None:
    store = ProfileStore(program.database, program.vault, program.clock)

    def broken() -> None:
        store.save({"basics": {"name": "Half"}}, persona="half")
        raise KeyError("a bug after the write")

    with pytest.raises(KeyError):
        once(program, "key-of-a-bug")(broken)
    assert store.find(persona="half") is None
    assert program.keys.find(LOCAL_USER, "key-of-a-bug", program.clock.now()) is None

    def whole() -> dict[str, int]:
        return {"version": store.save({"basics": {"name": "Whole"}}, persona="half").version}

    assert once(program, "key-of-a-bug")(whole).body == b'{"version":1}'
    assert store.find(persona="half") is not None


def test_a_key_is_forgotten_after_a_day(program: App) -> None:
    clock = program.clock
    assert isinstance(clock, FixedClock)
    before = clock.at
    assert once(program, "key-of-a-day")(lambda: 1).body == b"1"
    try:
        clock.at += timedelta(hours=25)
        assert once(program, "key-of-a-day")(lambda: 2).body == b"2"
    finally:
        clock.at = before


def test_answers_are_sealed(program: App) -> None:
    once(program, "key-of-a-secret")(lambda: {"planted": "zanzibar-47"})
    with program.database.read() as session:
        bodies = session.execute(text("SELECT answer FROM idempotency_keys")).scalars().all()
    assert bodies
    assert not any(b"zanzibar-47" in bytes(body) for body in bodies)


def test_a_key_for_another_address_is_refused(program: App) -> None:
    once(program, "key-of-an-address")(lambda: 1)
    with pytest.raises(KeyReused):
        once(program, "key-of-an-address", address="PUT /y")(lambda: 1)


def test_two_tabs_and_the_second_is_told(api: TestClient) -> None:
    resume, match = edited(api, "First tab")
    assert api.put("/api/v1/profile", json=resume, headers={**key(), **match}).status_code == 200
    resume["basics"]["label"] = "Second tab"
    late = api.put("/api/v1/profile", json=resume, headers={**key(), **match})
    assert late.status_code == 412
    assert late.json()["type"] == "urn:jobbot:outdated"
    assert api.get("/api/v1/profile").json()["resume"]["basics"]["label"] == "First tab"


def test_an_import_over_a_version_that_nobody_looked_at_is_refused(api: TestClient) -> None:
    resume, match = edited(api, "Earlier tab")
    assert api.put("/api/v1/profile", json=resume, headers={**key(), **match}).status_code == 200
    files = {"file": ("cv.md", CV)}
    for outdated in (match, {"If-None-Match": "*"}):
        late = api.post("/api/v1/profile/import?replace=true", files=files, headers={**key(), **outdated})
        assert (late.status_code, late.json()["type"]) == (412, "urn:jobbot:outdated")
    assert api.get("/api/v1/profile").json()["resume"]["basics"]["label"] == "Earlier tab"
    now = {"If-Match": api.get("/api/v1/profile").headers["etag"]}
    assert api.post("/api/v1/profile/import?replace=true", files=files, headers={**key(), **now}).status_code == 200


def test_a_change_must_say_which_version_it_changes(api: TestClient) -> None:
    resume, _ = edited(api, "Nobody")
    for wrong in ({}, {"If-Match": "*"}, {"If-Match": "3"}, {"If-Match": '"x"'}, {"If-None-Match": '"1"'}):
        assert api.put("/api/v1/profile", json=resume, headers={**key(), **wrong}).status_code == 428
    made = api.put("/api/v1/profile?persona=fresh", json=resume, headers={**key(), "If-None-Match": "*"})
    assert made.json()["version"] == 1
    again = api.put("/api/v1/profile?persona=fresh", json=resume, headers={**key(), "If-None-Match": "*"})
    assert again.status_code == 412
