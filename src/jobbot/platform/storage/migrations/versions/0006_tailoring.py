"""Tables of tailoring."""

from __future__ import annotations

revision = "0006_tailoring"
down_revision: str | None = "0005_matching"


def upgrade() -> None:
    pass
