"""Tables of profile."""

from __future__ import annotations

revision = "0004_profile"
down_revision: str | None = "0003_vectors"


def upgrade() -> None:
    pass
