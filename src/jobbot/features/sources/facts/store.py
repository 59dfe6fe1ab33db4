"""Facts of postings in the database: kept when a posting is written, filtered by, and made up for what is older.

Each function works within the caller's transaction. Rows of another version of the reading are made anew when a filter
asks for facts; until then they are read from the words when a posting is shown, and nothing is shown that is stale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, delete, insert, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.features.sources.facts.keys import keys_of
from jobbot.features.sources.facts.model import Facts, facts_from
from jobbot.features.sources.facts.read import VERSION as VERSION
from jobbot.features.sources.facts.read import read
from jobbot.features.sources.facts.wanted import FactsWanted
from jobbot.features.sources.model import Posting
from jobbot.features.sources.tables.store import PostingRow, table_of
from jobbot.platform.storage import Base, kv

_PART = 500
_DONE = "posting_facts"
"""Setting: the version of which every stored posting has its facts."""
FROM_ROWS = -VERSION
"""The version of facts read from what is stored: without the country that the board states beside its lines."""


class FactRow(Base):
    """`place_keys` are the tokens that places are found by, each between two bars; `version` is that of the reading.
    SQLite finds by the index alone, without the facts themselves; PostgreSQL has a limit on what an index holds."""

    __tablename__ = "posting_facts"
    __table_args__ = (
        Index("ix_posting_facts_found", "seniority", "employment", "place_keys", info={"only": "sqlite"}),
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("postings.number", ondelete="CASCADE"),
        primary_key=True,
    )
    version: Mapped[int]
    place_keys: Mapped[str] = mapped_column(Text)
    seniority: Mapped[str | None] = mapped_column(String(12))
    employment: Mapped[str | None] = mapped_column(String(16))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


def keep(session: Session, read: Sequence[tuple[int, Facts]], before: Sequence[int]) -> None:
    """Write the facts of postings, by their numbers; of those numbers `before` may have some already."""
    _write(session, [_values(number, facts, VERSION) for number, facts in read], before)


def _values(number: int, facts: Facts, version: int) -> dict[str, Any]:
    return {
        "number": number,
        "version": version,
        "place_keys": keys_of(facts),
        "seniority": facts.seniority,
        "employment": facts.employment,
        "body": facts.as_dict(),
    }


def _write(session: Session, fresh: Sequence[dict[str, Any]], before: Sequence[int]) -> None:
    for start in range(0, len(before), _PART):
        session.execute(delete(FactRow).where(FactRow.number.in_(before[start : start + _PART])))
    for start in range(0, len(fresh), _PART):
        session.execute(insert(table_of(FactRow)), list(fresh[start : start + _PART]))


def lacking(session: Session) -> bool:
    """Whether there may be postings without facts of this version: whoever writes a posting writes them too, so that
    they are looked for once after an upgrade."""
    return bool(kv.get(session, _DONE) != VERSION)


def _without() -> Any:
    good = select(FactRow.number).where(FactRow.number == PostingRow.number, or_(*_good()))
    return ~good.exists()


def _good() -> tuple[Any, Any]:
    return FactRow.version == VERSION, FactRow.version == FROM_ROWS


def catch_up(session: Session, most: int = 2_000) -> int:
    """Read the facts of stored postings that have none of this version. How many were done; 0 when all have theirs."""
    found = session.scalars(select(PostingRow).where(_without()).order_by(PostingRow.number).limit(most)).all()
    _write(session, [_values(row.number, _read(row), FROM_ROWS) for row in found], [row.number for row in found])
    if len(found) < most:
        kv.put(session, _DONE, VERSION)
    return len(found)


def _read(row: Any) -> Facts:
    """Of a posting or its row."""
    return read(row.title, tuple(row.locations), remote=row.remote, employment_type=row.employment_type, text=row.text)


def told(session: Session, postings: Sequence[Posting]) -> list[Posting]:
    """The same with their facts."""
    known: dict[str, Any] = {}
    ids = [posting.id for posting in postings]
    for start in range(0, len(ids), _PART):
        joined = select(PostingRow.id, FactRow.body).join(FactRow, FactRow.number == PostingRow.number)
        wanted = joined.where(PostingRow.id.in_(ids[start : start + _PART]), or_(*_good()))
        known.update((row.id, row.body) for row in session.execute(wanted))
    return [replace(posting, facts=_facts(posting, known)) for posting in postings]


def _facts(posting: Posting, known: Mapping[str, Any]) -> Facts:
    if posting.id in known:
        return facts_from(known[posting.id])
    return _read(posting)


def passing(wanted: FactsWanted, number: Any) -> list[Any]:
    """Conditions on postings, by the column of their numbers."""
    conditions = []
    for name in ("seniority", "employment"):
        value = getattr(wanted, name)
        if value:
            conditions.append(number.in_(select(FactRow.number).where(getattr(FactRow, name) == value)))
    if wanted.country:
        conditions.append(_keyed((wanted.country,), number))
    return conditions


def _keyed(keys: Sequence[str], number: Any) -> Any:
    held = or_(*(FactRow.place_keys.contains(f"|{key}|", autoescape=True) for key in keys))
    return number.in_(select(FactRow.number).where(held))


def placed(wanted: FactsWanted, number: Any, named: Any) -> Any:
    """The condition that a posting lies in one of the wanted places, or that its lines hold the words (`named`)."""
    if not wanted.places:
        return named
    return or_(_keyed(wanted.places, number), named) if wanted.named else _keyed(wanted.places, number)
