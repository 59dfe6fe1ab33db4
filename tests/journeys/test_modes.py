"""Every file and folder that jobbot makes is its owner's alone, whatever the umask of whoever starts it."""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.demo.run import run
from jobbot.delivery.log import open_log
from jobbot.features.accounts.model import Kind
from jobbot.kernel.clock import SystemClock
from jobbot.kernel.report import silent
from jobbot.platform.storage import keys
from jobbot.platform.storage.backup import back_up
from jobbot.platform.storage.health import open_to_others
from jobbot.platform.storage.restore import Target, restore
from jobbot.settings import Keys, Models, Network, Settings

from .planted import POSTING, RESUME

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """As some services and old shells have it: everybody may do everything."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def lived_in(tmp_path: Path, open_umask: None) -> Iterator[Path]:
    """A folder in which everything jobbot makes was made, the database still open, so that its log is there."""
    top = tmp_path / "top"
    wired = Settings(
        home=top / "deep" / "home",
        models=Models(precision="fp32"),
        keys=Keys(kek_file=str(top / "keys" / "deep" / "kek")),
    )
    run(wired, SystemClock(), silent)
    settings = wired.model_copy(update={"home": wired.home / "demo", "network": Network(offline=True)})
    app = App(settings)
    _use(app, top)
    with app.database.write():
        yield top
    app.close()


def _use(app: App, top: Path) -> None:
    """What the demo did not do: requests, uploads, a worker, logs that turn over, a backup and its way back."""
    own = top.parent / "own.jsonl"
    own.write_text(json.dumps(POSTING))
    app.ingest.file(own)
    with TestClient(create_app(app), base_url="http://127.0.0.1:8765") as client:
        client.headers["Authorization"] = f"Bearer {app.sessions.issue(Kind.MACHINE)[0]}"
        files = {"file": ("cv.json", json.dumps(RESUME).encode())}
        assert client.post("/api/v1/profile/import", files=files, headers=_key(1)).status_code == 200
        best = client.get("/api/v1/matches?limit=1").json()["items"][0]["posting_id"]
        assert client.post("/api/v1/documents", json={"posting_id": best}, headers=_key(2)).status_code == 201
    app.bell.ring()
    app.worker(Event(), lambda _: None).drain()
    log = open_log(app.settings.home / "logs")
    for handler in log.handlers:
        handler.doRollover()  # type: ignore[attr-defined]
    log.log(logging.INFO, "", extra={"command": "x"})
    identity = keys.make_recovery(app.settings.keys, app.settings.home, app.database)
    made = back_up(
        app.database, app.settings.home, app.outputs.folder, keys.recipient(app.database) or "", app.clock,
        target=top / "elsewhere" / "deep" / "mine.jobbot",
    )  # fmt: skip
    back_up(app.database, app.settings.home, app.outputs.folder, keys.recipient(app.database) or "", app.clock)
    again = top / "again" / "deep"
    restore(made.file, identity, app.settings.keys, Target(again, again / "jobbot.db", ""))


def _key(number: int) -> dict[str, str]:
    return {"Idempotency-Key": f"key-number-{number}"}


def test_nobody_else_can_read_or_enter_anything(lived_in: Path) -> None:
    made = {path.relative_to(lived_in).as_posix() for path in lived_in.rglob("*")}
    home = "deep/home/demo"
    for name in ("jobbot.db", "jobbot.db-wal", "write.lock", "logs/jobbot.log", "logs/jobbot.log.1", "records"):
        assert f"{home}/{name}" in made
    for part in ("cache/", "models/", "outputs/", "backups/", "records/"):
        assert any(name.startswith(f"{home}/{part}") for name in made), part
    assert "elsewhere/deep/mine.jobbot" in made
    assert "again/deep/jobbot.db" in made
    wrong = {}
    for path in lived_in.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong[path.relative_to(lived_in).as_posix()] = oct(mode)
    assert wrong == {}
    assert open_to_others(lived_in / "deep" / "home") == []


def test_the_walk_would_see_one(tmp_path: Path) -> None:
    (tmp_path / "leak").write_text("")
    (tmp_path / "leak").chmod(0o640)
    assert tmp_path / "leak" in open_to_others(tmp_path)
