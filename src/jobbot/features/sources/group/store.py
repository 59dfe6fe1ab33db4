"""Marks of postings in the database: prints when a posting is written, groups of what they lead to, who is in one.

Each function works within the caller's transaction. A posting that changes takes what its old and its new prints lead
to with it, so that the groups are always those that all stored postings would be given at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from jobbot.features.sources import rows
from jobbot.features.sources.group.alike import Evidence, Seen, compare
from jobbot.features.sources.group.join import grouped
from jobbot.features.sources.group.prints import VERSION, Prints, employer_of, prints_of, role_words
from jobbot.features.sources.group.rank import rank_of
from jobbot.features.sources.model import Posting
from jobbot.features.sources.tables.store import MarkRow, PostingRow, seen_by, table_of
from jobbot.kernel.ids import UserId
from jobbot.platform.storage import kv

_PART = 500
_DONE = "posting_marks"
"""Setting: the version of the prints, and up to which posting all have been given marks of it."""
_NODE = (
    MarkRow.number,
    MarkRow.posting_id,
    MarkRow.owner_id,
    MarkRow.group_id,
    MarkRow.text_print,
    MarkRow.role_print,
    MarkRow.url_print,
)
_KINDS = ("text_print", "role_print", "url_print")


class _Mark(NamedTuple):
    """Of a posting's marks those that are compared."""

    number: int
    posting_id: str
    owner_id: str | None
    group_id: str
    text_print: str | None
    role_print: str | None
    url_print: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another posting of the same advert. `through` is the posting it is like where that is not the one asked for."""

    posting: Posting
    evidence: tuple[Evidence, ...]
    through: str | None = None

    def as_dict(self) -> dict[str, Any]:
        short = self.posting.as_dict()
        names = (
            "id",
            "source",
            "board",
            "title",
            "company",
            "locations",
            "url",
            "attribution",
            "first_seen",
            "closed_at",
        )
        told = {name: short[name] for name in (*names, "closed_reason")}
        return {**told, "evidence": [item.as_dict() for item in self.evidence], "through": self.through}


def keep(
    session: Session, postings: Sequence[Posting], numbers: Mapping[str, int], reader: int, stored: Sequence[int]
) -> None:
    """Give marks to postings that were just written, open ones, and group them with what is like them; of the numbers
    `stored` may have marks already.

    What has new marks is grouped in memory, before it is written: of a first reading nothing is read again.
    """
    before = _read(session, MarkRow.number, stored)
    for part in rows.chunks([mark.number for mark in before], _PART):
        session.execute(delete(MarkRow).where(MarkRow.number.in_(part)))
    fresh = {numbers[posting.id]: _values(posting, numbers[posting.id], reader) for posting in postings}
    near = _near(session, before, [_mark_of(values) for values in fresh.values()])
    told = {numbers[posting.id]: posting for posting in postings}
    found = grouped(_nodes(session, near, told))
    for values in fresh.values():
        values["group_id"] = found[values["posting_id"]]
    if fresh:
        session.execute(insert(table_of(MarkRow)), list(fresh.values()))
    others = (mark for mark in near if mark.number not in fresh and found[mark.posting_id] != mark.group_id)
    moved = [{"number": mark.number, "group_id": found[mark.posting_id]} for mark in others]
    if moved:
        session.execute(update(MarkRow), moved)


def keep_again(session: Session, postings: Sequence[Posting], numbers: Mapping[str, int]) -> None:
    """New prints and groups for stored postings, open or closed, whose other marks stay as they are."""
    stays = (MarkRow.number, MarkRow.reader, MarkRow.closes_at, MarkRow.closed_why)
    known: list[dict[str, Any]] = []
    for part in rows.chunks(list(numbers.values()), _PART):
        known += [row._asdict() for row in session.execute(select(*stays).where(MarkRow.number.in_(part)))]
    keep(session, postings, numbers, 0, list(numbers.values()))
    if known:
        session.execute(update(MarkRow), known)


def catch_up(session: Session, most: int = 2_000) -> int:
    """Give marks to postings that have none of this version: those of before an upgrade. How many are done."""
    state: Any = kv.get(session, _DONE) or {}
    after = state.get("after", 0) if state.get("version") == VERSION else 0
    if after is None:
        return 0
    statement = select(PostingRow).where(PostingRow.number > after).order_by(PostingRow.number).limit(most)
    found = session.scalars(statement).all()
    for part in rows.chunks(found, _PART):
        keep_again(session, [rows.posting_of(row) for row in part], {row.id: row.number for row in part})
    kv.put(session, _DONE, {"version": VERSION, "after": found[-1].number if len(found) == most else None})
    return len(found)


def marked(session: Session, postings: Sequence[Posting], user: UserId) -> list[Posting]:
    """The same with their group, how many other open postings of it the user sees, and why they were closed."""
    told: dict[str, Any] = {}
    names = (PostingRow.id, MarkRow.group_id, MarkRow.rank, MarkRow.closes_at, MarkRow.closed_why)
    joined = select(*names).join(MarkRow, MarkRow.number == PostingRow.number)
    for part in rows.chunks([posting.id for posting in postings], _PART):
        told.update((row.id, row) for row in session.execute(joined.where(PostingRow.id.in_(part))))
    sizes = _open_in(session, {row.group_id for row in told.values()}, user)
    return [_with(posting, told.get(posting.id), sizes) for posting in postings]


def _with(posting: Posting, row: Any | None, sizes: Mapping[str, int]) -> Posting:
    if row is None:
        return replace(posting, group=posting.id)
    others = sizes.get(row.group_id, 0) - (posting.closed_at is None)
    known = {"group": row.group_id, "rank": row.rank, "copies": max(0, others)}
    return replace(posting, closes_at=row.closes_at, closed_why=row.closed_why, **known)


def _open_in(session: Session, groups: Iterable[str], user: UserId) -> dict[str, int]:
    found: Counter[str] = Counter()
    tally = (
        select(MarkRow.group_id, func.count())
        .join(PostingRow, PostingRow.number == MarkRow.number)
        .where(seen_by(user), PostingRow.closed_at.is_(None))
        .group_by(MarkRow.group_id)
    )
    for part in rows.chunks(sorted(groups), _PART):
        found.update({row[0]: row[1] for row in session.execute(tally.where(MarkRow.group_id.in_(part)))})
    return dict(found)


def members(session: Session, groups: Iterable[str], user: UserId) -> dict[str, list[Any]]:
    """{group: what is known of the life of its postings the user sees, open and closed}, in the order they came."""
    found: dict[str, list[Any]] = defaultdict(list)
    statement = (
        select(MarkRow.group_id, MarkRow.rank, MarkRow.closed_why, PostingRow.number, *_LIFE)
        .join(PostingRow, PostingRow.number == MarkRow.number)
        .where(seen_by(user))
        .order_by(PostingRow.number)
    )
    for part in rows.chunks(sorted(set(groups)), _PART):
        for row in session.execute(statement.where(MarkRow.group_id.in_(part))):
            found[row.group_id].append(row)
    return dict(found)


_LIFE = tuple(
    getattr(PostingRow, name)
    for name in ("id", "owner_id", "source", "board", "title", "posted_at", "first_seen", "last_seen", "closed_at")
)


def copies(session: Session, posting: Posting, user: UserId, most: int = 200) -> list[Copy]:
    """The other postings of the same advert that the user sees, the employer's own board first, with the evidence."""
    own = select(MarkRow.group_id).where(MarkRow.posting_id == posting.id, MarkRow.number == _number_of(posting))
    group = session.scalar(own)
    there = select(MarkRow.number, MarkRow.rank).join(PostingRow, PostingRow.number == MarkRow.number)
    wanted = (
        there.where(seen_by(user), MarkRow.group_id == group).order_by(MarkRow.rank, MarkRow.number).limit(most + 1)
    )
    order = [row.number for row in session.execute(wanted)]
    found = {row.number: row for row in session.scalars(select(PostingRow).where(PostingRow.number.in_(order)))}
    every = [rows.posting_of(found[number]) for number in order]
    others = marked(session, [other for other in every if other.id != posting.id], user)
    return _told(posting, others)


def _number_of(posting: Posting) -> Any:
    return select(PostingRow.number).where(PostingRow.id == posting.id).scalar_subquery()


def _told(posting: Posting, others: Sequence[Posting]) -> list[Copy]:
    """Evidence from the one that is shown outwards: where two are not alike themselves, a third is like both."""
    seen = {one.id: _seen_of(one) for one in (posting, *others)}
    left, reached = dict.fromkeys(other.id for other in others), [posting.id]
    how: dict[str, tuple[tuple[Evidence, ...], str | None]] = {}
    for near in reached:
        for other in list(left):
            verdict = compare(seen[near], seen[other])
            if verdict:
                how[other] = verdict.evidence, None if near == posting.id else near
                del left[other]
                reached.append(other)
    return [Copy(other, *how.get(other.id, ((), None))) for other in others]


def _seen_of(posting: Posting) -> Seen:
    role = role_words(posting.title, posting.locations)
    board = (posting.source, posting.board)
    told = (posting.locations, posting.text, posting.owner, board, employer_of(posting.company))
    return Seen(posting.id, prints_of(posting), role, *told)


def _values(posting: Posting, number: int, reader: int) -> dict[str, Any]:
    prints = prints_of(posting)
    return {
        "number": number,
        "posting_id": posting.id,
        "owner_id": posting.owner,
        "group_id": posting.id,
        "rank": rank_of(posting),
        "reader": reader,
        **dict(zip(_KINDS, prints, strict=True)),
        "closes_at": posting.closes_at,
        "closed_why": None,
    }


def _near(session: Session, before: Sequence[_Mark], fresh: Sequence[_Mark]) -> list[_Mark]:
    """What was just written, with all that was or is now like one of these, and everything in their groups."""
    alike = [mark for kind in _KINDS for mark in _read(session, getattr(MarkRow, kind), _prints(kind, before, fresh))]
    groups = {mark.group_id for mark in (*before, *alike)}
    near = {mark.number: mark for mark in (*alike, *_read(session, MarkRow.group_id, sorted(groups)))}
    return [*near.values(), *fresh]


def _prints(kind: str, *marks: Sequence[_Mark]) -> list[str]:
    return sorted({getattr(mark, kind) for some in marks for mark in some} - {None})


def _mark_of(values: Mapping[str, Any]) -> _Mark:
    return _Mark(*(values[name] for name in _Mark._fields))


def _read(session: Session, column: Any, values: Sequence[Any]) -> list[_Mark]:
    """Rows of `_NODE`, which have the names of a mark's fields."""
    found: list[Any] = []
    for part in rows.chunks(values, _PART):
        found += session.execute(select(*_NODE).where(column.in_(part))).all()
    return found


def _nodes(session: Session, marks: Sequence[_Mark], known: Mapping[int, Posting]) -> list[Seen]:
    """What is compared; texts are needed only where prints alone do not tell, and read where they are not `known`."""
    told: dict[int, Any] = {}
    unsettled = _unsettled(marks)
    columns = (*_PLACE, PostingRow.title, PostingRow.company, PostingRow.locations, PostingRow.text)
    for part in rows.chunks([number for number in unsettled if number not in known], _PART):
        told.update((row.number, row) for row in session.execute(select(*columns).where(PostingRow.number.in_(part))))
    told.update((number, known[number]) for number in unsettled if number in known)
    return [_node(mark, told.get(mark.number)) for mark in marks]


_PLACE = (PostingRow.number, PostingRow.source, PostingRow.board)


def _node(mark: _Mark, row: Any | None) -> Seen:
    prints = Prints(mark.text_print, mark.role_print, mark.url_print)
    if row is None:
        return Seen(mark.posting_id, prints, owner=mark.owner_id)
    places = tuple(row.locations)
    board, role = (row.source, row.board), role_words(row.title, places)
    return Seen(mark.posting_id, prints, role, places, row.text, mark.owner_id, board, employer_of(row.company))


def _unsettled(marks: Sequence[_Mark]) -> list[int]:
    """Those of a role or page that is told in different words, or in none; those of a text told of different roles."""
    blocks: dict[tuple[str, str], list[_Mark]] = defaultdict(list)
    for mark in marks:
        for kind in _KINDS:
            if getattr(mark, kind) is not None:
                blocks[kind, getattr(mark, kind)].append(mark)
    apart = (block for (kind, _), block in blocks.items() if len(block) > 1 and not _settled(block, kind))
    return sorted({mark.number for block in apart for mark in block})


def _settled(block: Sequence[_Mark], kind: str) -> bool:
    told = {mark.role_print if kind == "text_print" else mark.text_print for mark in block}
    return len(told) == 1 and None not in told
