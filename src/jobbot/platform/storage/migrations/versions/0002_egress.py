"""The ledger of every request that left or was refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.platform.storage.base import Moment

revision = "0002_egress"
down_revision: str | None = "0001_platform"


def upgrade() -> None:
    op.create_table(
        "egress_ledger",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("purpose", sa.String(120), nullable=False),
        sa.Column("bytes_out", sa.BigInteger(), nullable=False),
        sa.Column("bytes_in", sa.BigInteger(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_egress_ledger"),
    )
    op.create_index("ix_egress_ledger_user_id_at", "egress_ledger", ["user_id", "at"])
