"""Runs over all boards with what each board gave; boards that are paused, or removed and could come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.platform.storage import Moment

revision = "0013_rounds"
down_revision: str | None = "0012_marks"


def upgrade() -> None:
    op.create_table(
        "fetch_rounds",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("task_id", sa.String(32), nullable=True),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("lease", sa.String(32), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
    )
    op.create_index("ix_fetch_rounds_task_id", "fetch_rounds", ["task_id"])
    op.create_table(
        "fetch_round_boards",
        sa.Column("round_id", sa.String(32), sa.ForeignKey("fetch_rounds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("board", sa.String(200), nullable=False),
        sa.Column("region", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("gave", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("retry_at", Moment(), nullable=True),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("bytes_in", sa.BigInteger(), nullable=False),
    )
    op.add_column("source_boards", sa.Column("paused_at", Moment(), nullable=True))
    op.add_column("source_boards", sa.Column("removed_at", Moment(), nullable=True))
