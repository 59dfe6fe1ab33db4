"""Tables of tailoring."""

from __future__ import annotations

revision = "0007_tailoring"
down_revision: str | None = "0006_matching"


def upgrade() -> None:
    pass
