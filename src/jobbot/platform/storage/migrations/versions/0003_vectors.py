"""Tables of vectors."""

from __future__ import annotations

revision = "0003_vectors"
down_revision: str | None = "0002_sources"


def upgrade() -> None:
    pass
