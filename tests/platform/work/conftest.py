from __future__ import annotations

from pathlib import Path

import pytest

from jobbot.kernel.clock import FixedClock
from jobbot.platform.storage import Database, Vault

from .world import World


@pytest.fixture
def world(database: Database, vault: Vault, tmp_path: Path, clock: FixedClock) -> World:
    """On SQLite, then on PostgreSQL."""
    return World(database, vault, tmp_path, clock)


@pytest.fixture
def here(sqlite: Database, vault: Vault, tmp_path: Path, clock: FixedClock) -> World:
    """On SQLite alone."""
    return World(sqlite, vault, tmp_path, clock)
