"""Tables of vectors."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

from jobbot.kernel.errors import Failed

revision = "0004_vectors"
down_revision: str | None = "0003_sources"


class HalfVec(UserDefinedType[Any]):
    """pgvector's 16-bit vector, as it was when this revision was written."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "halfvec"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _extension()
    op.create_table(
        "vectors",
        sa.Column("card_id", sa.String(64), primary_key=True),
        sa.Column("content_hash", sa.String(64), primary_key=True),
        sa.Column("vector", sa.LargeBinary().with_variant(HalfVec(), "postgresql"), nullable=False),
    )
    op.create_table(
        "vector_refs",
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("user_id", sa.String(64), primary_key=True),
        sa.Column("ref_id", sa.String(64), primary_key=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_vector_refs_content_hash", "vector_refs", ["content_hash"])
    op.create_table(
        "vector_stamps",
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _extension() -> None:
    """halfvec came with pgvector 0.7."""
    query = (
        "SELECT max(string_to_array(version, '.')::int[]) FROM pg_available_extension_versions WHERE name = 'vector'"
    )
    newest = op.get_bind().exec_driver_sql(query).scalar()
    if newest is None or list(newest) < [0, 7]:
        raise Failed("this PostgreSQL server lacks the extension `vector` 0.7 or newer (pgvector); install it there")
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
