"""What nobody should send: refused with the reason, never a 5xx."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.platform.http.body import MAX_JSON, MAX_UPLOAD
from jobbot.platform.http.problems import Incident
from jobbot.platform.http.upload import plain_name

from .conftest import ADDRESS, key

BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),
    "not JSON": (b"{", 422),
    "NaN": (b'{"basics": {"x": NaN}}', 422),
    "infinity": (b'{"basics": {"x": -Infinity}}', 422),
    "1e999": (b'{"basics": {"x": 1e999}}', 422),
    "2^63": (b'{"basics": {"x": 9223372036854775808}}', 422),
    "5000 digits": (b'{"basics": {"x": ' + b"9" * 5000 + b"}}", 422),
    "a key twice": (b'{"basics": {}, "basics": {}}', 422),
    "a lone surrogate": (b'{"basics": {"name": "\\ud800"}}', 422),
    "a NUL": (b'{"basics": {"name": "a\\u0000b"}}', 422),
    "too deep": (b'{"a":' * 40 + b"1" + b"}" * 40, 422),
    "a hundred thousand brackets": (b"[" * 100_000, 422),
    "not UTF-8": (b'{"basics": {"name": "\xff"}}', 422),
    "UTF-16": ('{"basics": {}}'.encode("utf-16"), 422),
    "a list": (b"[]", 422),
    "a word": (b'"x"', 422),
    "null": (b"null", 422),
    "too large": (b'{"basics": {"summary": "' + b"x" * MAX_JSON + b'"}}', 413),
}
JSON = {"Content-Type": "application/json"}


def refused(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text[:400]
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["detail"]
    return told


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("method", "path"), [("PUT", "/api/v1/profile"), ("POST", "/api/v1/documents")])
def test_json_that_is_refused(name: str, method: str, path: str, api: TestClient) -> None:
    body, status = BODIES[name]
    headers = {**key(), **JSON, "If-Match": '"1"'}
    told = refused(api.request(method, path, content=body, headers=headers), status)
    assert "x" * 100 not in json.dumps(told), "the body came back"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read_as_json(kind: str, api: TestClient) -> None:
    headers = {**key(), "Content-Type": kind} if kind else key()
    refused(api.post("/api/v1/documents", content=b'{"posting_id": "a"}', headers=headers), 415)


def test_a_body_that_only_says_it_is_large_is_not_waited_for(api: TestClient) -> None:
    headers = {**key(), **JSON, "Content-Length": str(10**12)}
    refused(api.post("/api/v1/documents", content=iter([b"{}"]), headers=headers), 413)


def test_a_body_without_length_is_counted(api: TestClient) -> None:
    chunks = (b"x" * 100_000 for _ in range(12))
    refused(api.post("/api/v1/documents", content=chunks, headers={**key(), **JSON}), 413)


UNKNOWN = {"posting_id": "a", "surprise": 1}
WRONG: list[Any] = [UNKNOWN, {}, {"posting_id": 3}, {"posting_id": ""}, {"posting_id": "x" * 201}]
WRONG += [{"posting_id": "a", "formats": []}, {"posting_id": "a", "formats": ["exe"]}, {"posting_id": "a\x01\u202e"}]
WRONG += [{"posting_id": "../../etc"}, {"posting_id": "%"}, {"posting_id": "a' OR 1=1"}]


@pytest.mark.parametrize("body", WRONG, ids=json.dumps)
def test_a_question_that_breaks_its_description(body: Any, api: TestClient) -> None:
    refused(api.post("/api/v1/documents", json=body, headers=key()), 422)


def test_an_unknown_template_is_named(api: TestClient, best: str) -> None:
    asked = {"posting_id": best, "template": "../../x"}
    assert "classic" in refused(api.post("/api/v1/documents", json=asked, headers=key()), 404)["detail"]


QUESTIONS = ["limit=0", "limit=501", "limit=x", "limit=1&limit=2x", "min_salary=nan", "min_salary=-1", "surprise=1"]
QUESTIONS += ["min_salary=inf", "cursor=%F0%9F%98%80", "cursor=QDEyMzQ1Njc4OTAxMjM", "since=never", "company=%00"]
QUESTIONS += [
    "since=0001-01-01T00:00:00%2B14:00",
    "query=" + "x" * 201,
    "cursor=bm90IGEgZGF0ZSA5OTk5OTk5OTk5OTk5OTk5OTk",
]
WORDS = ['"', "'", "a*", "NEAR(a b)", "a AND", "-a", "(", "title:x", "%", "_", "😀", "\u202e", "%FF"]


@pytest.mark.parametrize("query", QUESTIONS)
def test_questions_in_the_address(query: str, api: TestClient) -> None:
    refused(api.get(f"/api/v1/jobs?{query}"), 422)


@pytest.mark.parametrize("words", WORDS)
def test_no_word_is_an_operator(words: str, api: TestClient) -> None:
    assert api.get("/api/v1/search", params={"q": words}).status_code == 200
    assert api.get("/api/v1/jobs", params={"company": words, "location": words}).status_code == 200


@pytest.mark.parametrize("name", ["%2e%2e%2f%2e%2e%2fjobbot.db", "x" * 300, "pdf%00", "PDF", "résumé"])
def test_files_are_only_those_that_were_made(name: str, api: TestClient, best: str) -> None:
    asked = {"posting_id": best, "letter": False, "formats": ["txt"]}
    made = api.post("/api/v1/documents", json=asked, headers=key()).json()
    assert api.get(f"/api/v1/documents/{made['id']}/files/{name}").status_code in (404, 422)
    assert api.get(f"/api/v1/documents/{made['id']}/files/letter_pdf").status_code == 404
    assert made["pictures"] == []
    assert api.get(f"/api/v1/documents/{made['id']}/pages/1.png").status_code == 404


def archive(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return sink.getvalue()


UPLOADS = {
    "empty": (b"", 422),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, 422),
    "no text": (b"\x00\x01\x02" * 50, 422),
    "a bomb": (archive(**{"word/document.xml": b"\x00" * 300_000_000}), 422),
    "a broken PDF": (b"%PDF-1.7\n" + b"junk" * 100, 422),
    "a broken DOCX": (b"PK\x03\x04word/" + b"\x00" * 100, 422),
    "entities": (archive(**{"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), 422),
    "NaN": (b'{"basics": {"name": NaN}}', 422),
    "too large": (b"x" * (MAX_UPLOAD + 1), 413),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_uploads_that_are_refused(name: str, api: TestClient) -> None:
    data, status = UPLOADS[name]
    before = api.get("/api/v1/profile").headers["etag"]
    sent = {**key(), "Content-Type": "application/octet-stream"}
    refused(api.post("/api/v1/profile/import", content=data, headers=sent), status)
    assert api.get("/api/v1/profile").headers["etag"] == before


def test_a_form_without_a_file(api: TestClient) -> None:
    refused(api.post("/api/v1/profile/import", data={"file": "words"}, headers=key()), 415)
    refused(api.post("/api/v1/profile/import", files={"other": ("a", b"x")}, headers=key()), 422)
    boundless = {**key(), "Content-Type": "multipart/form-data"}
    refused(api.post("/api/v1/profile/import", content=b"x", headers=boundless), 422)


@pytest.mark.parametrize("given", ["../../x.md", "C:\\a\\x.md", "/x.md", "x\x00.md", "a:x.md"])
def test_a_files_name_is_never_a_path(given: str) -> None:
    assert "/" not in plain_name(given)
    assert "\\" not in plain_name(given)
    assert plain_name(given).endswith("x.md")
    assert plain_name("") == "upload"
    assert len(plain_name("x" * 999)) == 200


def test_a_bug_says_where_and_not_what(program: App) -> None:
    """The message of an exception may hold a person's words; it is neither answered nor noted."""
    noted: list[Incident] = []
    web = create_app(program, note=noted.append)

    class Broken:
        @property
        def database(self) -> Any:
            raise KeyError("Mara Lindqvist, 070 174 06 45")

    web.state.parts = Broken()
    with TestClient(web, base_url=ADDRESS, raise_server_exceptions=False) as client:
        answer = client.get("/readyz")
    told = refused(answer, 500)
    assert "Lindqvist" not in answer.text
    assert told["detail"].startswith("KeyError at test_bad_input.py:")
    assert answer.headers["x-content-type-options"] == "nosniff"
    (incident,) = noted
    assert incident == Incident(told["error_id"], 500, "KeyError", "GET /readyz", incident.place)
    assert "Lindqvist" not in repr(incident)
