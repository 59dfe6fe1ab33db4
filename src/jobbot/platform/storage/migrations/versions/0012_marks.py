"""What is worked out about postings beside what boards say (groups, why closed), what changed in them, and alarms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.platform.storage.base import Moment

revision = "0012_marks"
down_revision: str | None = "0011_listed"


def upgrade() -> None:
    op.create_table(
        "posting_marks",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("posting_id", sa.String(16), nullable=False),
        sa.Column("owner_id", sa.String(64)),
        sa.Column("group_id", sa.String(16), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("text_print", sa.String(24)),
        sa.Column("role_print", sa.String(24)),
        sa.Column("url_print", sa.String(24)),
        sa.Column("closes_at", Moment()),
        sa.Column("closed_why", sa.String(20)),
        sa.PrimaryKeyConstraint("number", name="pk_posting_marks"),
        sa.ForeignKeyConstraint(
            ["number"], ["postings.number"], name="fk_posting_marks_number_postings", ondelete="CASCADE"
        ),
    )
    for name in ("group_id", "text_print", "role_print", "url_print", "closes_at"):
        op.create_index(f"ix_posting_marks_{name}", "posting_marks", [name])
    op.create_table(
        "posting_changes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("posting_id", sa.String(16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("fields", sa.String(200), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posting_changes"),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name="fk_posting_changes_posting_id_postings", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_posting_changes_posting_id_at", "posting_changes", ["posting_id", "at"])
    op.add_column("source_boards", sa.Column("alarm", sa.Text()))
