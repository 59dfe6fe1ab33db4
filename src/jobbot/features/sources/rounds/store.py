"""Rounds as they are stored: written as each board begins and ends, so that one that is killed can go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, Integer, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.features.sources.rounds.model import DONE, RUNNING, WAITING, Part, Round
from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.kernel.ids import new_id
from jobbot.platform.storage import Base, Database, Moment
from jobbot.sdk import BoardRef

KEPT = 60
"""So many rounds are kept."""
FRESH = timedelta(hours=24)
"""A round that was stopped longer ago is not gone on with: what it has read is old."""


class RoundRow(Base):
    __tablename__ = "fetch_rounds"
    __table_args__ = (Index("ix_fetch_rounds_task_id", "task_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    task_id: Mapped[str | None] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    lease: Mapped[str] = mapped_column(String(32))
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class RoundBoardRow(Base):
    __tablename__ = "fetch_round_boards"

    round_id: Mapped[str] = mapped_column(ForeignKey("fetch_rounds.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(40))
    board: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    gave: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    retry_at: Mapped[datetime | None] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    seconds: Mapped[float] = mapped_column(Float)
    requests: Mapped[int] = mapped_column(Integer)
    bytes_in: Mapped[int] = mapped_column(BigInteger)


class TakenOver(Exception):
    """Somebody else goes on with this round; nothing was written."""


class RoundStore:
    """Each write is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        refs: Sequence[BoardRef],
        now: datetime,
        origin: str,
        task_id: str | None = None,
        warnings: Sequence[dict[str, Any]] = (),
    ) -> Round:
        """A new round with every board of it waiting. The oldest ones are forgotten."""
        made = Round(new_id(), origin, RUNNING, new_id(), now, None, task_id, tuple(warnings))
        with self._database.write() as session:
            old = select(RoundRow.id).order_by(RoundRow.id.desc()).offset(KEPT - 1)
            session.execute(delete(RoundRow).where(RoundRow.id.in_(session.scalars(old).all())))
            fields = {"origin": origin, "state": RUNNING, "lease": made.lease, "warnings": list(warnings)}
            session.add(RoundRow(id=made.id, task_id=task_id, started_at=now, **fields))
            session.flush()
            session.add_all(_row(made.id, Part(number, ref)) for number, ref in enumerate(refs))
        return made

    def take_up(self, now: datetime, task_id: str | None = None) -> Round | None:
        """The round of this task, or the latest one, now ours, where it was not read to its end and is not old; whoever
        was at it stops. Boards that it was at wait again."""
        of_task = RoundRow.task_id == task_id if task_id else RoundRow.id.is_not(None)
        with self._database.write() as session:
            row = session.scalar(select(RoundRow).where(of_task).order_by(RoundRow.id.desc()).limit(1))
            if row is None or row.state == DONE or now - row.started_at > FRESH:
                return None
            row.state, row.lease, row.finished_at = RUNNING, new_id(), None
            again = update(RoundBoardRow).where(RoundBoardRow.round_id == row.id, RoundBoardRow.state == RUNNING)
            session.execute(again.values(state=WAITING, started_at=None))
            session.flush()
            return _round(row)

    def note(self, one: Round, part: Part) -> None:
        """How a board of it stands. Raises TakenOver."""
        with self._database.write() as session:
            _ours(session, one)
            session.merge(_row(one.id, part))

    def end(self, one: Round, state: str, now: datetime) -> Round:
        """Done, or stopped: then the boards it was at wait again. Raises TakenOver."""
        with self._database.write() as session:
            row = _ours(session, one)
            row.state, row.finished_at = state, now
            again = update(RoundBoardRow).where(RoundBoardRow.round_id == row.id, RoundBoardRow.state == RUNNING)
            session.execute(again.values(state=WAITING, started_at=None))
        return replace(one, state=state, finished_at=now)

    def latest(self, limit: int = 20, cursor: str = "") -> tuple[list[tuple[Round, list[Part]]], str | None]:
        """Newest first, and the cursor of the rest. Raises InvalidInput for a foreign cursor."""
        statement = select(RoundRow)
        if cursor:
            if not (cursor.isascii() and cursor.isalnum() and len(cursor) <= 32):
                raise InvalidInput("the cursor is not one of ours; take `next` of the page before")
            statement = statement.where(RoundRow.id < cursor)
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(RoundRow.id.desc()).limit(limit + 1)).all()
            found = [(_round(row), _parts(session, row.id)) for row in rows[:limit]]
        return found, found[-1][0].id if len(rows) > limit else None

    def get(self, id_or_prefix: str = "") -> tuple[Round, list[Part]]:
        """One round, the latest without an id. Raises NotFound, InvalidInput where the letters fit several."""
        if not id_or_prefix:
            found = self.latest(1)[0]
            if not found:
                raise NotFound("no run over all boards was made yet; `jobbot ingest all` makes one")
            return found[0]
        fits = RoundRow.id.startswith(id_or_prefix.lower(), autoescape=True)
        with self._database.read() as session:
            rows = session.scalars(select(RoundRow).where(fits).order_by(RoundRow.id.desc()).limit(2)).all()
            if not rows:
                raise NotFound(f"no run {id_or_prefix[:40]!r}; `jobbot sources runs` lists them")
            if len(rows) > 1:
                raise InvalidInput(f"{id_or_prefix!r} fits more than one run; give more of the id")
            return _round(rows[0]), _parts(session, rows[0].id)

    def of_task(self, task_id: str) -> tuple[Round, list[Part]] | None:
        """The latest round that a task made."""
        mine = select(RoundRow).where(RoundRow.task_id == task_id).order_by(RoundRow.id.desc()).limit(1)
        with self._database.read() as session:
            row = session.scalar(mine)
            return (_round(row), _parts(session, row.id)) if row else None


def _ours(session: Session, one: Round) -> RoundRow:
    row = session.scalar(select(RoundRow).where(RoundRow.id == one.id, RoundRow.lease == one.lease))
    if row is None:
        raise TakenOver
    return row


def _parts(session: Session, key: str) -> list[Part]:
    rows = select(RoundBoardRow).where(RoundBoardRow.round_id == key).order_by(RoundBoardRow.position)
    return [_part(row) for row in session.scalars(rows)]


def _row(key: str, part: Part) -> RoundBoardRow:
    where = {"source": part.ref.source, "board": part.ref.board, "region": part.ref.region}
    return RoundBoardRow(
        round_id=key,
        position=part.position,
        **where,
        state=part.state,
        gave=dict(part.gave),
        reason=part.reason,
        retry_at=part.retry_at,
        started_at=part.started_at,
        seconds=part.seconds,
        requests=part.requests,
        bytes_in=part.bytes_in,
    )


def _part(row: RoundBoardRow) -> Part:
    ref = BoardRef(row.source, row.board, row.region)
    taken = (row.state, row.gave, row.reason, row.retry_at, row.started_at, row.seconds, row.requests, row.bytes_in)
    return Part(row.position, ref, *taken)


def _round(row: RoundRow) -> Round:
    who = (row.id, row.origin, row.state, row.lease)
    return Round(*who, row.started_at, row.finished_at, row.task_id, tuple(row.warnings))
