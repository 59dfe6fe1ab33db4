"""Tables of egress."""

from __future__ import annotations

revision = "0002_egress"
down_revision: str | None = "0001_platform"


def upgrade() -> None:
    pass
