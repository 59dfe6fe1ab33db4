"""Tables of sources."""

from __future__ import annotations

revision = "0002_sources"
down_revision: str | None = "0001_platform"


def upgrade() -> None:
    pass
