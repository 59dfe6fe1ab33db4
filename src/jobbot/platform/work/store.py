"""`tasks`: what is to be done, who is at it, how it ended. Every write is one short transaction, or joins the caller's.

A worker's writes carry its lease and count only while the row has it: one that was believed dead and comes back writes
nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.kernel.ids import LOCAL_USER, UserId, new_id
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault
from jobbot.platform.work.digest import digest
from jobbot.platform.work.model import Claim, Effect, Held, Progress, Standing, State, Task, Wanted
from jobbot.platform.work.outbox.store import add

KEPT = timedelta(days=30)
"""How long a task that has ended can be looked at."""


class TaskRow(Base):
    """`unique_key` is a keyed digest; `kept_key`: it stays taken when the task has ended."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("user_id", "unique_key"),
        Index("ix_tasks_state_available_at", "state", "available_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    unique_key: Mapped[str | None] = mapped_column(String(64))
    kept_key: Mapped[bool] = mapped_column(Boolean())
    state: Mapped[str] = mapped_column(String(12))
    attempts: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    cancelling: Mapped[bool] = mapped_column(Boolean())
    owner: Mapped[str | None] = mapped_column(String(80))
    lease: Mapped[str | None] = mapped_column(String(32))
    heartbeat_at: Mapped[datetime | None] = mapped_column(Moment())
    available_at: Mapped[datetime] = mapped_column(Moment())
    created_at: Mapped[datetime] = mapped_column(Moment())
    started_at: Mapped[datetime | None] = mapped_column(Moment())
    finished_at: Mapped[datetime | None] = mapped_column(Moment())
    body: Mapped[Any] = mapped_column(SealedColumn("tasks", "body"))
    progress: Mapped[Any | None] = mapped_column(SealedColumn("tasks", "progress"))
    result: Mapped[Any | None] = mapped_column(SealedColumn("tasks", "result"))
    problem: Mapped[Any | None] = mapped_column(SealedColumn("tasks", "problem"))


class Lost(Exception):
    """The lease is somebody else's by now; nothing was written."""


class TaskStore:
    """The tasks of users. `now` is handed in; ids and leases are made here."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault

    # -- for those who want something done ---------------------------------------------------------------------------

    def enqueue(self, wanted: Wanted, now: datetime, user: UserId = LOCAL_USER) -> Task:
        """A waiting task, in the caller's transaction; the one that has the key already, where there is one."""
        key = digest(self.vault, wanted.key) if wanted.key else None
        with self.database.write() as session:
            taken = select(TaskRow).where(TaskRow.user_id == user, TaskRow.unique_key == key)
            row = session.scalar(taken) if key else None
            if row is None:
                _forget(session, now)
                row = self._row(wanted, key, now, user)
                session.add(row)
                session.flush()
            return self._read(row)

    def _row(self, wanted: Wanted, key: str | None, now: datetime, user: UserId) -> TaskRow:
        made = new_id()
        body = {"title": wanted.title, "arguments": dict(wanted.arguments)}
        return TaskRow(
            id=made,
            user_id=user,
            name=wanted.name,
            unique_key=key,
            kept_key=wanted.once,
            state=State.WAITING.value,
            attempts=0,
            version=1,
            cancelling=False,
            available_at=now + timedelta(seconds=wanted.after),
            created_at=now,
            body=self.vault.seal_json(body, _place("body", made, user)),
        )

    def get(self, key: str, user: UserId = LOCAL_USER) -> Task:
        """Raises NotFound."""
        with self.database.read() as session:
            return self._read(_mine(session, key, user))

    def by_key(self, key: str, user: UserId = LOCAL_USER) -> Task | None:
        """The task that has this key."""
        known = select(TaskRow).where(TaskRow.user_id == user, TaskRow.unique_key == digest(self.vault, key))
        with self.database.read() as session:
            row = session.scalar(known)
            return self._read(row) if row else None

    def page(
        self, user: UserId = LOCAL_USER, state: State | None = None, cursor: str = "", limit: int = 20, name: str = ""
    ) -> tuple[list[Task], str | None]:
        """Newest first, and the cursor of the rest. Raises InvalidInput for a foreign cursor."""
        statement = select(TaskRow).where(TaskRow.user_id == user)
        if state is not None:
            statement = statement.where(TaskRow.state == state.value)
        if name:
            statement = statement.where(TaskRow.name == name)
        if cursor:
            if not (cursor.isascii() and cursor.isalnum() and len(cursor) <= 32):
                raise InvalidInput("the cursor is not one of ours; take `next` of the page before")
            statement = statement.where(TaskRow.id < cursor)
        with self.database.read() as session:
            found = session.scalars(statement.order_by(TaskRow.id.desc()).limit(limit + 1)).all()
            items = [self._read(row) for row in found[:limit]]
        return items, items[-1].id if len(found) > limit else None

    def counts(self, user: UserId = LOCAL_USER) -> dict[str, int]:
        """How many wait and run."""
        tally = select(TaskRow.state, func.count()).where(TaskRow.user_id == user).group_by(TaskRow.state)
        with self.database.read() as session:
            found = {str(row[0]): int(row[1]) for row in session.execute(tally)}
        return {state.value: found.get(state.value, 0) for state in (State.WAITING, State.RUNNING)}

    def cancel(self, key: str, now: datetime, user: UserId = LOCAL_USER) -> Task:
        """One that waits ends at once, one that runs is asked to, one that has ended stays as it is."""
        with self.database.write() as session:
            row = _mine(session, key, user)
            if row.state == State.WAITING.value:
                _end(row, State.CANCELLED, now)
            elif row.state == State.RUNNING.value and not row.cancelling:
                row.cancelling = True
                row.version += 1
            session.flush()
            return self._read(row)

    # -- for workers -------------------------------------------------------------------------------------------------

    def ready(self, now: datetime, user: UserId = LOCAL_USER) -> bool:
        """Whether there is something to claim; asks without the lock."""
        with self.database.read() as session:
            return session.scalar(_claimable(now, user).with_only_columns(TaskRow.id)) is not None

    def claim(self, owner: str, now: datetime, user: UserId = LOCAL_USER) -> Claim | None:
        """The task that has waited longest, now ours."""
        with self.database.write() as session:
            row = session.scalar(_claimable(now, user))
            if row is None:
                return None
            row.state, row.owner, row.lease = State.RUNNING.value, owner, new_id()
            row.attempts += 1
            row.version += 1
            row.heartbeat_at = now
            row.started_at = row.started_at or now
            row.progress = row.problem = None
            session.flush()
            return Claim(self._read(row), str(row.lease))

    def beat(self, claim: Claim, now: datetime) -> bool:
        """Say that we are alive; False where the lease is lost."""
        with self.database.write() as session:
            done = session.execute(_held(claim).values(heartbeat_at=now).returning(TaskRow.id))
            return done.first() is not None

    def standing(self, claim: Claim) -> Standing:
        """Whether the task is still ours and wanted."""
        query = select(TaskRow.lease, TaskRow.state, TaskRow.cancelling).where(TaskRow.id == claim.task.id)
        with self.database.read() as session:
            row = session.execute(query).first()
        mine = row is not None and row.lease == claim.lease and row.state == State.RUNNING.value
        return Standing(mine, bool(row and row.cancelling))

    def tell(self, claim: Claim, progress: Progress, now: datetime) -> None:
        """How far it is. Raises Lost."""
        sealed = self.vault.seal_json(progress._asdict(), _place("progress", claim.task.id, claim.task.user))
        values = {"progress": sealed, "heartbeat_at": now, "version": TaskRow.version + 1}
        with self.database.write() as session:
            if session.execute(_held(claim).values(values).returning(TaskRow.id)).first() is None:
                raise Lost

    def finish(
        self,
        claim: Claim,
        state: State,
        now: datetime,
        *,
        result: Any = None,
        problem: Mapping[str, Any] | None = None,
        effects: Iterable[Effect] = (),
    ) -> Task:
        """The end of a task and what follows from it, in one transaction. Raises Lost."""
        with self.database.write() as session:
            row = _ours(session, claim)
            self._note(row, result, problem)
            _end(row, state, now)
            for effect in effects:
                add(session, self.vault, effect, now, claim.task.user)
            session.flush()
            return self._read(row)

    def put_back(
        self,
        claim: Claim,
        at: datetime,
        now: datetime,
        *,
        problem: Mapping[str, Any] | None = None,
        counted: bool = True,
    ) -> Task:
        """Let it wait until `at`; one asked to end, ends. A try that is not `counted` never was. Raises Lost."""
        with self.database.write() as session:
            row = _ours(session, claim)
            if row.cancelling:
                _end(row, State.CANCELLED, now)
            else:
                self._note(row, None, problem)
                _wait(row, at)
                row.attempts -= 0 if counted else 1
            session.flush()
            return self._read(row)

    def held(self, user: UserId = LOCAL_USER) -> list[Held]:
        """Every running task and who holds it."""
        columns = (TaskRow.id, TaskRow.lease, TaskRow.owner, TaskRow.heartbeat_at, TaskRow.attempts, TaskRow.created_at)
        running = select(*columns).where(TaskRow.user_id == user, TaskRow.state == State.RUNNING.value)
        with self.database.read() as session:
            found = session.execute(running).all()
        return [Held(row[0], user, row[1] or "", row[2] or "", row[3] or row[5], row[4]) for row in found]

    def take_away(self, held: Held, at: datetime | None, now: datetime, problem: Mapping[str, Any]) -> bool:
        """Let a task whose worker is gone wait again from `at`, or (None) fail it. False where somebody was faster."""
        with self.database.write() as session:
            row = session.scalar(select(TaskRow).where(TaskRow.id == held.id, TaskRow.lease == held.lease))
            if row is None or row.state != State.RUNNING.value:
                return False
            if row.cancelling:
                _end(row, State.CANCELLED, now)
            elif at is None:
                self._note(row, None, problem)
                _end(row, State.FAILED, now)
            else:
                _wait(row, at)
            return True

    def _note(self, row: TaskRow, result: Any, problem: Mapping[str, Any] | None) -> None:
        user = UserId(row.user_id)
        row.result = None if result is None else self.vault.seal_json(result, _place("result", row.id, user))
        row.problem = None if problem is None else self.vault.seal_json(problem, _place("problem", row.id, user))

    def _read(self, row: TaskRow) -> Task:
        user = UserId(row.user_id)

        def opened(name: str) -> Any:
            box = getattr(row, name)
            sealed = getattr(box, "ciphertext", box)
            return None if sealed is None else self.vault.open_json(sealed, _place(name, row.id, user))

        body, progress = opened("body"), opened("progress")
        return Task(
            id=row.id,
            user=user,
            name=row.name,
            title=body["title"],
            arguments=body["arguments"],
            state=State(row.state),
            attempts=row.attempts,
            version=row.version,
            cancelling=row.cancelling,
            created_at=row.created_at,
            available_at=row.available_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            progress=Progress(**progress) if progress else None,
            result=opened("result"),
            problem=opened("problem"),
        )


def _claimable(now: datetime, user: UserId) -> Any:
    waiting = (TaskRow.user_id == user, TaskRow.state == State.WAITING.value, TaskRow.available_at <= now)
    return select(TaskRow).where(*waiting).order_by(TaskRow.available_at, TaskRow.id).limit(1)


def _held(claim: Claim) -> Any:
    mine = (TaskRow.id == claim.task.id, TaskRow.lease == claim.lease, TaskRow.state == State.RUNNING.value)
    return update(TaskRow).where(*mine).execution_options(synchronize_session=False)


def _ours(session: Session, claim: Claim) -> TaskRow:
    row = session.scalar(select(TaskRow).where(TaskRow.id == claim.task.id, TaskRow.lease == claim.lease))
    if row is None or row.state != State.RUNNING.value:
        raise Lost
    return row


def _mine(session: Session, key: str, user: UserId) -> TaskRow:
    row = session.scalar(select(TaskRow).where(TaskRow.id == key, TaskRow.user_id == user))
    if row is None:
        raise NotFound("there is no task of that id")
    return row


def _end(row: TaskRow, state: State, now: datetime) -> None:
    row.state, row.finished_at = state.value, now
    row.owner = row.lease = row.heartbeat_at = None
    row.cancelling = False
    row.version += 1
    if not row.kept_key:
        row.unique_key = None


def _wait(row: TaskRow, at: datetime) -> None:
    row.state, row.available_at = State.WAITING.value, at
    row.owner = row.lease = row.heartbeat_at = None
    row.version += 1


def _forget(session: Session, now: datetime) -> None:
    ended = (TaskRow.finished_at.is_not(None), TaskRow.finished_at <= now - KEPT)
    session.execute(delete(TaskRow).where(*ended))


def _place(column: str, row: str, user: str) -> Context:
    return Context("tasks", column, row, user)
