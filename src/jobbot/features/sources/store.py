"""Tables of boards, runs and postings, and the one class that reads and writes them.

A posting with an owner is seen by that user alone: `tables.visible` stands under every reading statement.
"""

from __future__ import annotations

import zlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from jobbot.features.sources import rows, search
from jobbot.features.sources.changes import store as changes
from jobbot.features.sources.changes.model import Change
from jobbot.features.sources.closing import store as closing
from jobbot.features.sources.company import normal_name
from jobbot.features.sources.facts import store as facts
from jobbot.features.sources.facts.wanted import facts_wanted
from jobbot.features.sources.group import store as group
from jobbot.features.sources.lifecycle import Known, Outcome, judge
from jobbot.features.sources.model import LightPosting, Page, Posting, PostingFilter, Reject, Run
from jobbot.features.sources.noticed import store as noticed
from jobbot.features.sources.pages import store as pages
from jobbot.features.sources.renamed import store as renames
from jobbot.features.sources.runs.store import BoardRow, Journal, QuarantineRow, end
from jobbot.features.sources.signs import store as signs
from jobbot.features.sources.signs.model import Sign
from jobbot.features.sources.tables.store import (
    CHANGED as CHANGED,
)
from jobbot.features.sources.tables.store import (
    CompanyAliasRow,
    CompanyRow,
    MarkRow,
    PayloadRow,
    PostingRow,
    as_text,
    seen_by,
    table_of,
    visible,
)
from jobbot.kernel.errors import InvalidInput, NotFound, Problem
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId, new_id
from jobbot.platform.storage import Database, kv

CHUNK = 500
"""Most postings of one transaction."""
_KEPT_USERS = 4


class PostingStore:
    """Everything stored about boards and postings. Reads are one snapshot, each write is one short transaction.

    A search that matches more than `broad` postings ranks those that came last.
    """

    def __init__(self, database: Database, broad: int = pages.BROAD) -> None:
        self.database = database
        self._broad = broad
        self.journal = Journal(database)
        self._light: OrderedDict[UserId, tuple[str, list[LightPosting]]] = OrderedDict()

    def get(self, id_or_prefix: str, user: UserId = LOCAL_USER) -> Posting:
        """One posting by its id or an unambiguous beginning of it. Raises NotFound, or InvalidInput with candidates."""
        prefix = id_or_prefix.strip().lower()
        if not prefix.isalnum() or len(prefix) > 16:
            raise InvalidInput(f"{id_or_prefix!r} is no posting id: 16 letters and digits, or the first few of them")
        with self.database.read() as session:
            begins = PostingRow.id.between(prefix, prefix.ljust(16, "z"))  # by the index, which LIKE does not use
            found = session.scalars(visible(user).where(begins).limit(6)).all()
            told = _told(session, [rows.posting_of(row) for row in found[:1]], user)
        if not found:
            raise NotFound(f"no posting {id_or_prefix!r}; `jobbot postings list` shows what is there")
        if len(found) > 1:
            raise InvalidInput(
                f"{id_or_prefix!r} fits more than one posting; give more of the id",
                errors=[Problem(f"{row.id}  {row.title} - {row.company}") for row in found],
            )
        return told[0]

    def copies(self, posting: Posting, user: UserId = LOCAL_USER) -> list[group.Copy]:
        """Other postings of the same advert that the user sees, with what shows it."""
        with self.database.read() as session:
            return group.copies(session, posting, user)

    def changes(self, posting: PostingId) -> list[Change]:
        """What was changed in a posting that the caller may see, the last first."""
        with self.database.read() as session:
            return changes.changes(session, posting)

    def signs(
        self, postings: Sequence[Posting], now: datetime, user: UserId = LOCAL_USER
    ) -> dict[str, tuple[Sign, ...]]:
        """{posting: its signs}, of postings as this store gave them; those without any are left out."""
        with self.database.read() as session:
            return signs.signs(session, postings, user, now)

    def all(self, user: UserId = LOCAL_USER, *, closed: bool = False) -> Iterator[Posting]:
        """Every open posting (with `closed`: every posting), in the order they came."""
        last = 0
        while True:
            with self.database.read() as session:
                statement = visible(user, closed=closed).where(PostingRow.number > last)
                found = session.scalars(statement.order_by(PostingRow.number).limit(CHUNK)).all()
                told = _told(session, list(map(rows.posting_of, found)), user)
            if not found:
                return
            yield from told
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
                some = map(rows.posting_of, session.scalars(visible(user).where(PostingRow.id.in_(part))))
                found.update((posting.id, posting) for posting in _told(session, list(some), user))
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
        with self.database.read() as session:
            return pages.matches(session, words, user, limit, every=every, closed=closed)

    def page(self, wanted: PostingFilter, user: UserId = LOCAL_USER, cursor: str = "", limit: int = 20) -> Page:
        """A page of postings without their texts: newest first, or best first with a query.

        Raises InvalidInput for a foreign cursor, and for a country, level or kind of employment that is none.
        """
        self._catch_up(wanted)
        with self.database.read() as session:
            if wanted.query:
                page = pages.best(session, wanted, user, cursor, limit, self._broad)
            else:
                page = pages.newest(session, wanted, user, cursor, limit)
            return Page(tuple(_told(session, page.items, user)), page.next)

    def rankings(
        self,
        wanted: PostingFilter,
        user: UserId,
        near: Sequence[Sequence[str]],
        reads: Callable[[str | None], bool],
        depth: int,
        otherwise: Sequence[str] = (),
    ) -> pages.Rankings:
        """What passes, by the words of `wanted`, by each view of ids that are near in meaning, and by other wordings.

        Raises InvalidInput as `page` does.
        """
        self._catch_up(wanted)
        with self.database.read() as session:
            return pages.rankings(session, wanted, user, near, reads, depth, otherwise, self._broad)

    def after(
        self, wanted: PostingFilter, head: pages.Head, user: UserId, start: int, limit: int
    ) -> tuple[dict[int, Posting], bool]:
        """{row: posting} from place `start` of a list that begins with `head`, and whether more follow."""
        with self.database.read() as session:
            found, more = pages.after(session, wanted, user, head, start, limit, self._broad)
            return dict(zip(found, _told(session, list(found.values()), user), strict=True)), more

    def holding(self, words: str, numbers: Collection[int], *, every: bool) -> set[int]:
        """Those of the rows that hold the words, each of them where `every`."""
        with self.database.read() as session:
            return pages.holding(session, words, numbers, every=every)

    def _catch_up(self, wanted: PostingFilter) -> None:
        """Read the facts of what is stored from before they were, once, when they are first asked for."""
        if not facts_wanted(wanted.country, wanted.seniority, wanted.employment, wanted.location).any:
            return
        with self.database.read() as session:
            lacking = facts.lacking(session)
        while lacking:
            with self.database.write() as session:
                facts.catch_up(session)
                lacking = facts.lacking(session)

    def payload(self, posting: PostingId, user: UserId = LOCAL_USER) -> bytes | None:
        """The vendor's object (JSON) behind a posting."""
        statement = select(PayloadRow.body).join(PostingRow, PostingRow.id == PayloadRow.posting_id)
        with self.database.read() as session:
            body = session.scalar(statement.where(seen_by(user), PostingRow.id == posting))
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
            "open": select(func.count()).where(seen_by(user), PostingRow.closed_at.is_(None)),
            "closed": select(func.count()).where(seen_by(user), PostingRow.closed_at.is_not(None)),
            "boards": select(func.count()).select_from(BoardRow),
            "quarantined": select(func.count()).select_from(QuarantineRow).where(mine),
        }
        with self.database.read() as session:
            return {name: session.scalar(statement) or 0 for name, statement in statements.items()}

    def save(self, run: Run, postings: Sequence[tuple[Posting, bytes]]) -> Counter[Outcome]:
        """Write up to `CHUNK` postings with their payloads (compressed JSON): all of them or none."""
        by_id = {posting.id: (posting, body) for posting, body in postings}
        with self.database.write() as session:
            known = {row.id: row for row in session.execute(noticed.stored(by_id))}
            judged = {key: _judged(known.get(key), posting) for key, (posting, _) in by_id.items()}
            same = [by_id[key][0] for key, outcome in judged.items() if outcome is Outcome.UNCHANGED]
            changed = [by_id[key] for key, outcome in judged.items() if outcome is not Outcome.UNCHANGED]
            noticed.seen_again(session, run, same, known)
            noticed.edited(session, run, [posting for posting, _ in changed], known)
            self._write(session, run, changed, {key: row.number for key, row in known.items()})
            noticed.facts_again(session, same, known)
        return Counter(judged.values())

    def _write(
        self, session: Session, run: Run, changed: list[tuple[Posting, bytes]], numbers: Mapping[str, int]
    ) -> None:
        companies = _companies(session, {posting.company for posting, _ in changed if posting.company}, run.at)
        names = renames.words(session, set(companies.values()))
        fresh, again = [], []
        for posting, _ in changed:
            values = rows.values_of(posting, run.at) | {"board_id": run.board_id}
            values["company_id"] = company = companies.get(posting.company)
            if company in names:
                values["company_words"] = renames.searched(posting.company, names[company])
            if posting.id in numbers:
                again.append(values | {"number": numbers[posting.id]})
            else:
                fresh.append(values | {"first_seen": run.at})
        sqlite = self.database.dialect == "sqlite"
        if again and sqlite:
            _run(session, search.SQLITE_FORGET, [value["id"] for value in again])
        if fresh:
            session.execute(insert(table_of(PostingRow)), fresh)
        if again:
            session.execute(update(PostingRow), again)
            session.execute(delete(PayloadRow).where(PayloadRow.posting_id.in_([value["id"] for value in again])))
        bodies = [{"posting_id": posting.id, "fetched_at": run.at, "body": body} for posting, body in changed]
        if bodies:
            kv.put(session, CHANGED, new_id())
            session.execute(insert(table_of(PayloadRow)), bodies)
            index = search.SQLITE_INDEX if sqlite else search.POSTGRES_INDEX
            _run(session, index, [posting.id for posting, _ in changed])
            noticed.mark(session, run, [posting for posting, _ in changed], numbers)

    def rename(self, run: Run, former: str, name: str) -> int:
        """The employer of the run's board changed its name: its postings carry the new one and are found by both. How
        many."""
        with self.database.write() as session:
            ids = renames.rename(session, run.board_id, former, name, run.at)
            for part in rows.chunks(ids, CHUNK):
                renamed = session.scalars(select(PostingRow).where(PostingRow.id.in_(part))).all()
                numbers = {row.id: row.number for row in renamed}
                group.keep_again(session, [rows.posting_of(row) for row in renamed], numbers)
            if ids:
                kv.put(session, CHANGED, new_id())
        return len(ids)

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
            closed = closing.close_absent(session, run, frozenset(keep)) if keep is not None else 0
            group.catch_up(session)
            end(session, run, state, {**counts, "closed": closed}, rejects)
        return closed

    def age_out(self, run: Run, unseen_before: datetime | None = None) -> int:
        """Close what nobody shows any more though no board said that it is closed: how many.

        Of the feed of this run what was last seen before that moment, and what is past the day it named and was not
        shown now; of what users brought what is past its day. A board that lists what is past its day knows better.
        """
        with self.database.write() as session:
            return closing.age_out(session, run, unseen_before)


def _told(session: Session, postings: Sequence[Posting], user: UserId) -> list[Posting]:
    """With what is worked out about them: their group, their facts."""
    return facts.told(session, group.marked(session, postings, user))


def _judged(row: Any, posting: Posting) -> Outcome:
    known = Known(row.content_hash, row.closed_at, row.complete) if row is not None else None
    return judge(known, posting.content_hash, complete=posting.complete)


def _run(session: Session, statement: str, ids: list[PostingId]) -> None:
    session.execute(text(statement).bindparams(bindparam("ids", expanding=True)), {"ids": ids})


def _read_light(session: Session, user: UserId) -> list[LightPosting]:
    columns = [as_text(name) if name in rows.JSON_TEXT else getattr(PostingRow, name) for name in rows.LIGHT]
    marks = (func.coalesce(MarkRow.group_id, PostingRow.id), func.coalesce(MarkRow.rank, 0))
    open_ones = select(*columns, *marks).outerjoin(MarkRow, MarkRow.number == PostingRow.number)
    statement = open_ones.where(seen_by(user), PostingRow.closed_at.is_(None)).order_by(PostingRow.number)
    return [rows.light_of(row) for row in session.execute(statement)]


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
