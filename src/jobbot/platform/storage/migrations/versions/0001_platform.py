"""Tables of platform."""

from __future__ import annotations

revision = "0001_platform"
down_revision: str | None = None


def upgrade() -> None:
    pass
