"""What hosts say about being read, and how often each was asked on a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.platform.storage.base import Moment

revision = "0010_hosts"
down_revision: str | None = "0009_tasks"


def upgrade() -> None:
    op.create_table(
        "host_rules",
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("read_at", Moment(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_host_rules"),
    )
    op.create_table(
        "host_days",
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host", "day", name="pk_host_days"),
    )
