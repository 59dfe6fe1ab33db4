"""Tables of sources: companies, boards, runs, postings with their full-text index, payloads, quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_sources"
down_revision: str | None = "0002_egress"

# The store writes the index beside the rows: triggers may not touch a virtual table where the schema is not trusted.
SQLITE_INDEX = (
    """CREATE VIRTUAL TABLE postings_fts USING fts5(
        title, company, text, content='postings', content_rowid='number',
        tokenize="porter unicode61 remove_diacritics 2 tokenchars '+#'"
    )""",
)

POSTGRES_INDEX = (
    """CREATE TABLE postings_fts (
        number BIGINT PRIMARY KEY REFERENCES postings (number) ON DELETE CASCADE, document TSVECTOR NOT NULL
    )""",
    "CREATE INDEX postings_fts_document ON postings_fts USING gin (document)",
)


def upgrade() -> None:
    _companies()
    _boards()
    _postings()
    for statement in SQLITE_INDEX if op.get_bind().dialect.name == "sqlite" else POSTGRES_INDEX:
        op.execute(statement)


def _companies() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_companies"),
    )
    op.create_table(
        "company_aliases",
        sa.Column("normal", sa.String(300), nullable=False),
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("normal", name="pk_company_aliases"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name="fk_company_aliases_company_id"),
    )


def _boards() -> None:
    op.create_table(
        "source_boards",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("region", sa.String(20), nullable=False),
        sa.Column("board", sa.String(200), nullable=False),
        sa.Column("board_key", sa.String(200), nullable=False),
        sa.Column("company", sa.String(300), nullable=True),
        sa.Column("etag", sa.String(300), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_run", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success", sa.DateTime(timezone=True), nullable=True),
        sa.Column("health", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("empty_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_source_boards"),
        sa.UniqueConstraint("source", "region", "board_key", name="uq_source_boards_source_region_board_key"),
    )
    op.create_table(
        "source_hosts",
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_source_hosts"),
    )
    op.create_table(
        "fetch_runs",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("board_id", sa.String(32), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("board", sa.String(200), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fetch_runs"),
        sa.ForeignKeyConstraint(["board_id"], ["source_boards.id"], name="fk_fetch_runs_board_id", ondelete="CASCADE"),
    )
    op.create_index("ix_fetch_runs_board_id_started_at", "fetch_runs", ["board_id", "started_at"])
    op.create_table(
        "quarantine",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("board", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=True),
        sa.Column("ref", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.ForeignKeyConstraint(["run_id"], ["fetch_runs.id"], name="fk_quarantine_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_quarantine_source_board", "quarantine", ["source", "board"])


def _postings() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "postings",
        sa.Column("number", number, nullable=False, autoincrement=True),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("owner_id", sa.String(64), nullable=True),
        sa.Column("board_id", sa.String(32), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("board", sa.String(200), nullable=False),
        sa.Column("region", sa.String(20), nullable=False),
        sa.Column("external_id", sa.String(300), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("company", sa.String(300), nullable=False),
        sa.Column("company_id", sa.String(32), nullable=True),
        sa.Column("company_words", sa.String(300), nullable=False),
        sa.Column("locations", sa.JSON(), nullable=False),
        sa.Column("place_words", sa.Text(), nullable=False),
        sa.Column("remote", sa.String(10), nullable=True),
        sa.Column("salaries", sa.JSON(), nullable=False),
        sa.Column("pay_top", sa.Float(), nullable=True),
        sa.Column("employment_type", sa.String(200), nullable=True),
        sa.Column("department", sa.String(300), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(20), nullable=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("attribution", sa.String(300), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_postings"),
        sa.UniqueConstraint("id", name="uq_postings_id"),
        sa.ForeignKeyConstraint(["board_id"], ["source_boards.id"], name="fk_postings_board_id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name="fk_postings_company_id"),
    )
    op.create_index("ix_postings_board_id_closed_at", "postings", ["board_id", "closed_at"])
    op.create_index("ix_postings_listed_at_number", "postings", ["listed_at", "number"])
    op.create_table(
        "posting_payloads",
        sa.Column("posting_id", sa.String(16), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("posting_id", name="pk_posting_payloads"),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name="fk_posting_payloads_posting_id", ondelete="CASCADE"
        ),
    )
