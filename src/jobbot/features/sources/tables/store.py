"""Companies, postings and their payloads as they are stored. A posting with an owner is seen by that user alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.features.sources.runs import store as _runs  # the table of boards, which postings name
from jobbot.kernel.ids import UserId
from jobbot.platform.storage import Base, Moment

CHANGED = "postings_changed"
"""Setting whose value is another one after every transaction that changes a posting: drawn by chance, so that one
that was rolled back never comes again."""
FILTERED = ("closed_at", "owner_id", "remote", "source", "pay_top", "company_words", "place_words")
"""What lists are filtered by. SQLite keeps it in the index that orders them, so that a filter few postings pass reads
megabytes and not the gigabyte of texts; PostgreSQL has a limit on what an index holds, and reads rows."""


class CompanyRow(Base):
    __tablename__ = "companies"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Moment)


class CompanyAliasRow(Base):
    __tablename__ = "company_aliases"

    normal: Mapped[str] = mapped_column(String(300), primary_key=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    name: Mapped[str] = mapped_column(String(300))


class PostingRow(Base):
    """Small columns first: a scan that needs no text then reads none."""

    __tablename__ = "postings"
    __table_args__ = (
        UniqueConstraint("id"),
        Index("ix_postings_board_id_closed_at", "board_id", "closed_at"),
        Index("ix_postings_listed_at_number", "listed_at", "number", info={"only": "postgresql"}),
        Index("ix_postings_listed", "listed_at", "number", *FILTERED, info={"only": "sqlite"}),
    )

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[str | None] = mapped_column(String(64))
    board_id: Mapped[str | None] = mapped_column(ForeignKey(f"{_runs.BoardRow.__tablename__}.id"))
    source: Mapped[str] = mapped_column(String(40))
    board: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(500))
    company: Mapped[str] = mapped_column(String(300))
    company_id: Mapped[str | None] = mapped_column(ForeignKey("companies.id"))
    company_words: Mapped[str] = mapped_column(String(300))
    locations: Mapped[list[str]] = mapped_column(JSON)
    place_words: Mapped[str] = mapped_column(Text)
    remote: Mapped[str | None] = mapped_column(String(10))
    salaries: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    pay_top: Mapped[float | None]
    employment_type: Mapped[str | None] = mapped_column(String(200))
    department: Mapped[str | None] = mapped_column(String(300))
    posted_at: Mapped[datetime | None] = mapped_column(Moment)
    listed_at: Mapped[datetime] = mapped_column(Moment)
    first_seen: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    language: Mapped[str | None] = mapped_column(String(20))
    content_hash: Mapped[str] = mapped_column(String(64))
    complete: Mapped[bool]
    attribution: Mapped[str | None] = mapped_column(String(300))
    url: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)


class PayloadRow(Base):
    __tablename__ = "posting_payloads"

    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id", ondelete="CASCADE"), primary_key=True)
    fetched_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class MarkRow(Base):
    """What is worked out about a posting, beside what its board said. A posting that is alone is its own group.

    `rank` orders the copies of one advert, `reader` is the version of our reading that last read it, `closed_why` is a
    `lifecycle.Why`, None while it is open. Prints are what copies are looked for by; None where too little is known.
    """

    __tablename__ = "posting_marks"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("postings.number", ondelete="CASCADE"),
        primary_key=True,
    )
    posting_id: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[str | None] = mapped_column(String(64))
    group_id: Mapped[str] = mapped_column(String(16), index=True)
    rank: Mapped[int]
    reader: Mapped[int]
    text_print: Mapped[str | None] = mapped_column(String(24), index=True)
    role_print: Mapped[str | None] = mapped_column(String(24), index=True)
    url_print: Mapped[str | None] = mapped_column(String(24), index=True)
    closes_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    closed_why: Mapped[str | None] = mapped_column(String(20))


class ChangeRow(Base):
    """What of a posting was changed by who published it: the fields' names, and both values as compressed JSON."""

    __tablename__ = "posting_changes"
    __table_args__ = (Index("ix_posting_changes_posting_id_at", "posting_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment)
    fields: Mapped[str] = mapped_column(String(200))
    body: Mapped[bytes] = mapped_column(LargeBinary)


def table_of(row: type[Base]) -> Table:
    """For inserts of many rows: the statement is the same for all of them, while of a mapped class it is another one
    for each choice of columns that are not None."""
    table = row.__table__
    assert isinstance(table, Table)
    return table


def seen_by(user: UserId, row: Any = PostingRow) -> Any:
    """The condition that must stand under every reading statement."""
    return or_(row.owner_id.is_(None), row.owner_id == user)


def visible(user: UserId, *, closed: bool = True) -> Select[PostingRow]:
    """What a user sees; without `closed` only what is open."""
    statement = select(PostingRow).where(seen_by(user))
    return statement if closed else statement.where(PostingRow.closed_at.is_(None))


def as_text(name: str) -> Any:
    """A JSON column of postings as its text."""
    return cast(getattr(PostingRow, name), Text).label(name)
