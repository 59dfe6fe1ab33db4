"""What postings say about places, level and employment, as facts beside their words. Filled in when first asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_facts"
down_revision: str | None = "0015_mailboxes"


def upgrade() -> None:
    op.create_table(
        "posting_facts",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place_keys", sa.Text(), nullable=False),
        sa.Column("seniority", sa.String(12)),
        sa.Column("employment", sa.String(16)),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_posting_facts"),
        sa.ForeignKeyConstraint(
            ["number"], ["postings.number"], name="fk_posting_facts_number_postings", ondelete="CASCADE"
        ),
    )
    if op.get_bind().dialect.name == "sqlite":  # an index of PostgreSQL cannot hold a posting with many places
        op.create_index("ix_posting_facts_found", "posting_facts", ["seniority", "employment", "place_keys"])
