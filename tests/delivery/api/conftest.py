"""The API over a real program whose data directory was filled from the bundled boards."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.demo.run import run
from jobbot.features.accounts.model import Kind
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.report import silent
from jobbot.settings import Keys, Models, Network, Settings

ADDRESS = "http://127.0.0.1:8765"


def settings(home: Path, key: Path) -> Settings:
    """Lexical, offline, with a key file of its own."""
    return Settings(
        home=home, models=Models(embedding="none"), keys=Keys(kek_file=str(key)), network=Network(offline=True)
    )


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `home` (the demo's data directory) and `kek`; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("filled")
    run(settings(folder, folder / "kek"), FixedClock(), silent)
    (folder / "demo").rename(folder / "home")
    return folder


@pytest.fixture(scope="module")
def copied(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api") / "copy"
    shutil.copytree(filled, folder)
    return folder


@pytest.fixture(scope="module")
def program(copied: Path) -> Iterator[App]:
    app = App(settings(copied / "home", copied / "kek"), clock=FixedClock())
    yield app
    app.close()


@pytest.fixture(scope="module")
def anonymous(program: App) -> Iterator[TestClient]:
    """Nobody in particular."""
    with TestClient(create_app(program), base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def token(program: App) -> str:
    return program.sessions.issue(Kind.MACHINE, "tests")[0]


@pytest.fixture
def api(anonymous: TestClient, token: str) -> Iterator[TestClient]:
    """A script with a token."""
    anonymous.headers["Authorization"] = f"Bearer {token}"
    yield anonymous
    del anonymous.headers["Authorization"]


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": str(uuid.uuid4())}


@pytest.fixture
def best(api: TestClient) -> str:
    """Id of the posting that fits the demo's candidate best."""
    return str(api.get("/api/v1/matches", params={"limit": 1}).json()["items"][0]["posting_id"])
