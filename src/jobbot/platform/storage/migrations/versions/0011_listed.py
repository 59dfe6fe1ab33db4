"""Lists of postings read from their index alone on SQLite: what they are ordered and filtered by."""

from __future__ import annotations

from alembic import op

revision = "0011_listed"
down_revision: str | None = "0010_hosts"

FILTERED = ("closed_at", "owner_id", "remote", "source", "pay_top", "company_words", "place_words")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # an index of PostgreSQL cannot hold a posting with many places
        op.drop_index("ix_postings_listed_at_number", "postings")
        op.create_index("ix_postings_listed", "postings", ["listed_at", "number", *FILTERED])
