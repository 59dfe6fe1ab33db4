"""Tables of matching."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_matching"
down_revision: str | None = "0005_profile"


def upgrade() -> None:
    op.create_table(
        "posting_requirements",
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("content_hash", "reader", name="pk_posting_requirements"),
    )
