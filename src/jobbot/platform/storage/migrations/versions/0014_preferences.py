"""What a user weighs, blocks and avoids: one sealed row each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.platform.storage.base import Moment

revision = "0014_preferences"
down_revision: str | None = "0013_rounds"


def upgrade() -> None:
    op.create_table(
        "match_preferences",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_match_preferences"),
    )
