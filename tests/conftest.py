"""What every test may use: a clean environment, a data directory, the shared recordings where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

for _name in [name for name in os.environ if name.startswith("JOBBOT_") and name not in ("JOBBOT_SHARED",)]:
    del os.environ[_name]

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The recorded boards and labelled data, if this checkout has them beside it."""
    folder = Path(os.environ.get("JOBBOT_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data" / "boards" / "index.csv").exists() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("no recorded boards here (set JOBBOT_SHARED)")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory whose key file lives beside it, never in the user's own configuration."""
    monkeypatch.setenv("JOBBOT_KEK_FILE", str(tmp_path / "keys" / "kek"))
    return tmp_path / "home"
