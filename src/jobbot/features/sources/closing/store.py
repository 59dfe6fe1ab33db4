"""Closing postings in the database: gone from their board, or aged out. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from jobbot.features.sources import rows
from jobbot.features.sources.group.rank import BROUGHT, FEED
from jobbot.features.sources.lifecycle import Why
from jobbot.features.sources.model import Run
from jobbot.features.sources.tables.store import CHANGED, MarkRow, PostingRow
from jobbot.kernel.ids import new_id
from jobbot.platform.storage import kv

_PART = 500


def close_absent(session: Session, run: Run, keep: frozenset[str]) -> int:
    """Close the open postings of the run's board that are not among `keep`, by the vendor's ids; how many."""
    opened = select(PostingRow.number, PostingRow.external_id).where(PostingRow.board_id == run.board_id)
    gone = [row[0] for row in session.execute(opened.where(PostingRow.closed_at.is_(None))) if row[1] not in keep]
    return _shut(session, gone, run.at, Why.GONE)


def age_out(session: Session, run: Run, unseen_before: datetime | None) -> int:
    """See `PostingStore.age_out`."""
    here = and_(PostingRow.board_id == run.board_id, MarkRow.rank == FEED)
    past = MarkRow.closes_at < run.at
    ended = _open(session, past, or_(MarkRow.rank == BROUGHT, and_(here, PostingRow.last_seen < run.at)))
    count = _shut(session, ended, run.at, Why.ENDED)
    if unseen_before is None:
        return count
    unseen = _open(session, here, PostingRow.last_seen < unseen_before)
    return count + _shut(session, unseen, run.at, Why.UNSEEN)


def _open(session: Session, *wanted: ColumnElement[bool]) -> list[int]:
    joined = select(PostingRow.number).join(MarkRow, MarkRow.number == PostingRow.number)
    return list(session.scalars(joined.where(PostingRow.closed_at.is_(None), *wanted)))


def _shut(session: Session, numbers: Sequence[int], at: datetime, why: Why) -> int:
    for part in rows.chunks(numbers, _PART):
        session.execute(update(PostingRow).where(PostingRow.number.in_(part)).values(closed_at=at))
        session.execute(update(MarkRow).where(MarkRow.number.in_(part)).values(closed_why=why.value))
    if numbers:
        kv.put(session, CHANGED, new_id())
    return len(numbers)
