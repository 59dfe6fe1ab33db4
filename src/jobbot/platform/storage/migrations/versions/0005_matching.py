"""Tables of matching."""

from __future__ import annotations

revision = "0005_matching"
down_revision: str | None = "0004_profile"


def upgrade() -> None:
    pass
