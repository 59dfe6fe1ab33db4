"""Every operation of the description x every way to knock: who must be let in is, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.openapi import description
from jobbot.features.accounts.enter import Sessions
from jobbot.features.accounts.model import Kind
from jobbot.features.accounts.store import SessionStore
from jobbot.kernel.clock import FixedClock

from .conftest import ADDRESS, key

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS}
FOREIGN_HOSTS = ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:9", "127.0.0.1:8765.", "[::2]:8765", ""]
FOREIGN_ORIGINS = ["null", "https://evil.example", "http://127.0.0.1:9", "http://127.0.0.1", "https://127.0.0.1:8765"]
VALUES = {"name": "pdf", "part": "pages", "page": "1", "posting_id": "aaaaaaaaaaaaaaaa", "id": "aaaaaaaaaaaaaaaa"}


@dataclass(frozen=True)
class Operation:
    method: str
    template: str
    policy: str
    body: Any = field(default=None, hash=False)

    @property
    def path(self) -> str:
        path = self.template
        for name, value in VALUES.items():
            path = path.replace("{" + name + "}", value)
        return path + ("?q=x" if path.endswith("/search") else "")

    @property
    def unsafe(self) -> bool:
        return self.method != "get"


def operations() -> Iterator[Operation]:
    bodies = {"/api/v1/auth/session": {"token": "x"}, "/api/v1/auth/tokens": {"label": "x"}, "/api/v1/profile": {}}
    bodies["/api/v1/settings/offline"] = {"offline": True}
    bodies["/api/v1/sources/ingest"] = {"source": "greenhouse", "company": "nobody"}
    bodies["/api/v1/documents"] = {"posting_id": "aaaaaaaaaaaaaaaa"}
    for template, methods in json.loads(description())["paths"].items():
        for method, told in methods.items():
            yield Operation(method, template, told["x-policy"], bodies.get(template))


ALL = list(operations())
NAMES = [f"{one.method} {one.template}" for one in ALL]
GUARDED = [one for one in ALL if one.policy != "public"]
each = pytest.mark.parametrize("operation", ALL, ids=NAMES)
each_guarded = pytest.mark.parametrize("operation", GUARDED, ids=[f"{o.method} {o.template}" for o in GUARDED])


def knock(client: TestClient, one: Operation, headers: dict[str, str], cookie: str = "") -> Any:
    sent = {**(key() if one.unsafe else {}), **headers}
    if cookie:
        sent["Cookie"] = f"jobbot_8765={cookie}"
    body = {} if one.body is None or not one.unsafe else {"json": one.body}
    client.cookies.clear()
    return client.request(one.method.upper(), one.path, headers=sent, **body)


def problem(response: Any, status: int) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert set(told) == {"type", "title", "status", "detail", "errors", "retry_at", "error_id"}
    assert told["status"] == status


def test_there_are_operations_of_every_kind() -> None:
    assert {one.policy for one in ALL} == {"public", "session", "browser"}
    assert len(ALL) >= 25


@each_guarded
def test_nobody_is_not_let_in(operation: Operation, anonymous: TestClient) -> None:
    problem(knock(anonymous, operation, {}), 401)
    problem(knock(anonymous, operation, OWN), 401)
    problem(knock(anonymous, operation, {**OWN, "Authorization": "Basic eDp5"}), 401)


@each_guarded
def test_a_session_is_let_in(operation: Operation, anonymous: TestClient, program: App) -> None:
    secret, _ = program.sessions.redeem(program.sessions.issue(Kind.LINK)[0])
    response = knock(anonymous, operation, OWN, secret)
    assert response.status_code not in (401, 403), response.text
    assert response.status_code < 500, response.text


@each_guarded
def test_a_token_is_let_in_but_where_only_a_person_may(operation: Operation, anonymous: TestClient, token: str) -> None:
    response = knock(anonymous, operation, {"Authorization": f"Bearer {token}"})
    if operation.policy == "browser":
        problem(response, 403)
    else:
        assert response.status_code not in (401, 403), response.text


@each_guarded
def test_the_expired_the_tampered_and_the_mistaken_are_not_let_in(
    operation: Operation, anonymous: TestClient, program: App, token: str
) -> None:
    past = Sessions(SessionStore(program.database), FixedClock(program.clock.now() - timedelta(days=400)))
    stale, _ = past.redeem(past.issue(Kind.LINK)[0])
    old, _ = past.issue(Kind.MACHINE)
    fresh, _ = program.sessions.redeem(program.sessions.issue(Kind.LINK)[0])
    link, _ = program.sessions.issue(Kind.LINK)
    for cookie in (stale, fresh[:-1] + ("A" if fresh[-1] != "A" else "B"), token, link, "x" * 5000, "é"):
        problem(knock(anonymous, operation, OWN, cookie if cookie.isascii() else "%C3%A9"), 401)
    for bearer in (old, token[:-1] + ("A" if token[-1] != "A" else "B"), fresh, link, "", "x" * 5000):
        problem(knock(anonymous, operation, {"Authorization": f"Bearer {bearer}"}), 401)


@each
def test_another_host_or_origin_is_refused_whoever_asks(
    operation: Operation, anonymous: TestClient, token: str
) -> None:
    known = {"Authorization": f"Bearer {token}"}
    for host in FOREIGN_HOSTS:
        problem(knock(anonymous, operation, {**known, "Host": host}), 403)
    for origin in FOREIGN_ORIGINS:
        problem(knock(anonymous, operation, {**known, "Origin": origin}), 403)


@each_guarded
def test_another_sites_page_is_refused_though_the_cookie_is_right(
    operation: Operation, anonymous: TestClient, program: App
) -> None:
    secret, _ = program.sessions.redeem(program.sessions.issue(Kind.LINK)[0])
    for site in ("cross-site", "same-site", "bogus"):
        problem(knock(anonymous, operation, {"Sec-Fetch-Site": site}, secret), 403)
    if operation.unsafe:
        problem(knock(anonymous, operation, {}, secret), 403)  # nothing says that our own page asks


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_this_machines_names_are_known(host: str, anonymous: TestClient) -> None:
    assert anonymous.get("/healthz", headers={"Host": host}).status_code == 200


@each
def test_every_answer_wears_the_headers(operation: Operation, anonymous: TestClient, token: str) -> None:
    for headers in ({}, {"Authorization": f"Bearer {token}"}, {"Host": "evil.example"}):
        answer = knock(anonymous, operation, headers)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "permissions-policy" in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_an_unsafe_request_needs_a_key(anonymous: TestClient, token: str) -> None:
    for wrong in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "spaces in the key"}):
        sent = {"Authorization": f"Bearer {token}", **wrong}
        problem(anonymous.post("/api/v1/documents", json={"posting_id": "a"}, headers=sent), 422)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/v1/jobs"), ("PATCH", "/healthz"), ("DELETE", "/api/v1/profile")]
)
def test_a_wrong_method_is_a_problem_document(method: str, path: str, anonymous: TestClient) -> None:
    problem(anonymous.request(method, path), 405)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/", "/api/v2/jobs", "/api/v1/jobs/", "/api/v1//jobs"])
def test_an_unknown_address_is_a_problem_document(path: str, anonymous: TestClient) -> None:
    problem(anonymous.get(path), 404)


def test_an_operation_without_a_policy_breaks_the_build() -> None:
    from jobbot.platform.http.route import router

    with pytest.raises(KeyError, match="x-policy"):
        router("x").get("/x")(lambda: None)
