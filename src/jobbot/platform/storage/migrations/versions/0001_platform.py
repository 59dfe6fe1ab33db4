"""Tables of the platform and of accounts: what the program remembers, keys, people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.storage.base import Moment

revision = "0001_platform"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "settings_kv",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings_kv"),
    )
    op.create_table(
        "key_home",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("kek_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(120), nullable=True),
        sa.Column("recovery", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_key_home"),
    )
    op.create_table(
        "user_keys",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("check_value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_user_keys"),
    )
    users = op.create_table(
        "users",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
    )
    op.execute(sa.insert(users).values(id=str(LOCAL_USER), created_at=sa.func.current_timestamp()))
