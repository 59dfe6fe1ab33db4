"""Boards, runs over them, hosts that asked for a pause, and rows set aside: the journal of fetching."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.features.sources.model import Board, Reject, Run
from jobbot.kernel.ids import new_id
from jobbot.platform.storage import Base, Database, Moment


class BoardRow(Base):
    __tablename__ = "source_boards"
    __table_args__ = (UniqueConstraint("source", "region", "board_key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(20))
    board: Mapped[str] = mapped_column(String(200))
    board_key: Mapped[str] = mapped_column(String(200))
    company: Mapped[str | None] = mapped_column(String(300))
    etag: Mapped[str] = mapped_column(String(300))
    reader: Mapped[int]
    connected_at: Mapped[datetime] = mapped_column(Moment)
    last_run: Mapped[datetime | None] = mapped_column(Moment)
    last_success: Mapped[datetime | None] = mapped_column(Moment)
    health: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    retry_at: Mapped[datetime | None] = mapped_column(Moment)
    empty_since: Mapped[datetime | None] = mapped_column(Moment)
    alarm: Mapped[str | None] = mapped_column(Text)
    paused_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class HostRow(Base):
    __tablename__ = "source_hosts"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    closed_until: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Text)


class RunRow(Base):
    __tablename__ = "fetch_runs"
    __table_args__ = (Index("ix_fetch_runs_board_id_started_at", "board_id", "started_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    board_id: Mapped[str | None] = mapped_column(ForeignKey("source_boards.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(40))
    board: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)


class QuarantineRow(Base):
    __tablename__ = "quarantine"
    __table_args__ = (Index("ix_quarantine_source_board", "source", "board"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("fetch_runs.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(40))
    board: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[str | None] = mapped_column(String(64))
    ref: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(Text)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class Journal:
    """What is known of boards and hosts. Each write is one short transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def boards(self) -> list[Board]:
        """Every connected board, by source and name."""
        order = (BoardRow.source, BoardRow.board_key, BoardRow.region)
        with self.database.read() as session:
            return [_board(row) for row in session.scalars(select(BoardRow).order_by(*order))]

    def find(self, source: str, key: str, region: str = "") -> Board | None:
        """The board of this key: in that region, or where it was last read with success."""
        same = select(BoardRow).where(BoardRow.source == source, BoardRow.board_key == key)
        with self.database.read() as session:
            found = [_board(row) for row in session.scalars(same.order_by(BoardRow.region))]
        if region:
            return next((board for board in found if board.region == region), None)
        healthy = [board for board in found if board.health != "unknown"]
        return next(iter(healthy or found), None)

    def keep(self, board: Board, key: str) -> None:
        """Write a board as it now stands; a new one is connected by it. Whether a known one is read is left as it is
        stored: a person may have paused or removed it while it was read."""
        with self.database.write() as session:
            fresh = BoardRow(**{name: getattr(board, name) for name in FIELDS}, board_key=key)
            stored = session.get(BoardRow, board.id)
            if stored is not None:
                fresh.paused_at, fresh.removed_at = stored.paused_at, stored.removed_at
            session.merge(fresh)

    def rest(self, board: Board, *, paused_at: datetime | None, removed_at: datetime | None) -> None:
        """Whether a known board is read from now on."""
        values = {"paused_at": paused_at, "removed_at": removed_at}
        with self.database.write() as session:
            session.execute(update(BoardRow).where(BoardRow.id == board.id).values(values))

    def begin(self, run: Run) -> None:
        """Note that a run has started; one of the same board that never ended was killed and is marked so."""
        same = (RunRow.source == run.source, RunRow.board == run.board, RunRow.state == "running")
        with self.database.write() as session:
            session.execute(update(RunRow).where(*same).values(state="abandoned"))
            names = {"id": run.id, "board_id": run.board_id, "source": run.source, "board": run.board}
            session.add(RunRow(**names, user_id=run.owner, state="running", started_at=run.at, counts={}))

    def fail(self, run: Run, reason: str) -> None:
        """End a run that could not be completed; nothing was closed by it."""
        ended = update(RunRow).where(RunRow.id == run.id).values(state="failed", finished_at=run.at, reason=reason)
        with self.database.write() as session:
            session.execute(ended)

    def quarantined(self, source: str, board: str) -> list[Reject]:
        """The rows of a board that could not be read, as its last run left them."""
        mine = select(QuarantineRow).where(QuarantineRow.source == source, QuarantineRow.board == board)
        with self.database.read() as session:
            found = session.scalars(mine.order_by(QuarantineRow.id)).all()
        return [Reject(row.ref, row.reason, zlib.decompress(row.raw).decode()) for row in found]

    def closed_host(self, hosts: Iterable[str], now: datetime) -> tuple[str, datetime, str] | None:
        """A host that asked to be left alone until later than `now`: its name, until when, what it said."""
        waiting = select(HostRow).where(HostRow.host.in_(list(hosts)), HostRow.closed_until > now)
        with self.database.read() as session:
            row = session.scalar(waiting.order_by(HostRow.closed_until.desc()).limit(1))
        return (row.host, row.closed_until, row.reason) if row else None

    def close_host(self, host: str, until: datetime, reason: str) -> None:
        with self.database.write() as session:
            session.merge(HostRow(host=host, closed_until=until, reason=reason))


FIELDS = (
    "id",
    "source",
    "board",
    "region",
    "company",
    "etag",
    "reader",
    "connected_at",
    "last_run",
    "last_success",
    "health",
    "reason",
    "retry_at",
    "empty_since",
    "alarm",
    "paused_at",
    "removed_at",
)


def end(session: Session, run: Run, state: str, counts: Mapping[str, int], rejects: Sequence[Reject]) -> None:
    """Within the caller's transaction: the run's end, and its rejects in place of those of the run before."""
    before = (QuarantineRow.source == run.source, QuarantineRow.board == run.board, QuarantineRow.owner_id == run.owner)
    session.execute(delete(QuarantineRow).where(*before))
    session.add_all(_quarantine(run, reject) for reject in rejects)
    done = update(RunRow).where(RunRow.id == run.id)
    session.execute(done.values(state=state, finished_at=run.at, counts=dict(counts)))


def _quarantine(run: Run, reject: Reject) -> QuarantineRow:
    """What a person brought in by hand and is no posting may be anything, their CV even: its content is not kept."""
    raw = zlib.compress(b"" if run.owner else reject.raw.encode("utf-8", "replace"), 6)
    where = {"run_id": run.id, "source": run.source, "board": run.board, "owner_id": run.owner}
    return QuarantineRow(id=new_id(), **where, ref=reject.ref[:300], reason=reject.reason, raw=raw, at=run.at)


def _board(row: Any) -> Board:
    return Board(**{name: getattr(row, name) for name in FIELDS})
