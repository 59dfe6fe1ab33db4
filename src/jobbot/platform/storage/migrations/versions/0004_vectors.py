"""Tables of vectors."""

from __future__ import annotations

revision = "0004_vectors"
down_revision: str | None = "0003_sources"


def upgrade() -> None:
    pass
