"""Background work over HTTP: refused or queued at once, told as it goes, ended on request; streams that end."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.openapi import description
from jobbot.delivery.api.run import Running
from jobbot.delivery.demo.replay import answers, bundled, serve
from jobbot.features.accounts.model import Kind
from jobbot.features.sources.tasks import refresh_wanted
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.work.model import Progress, State, Wanted
from jobbot.settings import Network

from .conftest import key, settings

BOARD = {"source": "greenhouse", "company": "tidewellhealth"}


def valid(answer: Any, shape: str = "TaskShape") -> Any:
    told = json.loads(description())
    Draft202012Validator({"$ref": f"#/components/schemas/{shape}", "components": told["components"]}).validate(answer)
    return answer


@pytest.fixture(autouse=True)
def empty(program: App) -> None:
    """What an earlier test left to be done is not this one's."""
    for task in program.tasks.page(limit=200)[0]:
        program.tasks.cancel(task.id, program.clock.now())


def test_a_board_is_queued_once(api: TestClient) -> None:
    sent = key()
    first = api.post("/api/v1/sources/ingest", json=BOARD, headers=sent)
    assert first.status_code == 202, first.text
    task = valid(first.json())
    assert first.headers["location"] == f"/api/v1/tasks/{task['id']}"
    assert (task["name"], task["title"], task["state"]) == ("sources.ingest", "Greenhouse: tidewellhealth", "waiting")
    assert (task["attempts"], task["progress"], task["result"], task["problem"]) == (0, None, None, None)
    again = api.post("/api/v1/sources/ingest", json=BOARD, headers=sent)
    assert (again.json(), again.headers["idempotency-replayed"]) == (task, "true")
    assert again.headers["location"] == first.headers["location"]
    other = api.post("/api/v1/sources/ingest", json={**BOARD, "company": " TidewellHealth "}, headers=key())
    assert other.json()["id"] == task["id"], "the same board, still waiting"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"source": "linkedin", "company": "acme"}, 403, "LinkedIn is not read by a program"),
        ({"source": " Indeed ", "company": "acme"}, 403, "The allowed way"),
        ({"source": "greenhous", "company": "acme"}, 404, "did you mean greenhouse?"),
        ({"source": "all", "company": "acme"}, 404, "no source"),
        ({"source": "greenhouse", "company": "../acme"}, 422, "cannot be the name of a board"),
        ({"source": "greenhouse", "company": ""}, 422, "which board?"),
        ({"source": "greenhouse", "company": "%2e%2e"}, 422, "cannot be the name of a board"),
        ({"source": "greenhouse"}, 422, ""),
        ({"source": "greenhouse", "company": "acme", "region": "eu"}, 422, ""),
    ],
)
def test_what_the_command_line_refuses_is_refused_at_once(
    body: dict[str, str], status: int, words: str, api: TestClient
) -> None:
    before = api.get("/api/v1/tasks").json()
    refused = api.post("/api/v1/sources/ingest", json=body, headers=key())
    assert refused.status_code == status, refused.text
    assert words in refused.json()["detail"]
    assert api.get("/api/v1/tasks").json() == before


def test_tasks_are_listed_shown_and_cancelled(api: TestClient, program: App) -> None:
    made = [program.tasks.enqueue(Wanted("sources.ingest", f"Board {n}"), program.clock.now()).id for n in range(5)]
    page = valid(api.get("/api/v1/tasks", params={"state": "waiting", "limit": 3}).json(), "TaskPage")
    rest = api.get("/api/v1/tasks", params={"state": "waiting", "limit": 3, "cursor": page["next"]}).json()
    assert [task["id"] for task in page["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    shown = api.get(f"/api/v1/tasks/{made[0]}")
    assert valid(shown.json())["title"] == "Board 0"
    ended = api.post(f"/api/v1/tasks/{made[0]}/cancel", headers=key())
    assert (ended.status_code, valid(ended.json())["state"]) == (200, "cancelled")
    assert api.get("/api/v1/tasks", params={"state": "cancelled", "limit": 1}).json()["items"][0]["id"] == made[0]
    for path in ("/api/v1/tasks/nope", "/api/v1/tasks/nope/events"):
        assert api.get(path).status_code == 404
    assert api.post("/api/v1/tasks/nope/cancel", headers=key()).status_code == 404
    assert api.get("/api/v1/tasks", params={"state": "asleep"}).status_code == 422
    assert api.get("/api/v1/tasks", params={"cursor": "ä"}).status_code == 422


def test_every_state_is_as_described(api: TestClient, program: App) -> None:
    now = program.clock.now()
    task = program.tasks.enqueue(Wanted("sources.ingest", "Board"), now)
    claim = program.tasks.claim("a", now)
    assert claim
    program.tasks.tell(claim, Progress(3, None, "asking"), now)
    assert valid(api.get(f"/api/v1/tasks/{task.id}").json())["progress"] == {"done": 3, "total": None, "note": "asking"}
    asked = valid(api.post(f"/api/v1/tasks/{task.id}/cancel", headers=key()).json())
    assert (asked["state"], asked["cancelling"]) == ("running", True)
    program.tasks.finish(claim, State.CANCELLED, now)
    events = api.get(f"/api/v1/tasks/{task.id}/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    assert [valid(one)["state"] for one in read(events.text)] == ["cancelled"], "one that has ended ends the stream"


def read(text: str) -> list[Any]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if not block.startswith(":")]
    assert all(block[0] == "event: task" and block[1].startswith("id: ") for block in blocks)
    return [json.loads(block[2].removeprefix("data: ")) for block in blocks]


# -- over a server ----------------------------------------------------------------------------------------------------


class Server:
    """A running server with its worker, over boards that are served on loopback."""

    def __init__(self, app: App) -> None:
        self.app, self.running = app, Running(app, "127.0.0.1", 0)
        self.secret, self.token = app.sessions.issue(Kind.MACHINE, "tests")
        self.ended: list[bool] = []
        self.thread = Thread(target=lambda: self.ended.append(self.running.run()))

    def client(self) -> httpx.Client:
        known = {"Authorization": f"Bearer {self.secret}"}
        return httpx.Client(base_url=self.running.url, trust_env=False, timeout=60, headers=known)

    def stop(self) -> None:
        self.running.stop()
        self.thread.join(60)
        assert not self.thread.is_alive()


@contextmanager
def started(folder: Path, prefix: str = "http://127.0.0.1:9") -> Iterator[Server]:
    network = Network(offline=True, http_replay=prefix, http_spacing=0)
    app = App(settings(folder / "home", folder / "kek").model_copy(update={"network": network}), clock=FixedClock())
    served = Server(app)
    served.thread.start()
    try:
        yield served
    finally:
        served.stop()
        app.close()


def test_a_board_is_read_in_the_background_and_told_as_it_goes(tmp_path: Path) -> None:
    with (
        serve(answers(2, FixedClock().now())) as prefix,
        started(tmp_path, prefix) as served,
        served.client() as client,
    ):
        task = client.post("api/v1/sources/ingest", json=BOARD, headers=key()).json()
        with client.stream("GET", f"api/v1/tasks/{task['id']}/events") as events:
            assert events.status_code == 200
            told = read("".join(events.iter_text()))
        assert [valid(one)["id"] for one in told] == [task["id"]] * len(told)
        assert told[-1]["state"] == "done"
        result = told[-1]["result"]
        assert (result["source"], result["board"]) == ("greenhouse", "tidewellhealth")
        assert result["fetched"] == result["new"] + len(result["skipped"]) + len(result["quarantined"]) > 0
        assert len(client.get("api/v1/jobs?limit=500").json()["items"]) == result["new"]
        direct = served.app.ingest.board("greenhouse", "tidewellhealth")
        assert list(direct) == list(result), "the shape of the command line"


def test_a_refresh_reads_every_connected_board(tmp_path: Path) -> None:
    with (
        serve(answers(1, FixedClock().now())) as prefix,
        started(tmp_path, prefix) as served,
        served.client() as client,
    ):
        for board in bundled()[:3]:
            served.app.ingest.board(board.source, board.board)
        task = client.post("api/v1/sources/refresh", headers=key()).json()
        with client.stream("GET", f"api/v1/tasks/{task['id']}/events") as events:
            done = read("".join(events.iter_text()))[-1]
        known = {(board.source, board.board) for board in bundled()[:3]}
        assert known <= {(one["source"], one["board"]) for one in done["result"]["boards"]}
        report = client.get(f"api/v1/sources/runs/{done['result']['run']}").json()
        assert report["run"]["task_id"] == task["id"]
        read_now = {(one["source"], one["board"]) for one in report["boards"] if one["state"] == "done"}
        assert read_now == known
        failed = {one["reason"] for one in report["boards"] if one["state"] == "failed"}
        assert failed, "the feeds are not served here, and sink nothing"


def follow(client: httpx.Client, task: str) -> Iterator[str]:
    with client.stream("GET", f"api/v1/tasks/{task}/events") as events:
        yield from events.iter_lines()


def waiting(served: Server) -> str:
    """A task that stays as it is: nothing takes it before next year."""
    now = served.app.clock.now().replace(year=2027)
    return served.app.tasks.enqueue(refresh_wanted(), now).id


def test_a_stream_ends_with_the_session(tmp_path: Path) -> None:
    with started(tmp_path) as served, served.client() as client:
        lines = follow(client, waiting(served))
        assert next(lines) == "event: task"
        served.app.sessions.end(served.token.id, LOCAL_USER, Kind.MACHINE)
        assert len(list(lines)) < 20, "what was left of the first event, and the end"


def test_a_stream_whose_reader_is_gone_is_let_go(tmp_path: Path) -> None:
    with started(tmp_path) as served:
        with served.client() as client:
            lines = follow(client, waiting(served))
            next(lines)
        for _ in range(300):
            if not served.running._server.server_state.connections:
                break
            served.running._ending.wait(0.1)
        assert not served.running._server.server_state.connections


def test_an_open_stream_and_an_open_connection_do_not_hold_up_the_end(tmp_path: Path) -> None:
    with started(tmp_path) as served, served.client() as client:
        lines = follow(client, waiting(served))
        assert next(lines) == "event: task"
        host, port = served.running.host, served.running.port
        with socket.create_connection((host, port)) as idle, socket.create_connection((host, port)) as kept:
            kept.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert kept.recv(12) == b"HTTP/1.1 200"
            served.stop()
            list(lines)
            idle.close()
    assert served.ended == [True], "nothing had to be left behind"
