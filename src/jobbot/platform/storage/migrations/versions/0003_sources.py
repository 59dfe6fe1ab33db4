"""Tables of sources."""

from __future__ import annotations

revision = "0003_sources"
down_revision: str | None = "0002_egress"


def upgrade() -> None:
    pass
