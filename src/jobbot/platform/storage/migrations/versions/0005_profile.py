"""Tables of profile."""

from __future__ import annotations

revision = "0005_profile"
down_revision: str | None = "0004_vectors"


def upgrade() -> None:
    pass
