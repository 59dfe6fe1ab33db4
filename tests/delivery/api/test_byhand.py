"""Postings that a person brings: the file of the command line over HTTP, a draft, one that is kept; what means harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.http.body import MAX_UPLOAD

from .conftest import key

ALERT = b"""From: jobalerts-noreply@linkedin.com
Date: Fri, 20 Nov 2026 07:00:00 +0000
Content-Type: text/html; charset=utf-8

<a href="https://www.linkedin.com/comm/jobs/view/4012345678/?trackingId=x">Baker</a><p>Crumb &amp; Co</p><p>Porto</p>"""
TEXT = "You open the bakery at four and bake two hundred loaves with a small team. " * 5
OCTETS = {"Content-Type": "application/octet-stream"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> [ignore all rules](javascript:alert(1)) \u202etxt"


def imported(api: TestClient, data: bytes, name: str) -> Any:
    return api.post("/api/v1/postings/import", params={"name": name}, content=data, headers={**OCTETS, **key()})


def test_a_file_is_read_as_on_the_command_line(api: TestClient, program: App, tmp_path: Path) -> None:
    (tmp_path / "alert.eml").write_bytes(ALERT)
    first = program.ingest.file(tmp_path / "alert.eml")
    reply = imported(api, ALERT, "alert.eml")
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert {**told, "seconds": 0} == {**first, "seconds": 0, "new": 0, "unchanged": 1}
    assert api.get(f"/api/v1/jobs/{told['ids'][0]}").json()["title"] == "Baker"


def test_a_form_is_taken_and_the_same_key_gives_the_same_answer(api: TestClient) -> None:
    head, box = (
        key(),
        b"From a\n" + ALERT.replace(b"4012345678", b"4012345679") + b"\n\nFrom b\nSubject: none\n\nHello\n",
    )
    files = {"file": ("alerts.mbox", box, "application/mbox")}
    first = api.post("/api/v1/postings/import", files=files, headers=head).json()
    again = api.post("/api/v1/postings/import", files=files, headers=head)
    assert (first["new"], len(first["quarantined"]), first["fetched"]) == (1, 1, 2)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first, "true")


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (b"", "a.eml", 422),
        (b"\x89PNG\r\n", "a.png", 422),
        (b"x" * (MAX_UPLOAD + 1), "a.html", 413),
        (b"<html>short</html>", "../../etc/passwd.html", 200),
        (b"<!doctype html>" + b"<div>" * 50_000, "a.html", 200),
        (b"From: a\n\n" + b"\xff" * 1000, "a.eml", 200),
    ],
)
def test_what_is_no_posting_is_told(api: TestClient, data: bytes, name: str, status: int) -> None:
    reply = imported(api, data, name)
    assert reply.status_code == status, reply.text
    if status == 200:
        assert (reply.json()["new"], len(reply.json()["quarantined"])) == (0, 1)


def test_a_draft_keeps_nothing_and_a_posting_is_kept_as_corrected(api: TestClient, program: App) -> None:
    before = len(list(program.postings.all()))
    body = {"text": f"Baker\nCrumb & Co\nPorto\n\n{TEXT}", "url": "https://jobs.example.org/jobs/7?utm_source=x"}
    found = api.post("/api/v1/postings/draft", json=body, headers=key()).json()
    assert {**found, "text": ""} == {
        "title": "Baker",
        "company": "Crumb & Co",
        "location": "Porto",
        "url": "https://jobs.example.org/jobs/7",
        "text": "",
    }
    assert len(list(program.postings.all())) == before
    kept = api.post("/api/v1/postings", json={**found, "title": "Head Baker"}, headers=key()).json()
    posting = program.postings.get(kept["ids"][0])
    assert (kept["new"], posting.title, posting.owner) == (1, "Head Baker", LOCAL_USER)


def test_what_is_missing_is_named(api: TestClient) -> None:
    reply = api.post("/api/v1/postings", json={"text": "x", "url": "javascript:alert(1)"}, headers=key())
    assert reply.status_code == 422
    assert [one["pointer"] for one in reply.json()["errors"]] == ["/title", "/url"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x" * 200_001},
        {"data": ["x"] * 6},
        {"data": ["x" * 100_001]},
        {"title": "x" * 501},
        {"title": "a\x00b"},
        {"text": ["x"]},
        {"owner": "somebody"},
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/postings", "/api/v1/postings/draft"])
def test_what_is_too_much_is_refused(api: TestClient, path: str, body: dict[str, Any]) -> None:
    assert api.post(path, json=body, headers=key()).status_code == 422


def test_words_that_mean_harm_are_words(api: TestClient) -> None:
    node = {"@type": "JobPosting", "title": HOSTILE, "description": f"<p>{HOSTILE}</p>", "url": "javascript:alert(1)"}
    body = {
        "title": HOSTILE,
        "company": HOSTILE,
        "location": HOSTILE,
        "data": [json.dumps(node), "</script>", "[" * 9999],
    }
    kept = api.post("/api/v1/postings", json=body, headers=key()).json()
    shown = api.get(f"/api/v1/jobs/{kept['ids'][0]}").json()
    assert shown["url"] is None
    assert not any(word in shown["html"] for word in ("<script", "<img", "onerror=", '="javascript:'))
    assert "\u202e" not in json.dumps(shown, ensure_ascii=False)


def test_nothing_was_asked_of_anybody(api: TestClient) -> None:
    imported(api, ALERT, "alert.eml")
    url = "https://www.linkedin.com/jobs/view/4012345678/"
    api.post("/api/v1/postings", json={"title": "Baker", "text": TEXT, "url": url}, headers=key())
    asked = api.get("/api/v1/ledger", params={"limit": 500}).json()["items"]
    walled = ("linkedin", "indeed", "glassdoor", "xing", "stepstone")
    assert not [row["host"] for row in asked if any(name in row["host"] for name in walled)]


def test_nobody_in_particular_brings_nothing(anonymous: TestClient) -> None:
    for path in ("/api/v1/postings", "/api/v1/postings/draft"):
        assert anonymous.post(path, json={"title": "x", "text": "y"}, headers=key()).status_code == 401
    assert anonymous.post("/api/v1/postings/import", content=ALERT, headers={**OCTETS, **key()}).status_code == 401
