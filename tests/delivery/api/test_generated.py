"""A sample of the campaign over the whole API; `./run eval api` runs it whole."""

from __future__ import annotations

import json

import pytest
from evals.api import campaign, ended_task, roles
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.api.openapi import description

from .conftest import key

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def real(program: App, anonymous: TestClient, token: str) -> dict[str, str]:
    """Ids that are there."""
    known = {"Authorization": f"Bearer {token}"}
    posting = anonymous.get("/api/v1/matches?limit=1", headers=known).json()["items"][0]["posting_id"]
    asked = {"posting_id": posting, "letter": False}
    made = anonymous.post("/api/v1/documents", json=asked, headers={**known, **key()}).json()
    values = {"posting_id": posting, "jobs.id": posting, "documents.id": made["id"], "tasks.id": ended_task(program)}
    return {**values, "name": "txt", "part": "pages", "page": "1"}


@pytest.mark.parametrize("role", ["nobody", "browser", "script"])
def test_nothing_breaks_and_every_answer_is_as_described(role: str, program: App, real: dict[str, str]) -> None:
    outcome = campaign(create_app(program), roles(program)[role], real, 3, 7)
    assert outcome.broken == []
    assert outcome.violations == []
    assert outcome.requests > 100
    assert outcome.fine >= {"nobody": 2, "browser": 18, "script": 16}[role], outcome.reached


def test_the_campaign_sees_an_answer_beside_its_description(program: App, real: dict[str, str]) -> None:
    told = json.loads(description())
    told["components"]["schemas"]["HealthShape"]["properties"]["version"]["type"] = "integer"
    kept = ("/healthz", "/readyz")
    told["paths"] = {path: told["paths"][path] for path in kept}
    outcome = campaign(create_app(program), dict, real, 2, 7, json.dumps(told))
    assert outcome.violations


def test_the_campaign_sees_a_5xx(program: App, real: dict[str, str]) -> None:
    web = create_app(program)
    web.state.parts = None
    outcome = campaign(web, roles(program)["script"], real, 1, 7)
    assert outcome.broken
