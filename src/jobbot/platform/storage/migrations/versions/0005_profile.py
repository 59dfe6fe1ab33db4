"""Tables of profile."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_profile"
down_revision: str | None = "0004_vectors"


def upgrade() -> None:
    op.create_table(
        "personas",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "name", name="pk_personas"),
    )
    op.create_table(
        "candidate_profile",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("fact_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resume", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_candidate_profile"),
        sa.UniqueConstraint("user_id", "persona", "version", name="uq_candidate_profile_user_id_persona_version"),
    )
    op.create_table(
        "facts",
        sa.Column("profile_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("profile_id", "id", name="pk_facts"),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["candidate_profile.id"], name="fk_facts_profile_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_facts_user_id_id", "facts", ["user_id", "id"])
