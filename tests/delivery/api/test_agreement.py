"""The command line and the API give the same answer, shape by shape, and both are what the description says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer.main
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.api.openapi import FILE, description
from jobbot.delivery.cli.commands import find
from jobbot.delivery.cli.root import build
from jobbot.features.accounts.model import Kind
from jobbot.kernel.errors import RefusedByPolicy
from jobbot.settings import Network

from .conftest import ADDRESS, key, settings

CV = "# Mara Lindqvist\n\nData manager\n\n## Experience\n\n### Analyst, Foo AB\n2019 - 2021\n- Cleaned 40 data sets\n"
PAIRS = [
    ("postings list --limit 7", "/jobs?limit=7"),
    ("postings list --limit 500", "/jobs?limit=500"),
    (
        "postings list --company tidewell --since 30d --min-salary 20000",
        "/jobs?company=tidewell&since=30d&min_salary=20000",
    ),
    ("postings list --location malmö --remote", "/jobs?location=malm%C3%B6&remote=true"),
    ("postings list --closed --source lever", "/jobs?closed=true&source=lever"),
    ("postings list --query nurse", "/jobs?query=nurse"),
    ("postings search night nurse dementia --limit 3", "/search?q=night%20nurse%20dementia&limit=3"),
    ("postings show BEST", "/jobs/BEST"),
    ("postings summary BEST --sentences 4", "/jobs/BEST/summary?sentences=4"),
    ("match --limit 6", "/matches?limit=6"),
    (
        "match --role analyst --role manager --location Malmö --min-salary 480000 --currency sek --strict",
        "/matches?role=analyst&role=manager&location=Malm%C3%B6&min_salary=480000&currency=sek&strict=true",
    ),
    ("prefer show", "/preferences"),
    ("taxonomy status", "/taxonomy"),
    ("profile show", "/profile"),
    ("profile check", "/profile/check"),
    ("profile export --format json", "/profile/export?format=json"),
    ("sources list", "/sources"),
    ("sources check --no-ask", "/sources/check"),
    ("ledger --limit 5", "/ledger?limit=5"),
    ("ledger --host lever --allowed --limit 3", "/ledger?host=lever&allowed=true&limit=3"),
    ("doctor", "/doctor"),
]
LISTS = ("/matches", "/sources", "/ledger")
"""The contract's plain lists; over HTTP every list is {items, next}."""


def cli(app: App, *words: str) -> Any:
    """What `jobbot WORDS --json` prints."""
    command = find(words[0])
    assert command
    answer = typer.main.get_command(build((command,))).main(list(words), standalone_mode=False, obj=app)
    return json.loads(json.dumps(answer.data))


def schema_of(api: TestClient, path: str, method: str, status: int) -> dict[str, Any]:
    told = json.loads(description())
    operation = told["paths"][path][method]
    content = operation["responses"][str(status)]["content"]["application/json"]
    return {**content["schema"], "components": told["components"]}


def template_of(address: str) -> str:
    bare = "/api/v1" + address.partition("?")[0]
    return {"/api/v1/jobs/BEST": "/api/v1/jobs/{id}", "/api/v1/jobs/BEST/summary": "/api/v1/jobs/{id}/summary"}.get(
        bare, bare
    )


@pytest.mark.parametrize(("words", "address"), PAIRS, ids=[words for words, _ in PAIRS])
def test_both_say_the_same(words: str, address: str, api: TestClient, program: App, best: str) -> None:
    told = cli(program, *words.replace("BEST", best).split())
    response = api.get("/api/v1" + address.replace("BEST", best))
    assert response.status_code == 200, response.text
    answer = response.json()
    Draft202012Validator(schema_of(api, template_of(address), "get", 200)).validate(answer)
    if address.startswith(LISTS):
        assert answer["next"] is None or address.startswith("/ledger")  # the one that can be long
        answer = answer["items"]
    assert answer == told
    assert told, "an empty answer agrees with anything"


def test_an_import_says_the_same(api: TestClient, program: App, tmp_path: Path) -> None:
    file = tmp_path / "cv.md"
    file.write_text(CV, "utf-8")
    told = cli(program, "import", "resume", str(file), "--dry-run")
    response = api.post("/api/v1/profile/import?dry_run=true", files={"file": ("cv.md", CV.encode())}, headers=key())
    Draft202012Validator(schema_of(api, "/api/v1/profile/import", "post", 200)).validate(response.json())
    assert response.json() == told
    assert told["version"] is None
    assert told["read"]


def test_the_switch_stops_what_leaves(program: App, copied: Path) -> None:
    """For the command line too: another program over the same data directory sees it."""
    free = settings(copied / "home", copied / "kek").model_copy(update={"network": Network()})
    app = App(free, clock=program.clock)
    try:
        with TestClient(create_app(app), base_url=ADDRESS) as client:
            client.headers["Authorization"] = f"Bearer {app.sessions.issue(Kind.MACHINE)[0]}"
            assert client.get("/api/v1/settings").json() == {"offline": False, "offline_fixed": False}
            assert app.guard.offline is False
            on = client.put("/api/v1/settings/offline", json={"offline": True}, headers=key())
            assert on.json() == {"offline": True, "offline_fixed": False}
            assert app.guard.offline is True
            with pytest.raises(RefusedByPolicy, match="airplane"):
                app.ingest.board("lever", "acme")
            other = App(free)
            assert other.guard.offline is True
            assert "airplane switch on" in json.dumps(cli(other, "doctor"))
            other.close()
            assert client.put("/api/v1/settings/offline", json={"offline": False}, headers=key()).status_code == 200
            assert app.guard.offline is False
    finally:
        app.close()


def test_what_the_settings_fix_the_switch_does_not_overrule(api: TestClient) -> None:
    assert api.get("/api/v1/settings").json() == {"offline": True, "offline_fixed": True}
    refused = api.put("/api/v1/settings/offline", json={"offline": False}, headers=key())
    assert refused.status_code == 403
    assert "JOBBOT_OFFLINE" in refused.json()["detail"]


def test_documents_say_the_same(api: TestClient, program: App, best: str, tmp_path: Path) -> None:
    told = cli(program, "tailor", best, "--output", str(tmp_path))
    response = api.post("/api/v1/documents", json={"posting_id": best}, headers=key())
    assert response.status_code == 201, response.text
    answer = response.json()
    Draft202012Validator(schema_of(api, "/api/v1/documents", "post", 201)).validate(answer)
    for name, path in told.pop("files").items():
        address = answer["files"][name]
        data = api.get(address).content
        if name != "build_log":  # holds seconds
            assert data == Path(path).read_bytes(), name
    assert {name: answer[name] for name in told} == told
    assert api.get(f"/api/v1/documents/{answer['id']}").json() == answer


def test_a_profile_comes_back_as_it_was_put(api: TestClient) -> None:
    read = api.get("/api/v1/profile", params={"persona": "default"})
    resume = {**read.json()["resume"], "meta": {"note": "é 😀 \u2028"}}
    saved = api.put("/api/v1/profile", json=resume, headers={**key(), "If-Match": read.headers["etag"]})
    assert saved.status_code == 200, saved.text
    assert saved.json()["resume"] == resume
    assert saved.headers["etag"] == f'"{saved.json()["version"]}"'
    Draft202012Validator(schema_of(api, "/api/v1/profile", "put", 200)).validate(saved.json())


def test_the_committed_description_is_fresh() -> None:
    assert FILE.read_text("utf-8") == description(), "run: python -m jobbot.delivery.api.openapi"


def test_the_served_description_is_the_committed_one(api: TestClient) -> None:
    assert api.get("/api/openapi.json").json() == json.loads(FILE.read_text("utf-8"))


def test_a_shape_that_has_lost_a_field_is_noticed(api: TestClient) -> None:
    answer = api.get("/api/v1/jobs?limit=1").json()
    del answer["items"][0]["attribution"]
    assert list(Draft202012Validator(schema_of(api, "/api/v1/jobs", "get", 200)).iter_errors(answer))
