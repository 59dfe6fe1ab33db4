"""Tables of matching."""

from __future__ import annotations

revision = "0006_matching"
down_revision: str | None = "0005_profile"


def upgrade() -> None:
    pass
