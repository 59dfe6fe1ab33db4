"""How far each mailbox was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.platform.storage.base import Moment

revision = "0015_mailboxes"
down_revision: str | None = "0014_preferences"


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mailboxes"),
    )
    op.create_index("ix_mailboxes_user_id", "mailboxes", ["user_id"])
