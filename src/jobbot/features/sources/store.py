"""Tables of boards, runs and postings, and the one class that reads and writes them.

A posting with an owner is seen by that user alone: `_visible` stands under every reading statement.
"""

from __future__ import annotations

import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.features.sources import rows, search
from jobbot.features.sources.company import folded, normal_name
from jobbot.features.sources.lifecycle import Known, Outcome, judge
from jobbot.features.sources.model import LightPosting, Page, Posting, PostingFilter, Reject, Run
from jobbot.features.sources.runs.store import BoardRow, Journal, QuarantineRow, end
from jobbot.kernel.errors import InvalidInput, NotFound, Problem
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId, new_id
from jobbot.platform.storage import Base, Database, Moment, kv

CHUNK = 500
"""Most postings of one transaction."""
CHANGED = "postings_changed"
"""Setting whose value is another one after every transaction that changes a posting: drawn by chance, so that one
that was rolled back never comes again."""
_KEPT_USERS = 4


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
        Index("ix_postings_listed_at_number", "listed_at", "number"),
    )

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[str | None] = mapped_column(String(64))
    board_id: Mapped[str | None] = mapped_column(ForeignKey("source_boards.id"))
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


class PostingStore:
    """Everything stored about boards and postings. Reads are one snapshot, each write is one short transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.journal = Journal(database)
        self._light: OrderedDict[UserId, tuple[str, list[LightPosting]]] = OrderedDict()

    def get(self, id_or_prefix: str, user: UserId = LOCAL_USER) -> Posting:
        """One posting by its id or an unambiguous beginning of it. Raises NotFound, or InvalidInput with candidates."""
        prefix = id_or_prefix.strip().lower()
        if not prefix.isalnum() or len(prefix) > 16:
            raise InvalidInput(f"{id_or_prefix!r} is no posting id: 16 letters and digits, or the first few of them")
        with self.database.read() as session:
            found = session.scalars(_visible(user).where(PostingRow.id.startswith(prefix)).limit(6)).all()
        if not found:
            raise NotFound(f"no posting {id_or_prefix!r}; `jobbot postings list` shows what is there")
        if len(found) > 1:
            raise InvalidInput(
                f"{id_or_prefix!r} fits more than one posting; give more of the id",
                errors=[Problem(f"{row.id}  {row.title} - {row.company}") for row in found],
            )
        return rows.posting_of(found[0])

    def all(self, user: UserId = LOCAL_USER, *, closed: bool = False) -> Iterator[Posting]:
        """Every open posting (with `closed`: every posting), in the order they came."""
        last = 0
        while True:
            with self.database.read() as session:
                statement = _visible(user, closed=closed).where(PostingRow.number > last)
                found = session.scalars(statement.order_by(PostingRow.number).limit(CHUNK)).all()
            if not found:
                return
            yield from map(rows.posting_of, found)
            last = found[-1].number

    def light(self, user: UserId = LOCAL_USER) -> list[LightPosting]:
        """Every open posting without its text; kept in memory until any process changes a posting."""
        with self.database.read() as session:
            stamp = kv.get(session, CHANGED) or ""
            known, found = self._light.get(user, ("", []))
            if not stamp or known != stamp:
                found = _read_light(session, user)
                self._light[user] = stamp, found
                while len(self._light) > _KEPT_USERS:
                    self._light.popitem(last=False)
        return list(found)

    def many(self, ids: Sequence[PostingId], user: UserId = LOCAL_USER) -> list[Posting]:
        """The postings of these ids, in that order; ids that are not there are left out."""
        found: dict[str, Posting] = {}
        with self.database.read() as session:
            for part in rows.chunks(ids, CHUNK):
                for row in session.scalars(_visible(user).where(PostingRow.id.in_(part))):
                    found[row.id] = rows.posting_of(row)
        return [found[key] for key in ids if key in found]

    def search(
        self,
        words: str | Sequence[str],
        user: UserId = LOCAL_USER,
        limit: int = 50,
        *,
        every: bool = False,
        closed: bool = False,
    ) -> list[tuple[PostingId, float]]:
        """Ids and scores, best first: BM25 on SQLite, cover density on PostgreSQL; a title counts five times.

        The words are never an operator. With `every` all of them must be there.
        """
        here = self.database.dialect == "sqlite"
        query = search.sqlite_query(words, every=every) if here else search.postgres_query(words, every=every)
        if not query:
            return []
        values = {"words": query, "user": user, "limit": limit, "closed": closed}
        with self.database.read() as session:
            found = session.execute(text(search.SQLITE if here else search.POSTGRES), values)
            return [(PostingId(row[0]), float(row[1])) for row in found]

    def page(self, wanted: PostingFilter, user: UserId = LOCAL_USER, cursor: str = "", limit: int = 20) -> Page:
        """A page of postings: newest first, or best first with a query. Raises InvalidInput for a foreign cursor."""
        statement = _filtered(_visible(user, closed=wanted.closed), wanted)
        if not wanted.query:
            return self._newest(statement, cursor, limit)
        ranked = self.search(wanted.query, user, 10_000, every=True, closed=wanted.closed)
        ranked = ranked or self.search(wanted.query, user, 10_000, closed=wanted.closed)
        with self.database.read() as session:
            passing = set(session.scalars(statement.with_only_columns(PostingRow.id)))
        ids = [key for key, _ in ranked if key in passing]
        start = rows.offset_of(cursor)
        rest = rows.offset_cursor(start + limit) if start + limit < len(ids) else None
        return Page(tuple(self.many(ids[start : start + limit], user)), rest)

    def _newest(self, statement: Select[PostingRow], cursor: str, limit: int) -> Page:
        if cursor:
            moment, number = rows.place_of(cursor)
            same = and_(PostingRow.listed_at == moment, PostingRow.number < number)
            statement = statement.where(or_(PostingRow.listed_at < moment, same))
        order = statement.order_by(PostingRow.listed_at.desc(), PostingRow.number.desc())
        with self.database.read() as session:
            found = session.scalars(order.limit(limit + 1)).all()
        last = found[limit - 1] if len(found) > limit else None
        rest = rows.place_cursor(last.listed_at, last.number) if last else None
        return Page(tuple(map(rows.posting_of, found[:limit])), rest)

    def payload(self, posting: PostingId, user: UserId = LOCAL_USER) -> bytes | None:
        """The vendor's object (JSON) behind a posting."""
        statement = select(PayloadRow.body).join(PostingRow, PostingRow.id == PayloadRow.posting_id)
        with self.database.read() as session:
            body = session.scalar(statement.where(_seen_by(user), PostingRow.id == posting))
        return zlib.decompress(body) if body is not None else None

    def open_by_board(self) -> dict[str, int]:
        """The number of open postings of each board's id."""
        held = (PostingRow.board_id.is_not(None), PostingRow.closed_at.is_(None))
        tally = select(PostingRow.board_id, func.count()).where(*held).group_by(PostingRow.board_id)
        with self.database.read() as session:
            return {str(row[0]): row[1] for row in session.execute(tally)}

    def counts(self, user: UserId = LOCAL_USER) -> dict[str, int]:
        """How many postings are open and closed, boards connected, rows in quarantine."""
        mine = or_(QuarantineRow.owner_id.is_(None), QuarantineRow.owner_id == user)
        statements = {
            "open": select(func.count()).where(_seen_by(user), PostingRow.closed_at.is_(None)),
            "closed": select(func.count()).where(_seen_by(user), PostingRow.closed_at.is_not(None)),
            "boards": select(func.count()).select_from(BoardRow),
            "quarantined": select(func.count()).select_from(QuarantineRow).where(mine),
        }
        with self.database.read() as session:
            return {name: session.scalar(statement) or 0 for name, statement in statements.items()}

    def save(self, run: Run, postings: Sequence[tuple[Posting, bytes]]) -> Counter[Outcome]:
        """Write up to `CHUNK` postings with their payloads (compressed JSON): all of them or none."""
        by_id = {posting.id: (posting, body) for posting, body in postings}
        with self.database.write() as session:
            stored = select(PostingRow.id, PostingRow.number, PostingRow.content_hash, PostingRow.closed_at)
            known = {row.id: row for row in session.execute(stored.where(PostingRow.id.in_(by_id)))}
            judged = {
                key: judge(
                    Known(row.content_hash, row.closed_at) if (row := known.get(key)) else None, posting.content_hash
                )
                for key, (posting, _) in by_id.items()
            }
            same = [key for key, outcome in judged.items() if outcome is Outcome.UNCHANGED]
            session.execute(update(PostingRow).where(PostingRow.id.in_(same)).values(last_seen=run.at))
            changed = [by_id[key] for key, outcome in judged.items() if outcome is not Outcome.UNCHANGED]
            self._write(session, run, changed, {key: row.number for key, row in known.items()})
        return Counter(judged.values())

    def _write(
        self, session: Session, run: Run, changed: list[tuple[Posting, bytes]], numbers: Mapping[str, int]
    ) -> None:
        companies = _companies(session, {posting.company for posting, _ in changed if posting.company}, run.at)
        fresh, again = [], []
        for posting, _ in changed:
            values = rows.values_of(posting, run.at) | {"board_id": run.board_id}
            values["company_id"] = companies.get(posting.company)
            if posting.id in numbers:
                again.append(values | {"number": numbers[posting.id]})
            else:
                fresh.append(values | {"first_seen": run.at})
        sqlite = self.database.dialect == "sqlite"
        if again and sqlite:
            _run(session, search.SQLITE_FORGET, [value["id"] for value in again])
        if fresh:
            session.execute(insert(PostingRow), fresh)
        if again:
            session.execute(update(PostingRow), again)
            session.execute(delete(PayloadRow).where(PayloadRow.posting_id.in_([value["id"] for value in again])))
        bodies = [{"posting_id": posting.id, "fetched_at": run.at, "body": body} for posting, body in changed]
        if bodies:
            kv.put(session, CHANGED, new_id())
            session.execute(insert(PayloadRow), bodies)
            index = search.SQLITE_INDEX if sqlite else search.POSTGRES_INDEX
            _run(session, index, [posting.id for posting, _ in changed])

    def finish(
        self,
        run: Run,
        state: str,
        counts: Mapping[str, int],
        rejects: Sequence[Reject],
        keep: Iterable[str] | None = None,
    ) -> int:
        """End a run: rejects into quarantine; with `keep`, close what the board no longer lists. How many closed."""
        with self.database.write() as session:
            closed = _close(session, run, frozenset(keep)) if keep is not None else 0
            end(session, run, state, {**counts, "closed": closed}, rejects)
        return closed


def _run(session: Session, statement: str, ids: list[PostingId]) -> None:
    session.execute(text(statement).bindparams(bindparam("ids", expanding=True)), {"ids": ids})


def _read_light(session: Session, user: UserId) -> list[LightPosting]:
    columns = [
        _as_text(name) if name in ("locations", "salaries") else getattr(PostingRow, name) for name in rows.LIGHT
    ]
    statement = select(*columns).where(_seen_by(user), PostingRow.closed_at.is_(None)).order_by(PostingRow.number)
    return [rows.light_of(row) for row in session.execute(statement)]


def _seen_by(user: UserId) -> Any:
    return or_(PostingRow.owner_id.is_(None), PostingRow.owner_id == user)


def _visible(user: UserId, *, closed: bool = True) -> Select[PostingRow]:
    statement = select(PostingRow).where(_seen_by(user))
    return statement if closed else statement.where(PostingRow.closed_at.is_(None))


def _as_text(name: str) -> Any:
    return cast(getattr(PostingRow, name), Text)


def _filtered(statement: Select[PostingRow], wanted: PostingFilter) -> Select[PostingRow]:
    row = PostingRow
    if wanted.closed:
        statement = statement.where(row.closed_at.is_not(None))
    if wanted.company:
        statement = statement.where(row.company_words.contains(folded(wanted.company), autoescape=True))
    if wanted.location:
        statement = statement.where(row.place_words.contains(folded(wanted.location), autoescape=True))
    if wanted.remote:
        statement = statement.where(row.remote == "remote")
    if wanted.since is not None:
        statement = statement.where(row.listed_at >= wanted.since)
    if wanted.min_salary is not None:
        statement = statement.where(row.pay_top >= wanted.min_salary)
    if wanted.source:
        statement = statement.where(row.source == wanted.source)
    return statement


def _close(session: Session, run: Run, keep: frozenset[str]) -> int:
    opened = select(PostingRow.number, PostingRow.external_id).where(PostingRow.board_id == run.board_id)
    gone = [row[0] for row in session.execute(opened.where(PostingRow.closed_at.is_(None))) if row[1] not in keep]
    for part in rows.chunks(gone, CHUNK):
        session.execute(update(PostingRow).where(PostingRow.number.in_(part)).values(closed_at=run.at))
    if gone:
        kv.put(session, CHANGED, new_id())
    return len(gone)


def _companies(session: Session, names: set[str], now: datetime) -> dict[str, str]:
    """The identity of each employer's name; a name not met before becomes one, or an alias of its like."""
    normal = {name: normal_name(name) for name in names}
    stored = select(CompanyAliasRow.normal, CompanyAliasRow.company_id).where(
        CompanyAliasRow.normal.in_(normal.values())
    )
    known = {row[0]: row[1] for row in session.execute(stored)}
    fresh, aliases = [], []
    for name, key in sorted(normal.items()):
        if key not in known:
            known[key] = new_id()
            fresh.append({"id": known[key], "name": name, "created_at": now})
            aliases.append({"normal": key, "company_id": known[key], "name": name})
    if fresh:
        session.execute(insert(CompanyRow), fresh)
        session.execute(insert(CompanyAliasRow), aliases)
    return {name: known[key] for name, key in normal.items()}
