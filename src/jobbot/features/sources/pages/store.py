"""One page at a time, without the texts: what a list shows of a posting is a fiftieth of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Float, Integer, Select, and_, column, exists, literal_column, or_, select, text, tuple_
from sqlalchemy.orm import Session, aliased

from jobbot.features.sources import rows, search
from jobbot.features.sources.company import folded
from jobbot.features.sources.facts import store as facts
from jobbot.features.sources.facts.wanted import facts_wanted
from jobbot.features.sources.model import Page, Posting, PostingFilter
from jobbot.features.sources.tables.store import MarkRow, PostingRow, as_text, seen_by, visible
from jobbot.kernel.ids import PostingId, UserId

_SHORT = tuple(as_text(name) if name in rows.JSON_TEXT else getattr(PostingRow, name) for name in rows.SHORT)
_DEPTH = 4
"""How many times as many rows are ranked at first as are wanted, for some may be closed or somebody else's."""
BROAD = 5_000
"""Of more postings than these that hold the words, those that came last are ranked: a word that stands in half of all
postings tells little between them, and ranking fifty thousand costs what two hundred other requests cost."""
Ranked = list[tuple[int, float]]


def newest(session: Session, wanted: PostingFilter, user: UserId, cursor: str, limit: int) -> Page:
    """Raises InvalidInput for a foreign cursor."""
    statement = _filtered(wanted, user)
    statement = (_first_of_their_group(statement, wanted, user) if wanted.unique else statement).with_only_columns(
        *_SHORT
    )
    if cursor:
        moment, number = rows.place_of(cursor)
        same = and_(PostingRow.listed_at == moment, PostingRow.number < number)
        statement = statement.where(PostingRow.listed_at <= moment, or_(PostingRow.listed_at < moment, same))
    order = statement.order_by(PostingRow.listed_at.desc(), PostingRow.number.desc())
    found = session.execute(order.limit(limit + 1)).all()
    last = found[limit - 1] if len(found) > limit else None
    rest = rows.place_cursor(last.listed_at, last.number) if last else None
    return Page(tuple(map(rows.short_of, found[:limit])), rest)


def best(session: Session, wanted: PostingFilter, user: UserId, cursor: str, limit: int, broad: int = BROAD) -> Page:
    """What holds every word; where nothing does, what holds any. Raises InvalidInput for a foreign cursor.

    With `unique` the best of an advert's copies gives the place, and the one that stands for them is shown there.
    """
    start = rows.offset_of(cursor)
    words = _Words(session, wanted, user, broad, limit)
    some, more = _slice(session, wanted, words.best, start, limit)
    shown = _shown(session, some, select(PostingRow))
    return Page(tuple(shown.values()), rows.offset_cursor(start + limit) if more else None)


class Rankings(NamedTuple):
    """Numbers of postings that pass, best first: by words (all that hold them where `whole`; `every`: each of the
    words), by each view of meaning, and by each other wording all of which they hold."""

    words: list[int]
    views: list[list[int]]
    every: bool
    whole: bool
    others: list[list[int]]


def rankings(
    session: Session,
    wanted: PostingFilter,
    user: UserId,
    near: Sequence[Sequence[str]],
    reads: Callable[[str | None], bool],
    depth: int,
    otherwise: Sequence[str] = (),
    broad: int = BROAD,
) -> Rankings:
    """The best `depth` by words, and of the ids that stand near in meaning those that pass and whose language is read,
    at most `depth` of a view."""
    words = _Words(session, wanted, user, broad, depth)
    found = [number for number, _ in words.best(depth + 1)]
    passing: dict[str, int] = {}
    columns = (PostingRow.id, PostingRow.number, PostingRow.language)
    for part in rows.chunks(list(dict.fromkeys(name for view in near for name in view)), 500):
        some = _filtered(wanted, user).with_only_columns(*columns).where(PostingRow.id.in_(part))
        passing.update((row.id, row.number) for row in session.execute(some) if reads(row.language))
    views = [[passing[name] for name in view if name in passing][:depth] for view in near]
    others = [_Words(session, replace(wanted, query=one), user, broad, depth) for one in otherwise]
    said = [[number for number, _ in other.best(depth)] for other in others if other.every]
    return Rankings(found[:depth], views, words.every, len(found) <= depth, said)


def holding(session: Session, words: str, numbers: Collection[int], *, every: bool) -> set[int]:
    """Those of the rows that hold the words."""
    found, query = _held(session), _words(session, words, every=every)
    held = select(found.c.number).where(found.c.number.in_(sorted(numbers)))
    return set(session.scalars(held, {"words": query})) if query else set()


class Head(NamedTuple):
    """The beginning of a list, merged from several rankings; `whole`: nothing comes after it."""

    numbers: Sequence[int]
    whole: bool


def after(
    session: Session, wanted: PostingFilter, user: UserId, head: Head, start: int, limit: int, broad: int = BROAD
) -> tuple[dict[int, Posting], bool]:
    """{row: posting} of `limit` places from `start` on, and whether more follow: first the head, then what else holds
    the words.

    What has ceased to pass since the head was made is left out, and every other place stays what it was.
    """
    words = _Words(session, wanted, user, broad, limit)
    first = dict.fromkeys(head.numbers)

    def upto(most: int) -> Ranked:
        order: Ranked = [(number, 0.0) for number in first]
        if len(order) < most and not head.whole:
            order += [pair for pair in words.best(most + len(first)) if pair[0] not in first]
        return order[:most]

    some, more = _slice(session, wanted, upto, start, limit)
    return _shown(session, some, _filtered(wanted, user)), more


class _Words:
    """The ranking by words, to any depth. `page` rows at least are looked for where few of those that hold the words
    pass."""

    def __init__(self, session: Session, wanted: PostingFilter, user: UserId, broad: int, page: int) -> None:
        self._session, self._wanted, self._user = session, wanted, user
        self._broad, self._page = broad, page

    @cached_property
    def _query(self) -> tuple[str, bool]:
        asked, session = self._wanted.query, self._session
        query, other = (_words(session, asked, every=every) for every in (True, False))
        every = query == other or _any(session, query, self._user, self._wanted.closed)
        return (query, True) if every else (other, False)

    @property
    def every(self) -> bool:
        """Whether anything holds all of the words."""
        return self._query[1]

    def best(self, most: int) -> Ranked:
        wanted = self._wanted
        unfiltered = replace(wanted, unique=False) == PostingFilter(wanted.query)
        ranked = _nearly_all if unfiltered else _passing
        return ranked(self._session, self._query[0], _filtered(wanted, self._user), most, self._page, self._broad)


def _slice(
    session: Session, wanted: PostingFilter, upto: Callable[[int], Ranked], start: int, limit: int
) -> tuple[list[int], bool]:
    """The numbers at `start` and after, and whether there are more; with `unique` one of each group."""
    most = start + limit + 1
    found = upto(most)
    while wanted.unique:
        apart = _apart(session, found)
        if len(apart) >= start + limit + 1 or len(found) < most:
            found = apart
            break
        most *= 4
        found = upto(most)
    numbers = [number for number, _ in found[start:]]
    return numbers[:limit], len(numbers) > limit


def _shown(session: Session, numbers: Sequence[int], allowed: Select[PostingRow]) -> dict[int, Posting]:
    short = session.execute(allowed.with_only_columns(*_SHORT).where(PostingRow.number.in_(numbers)))
    by_number = {row.number: rows.short_of(row) for row in short}
    return {number: by_number[number] for number in numbers if number in by_number}


def matches(
    session: Session, words: str | Sequence[str], user: UserId, limit: int, *, every: bool, closed: bool
) -> list[tuple[PostingId, float]]:
    """Ids and scores of what holds the words, best first."""
    query = _words(session, words, every=every)
    found = _nearly_all(session, query, visible(user, closed=closed), limit, limit, None)
    ids: dict[int, PostingId] = {}
    for part in rows.chunks([number for number, _ in found], 500):
        named = session.execute(select(PostingRow.number, PostingRow.id).where(PostingRow.number.in_(part)))
        ids.update((row.number, PostingId(row.id)) for row in named)
    return [(ids[number], score) for number, score in found]


def _words(session: Session, words: str | Sequence[str], *, every: bool) -> str:
    here = _dialect(session) == "sqlite"
    return search.sqlite_query(words, every=every) if here else search.postgres_query(words, every=every)


def _passing(
    session: Session, query: str, allowed: Select[PostingRow], most: int, _page: int, broad: int | None
) -> Ranked:
    """The best `most` rows that hold the query and are `allowed`, of the `broad` that came last.

    What is allowed is gathered first; the plus keeps SQLite from looking each of them up in the index.
    """
    numbers = allowed.with_only_columns(PostingRow.number)
    found = _held(session)
    return _best(session, query, select(found).where(literal_column("+found.number").in_(numbers)), most, broad)


def _nearly_all(
    session: Session, query: str, allowed: Select[PostingRow], most: int, page: int, broad: int | None
) -> Ranked:
    """The same where nearly every row is allowed: the best are ranked first and looked up after.

    Where closed postings leave less than the first page, more are ranked. Later pages do not change that, so that
    all pages are of one order.
    """
    numbers, depth = allowed.with_only_columns(PostingRow.number), _DEPTH * most
    while True:
        ranked = _best(session, query, select(_held(session)), depth, broad)
        kept = _kept(session, ranked, numbers)
        whole = len(ranked) < depth
        if len(kept) >= most or (whole and (broad is None or len(ranked) < broad or len(kept) > page)):
            return kept[:most]
        depth, broad = depth * 8, broad * 8 if whole and broad else broad


def _held(session: Session) -> Any:
    """The rows that hold the words, with their scores."""
    statement = text(search.SQLITE if _dialect(session) == "sqlite" else search.POSTGRES)
    return statement.columns(column("number", Integer), column("score", Float)).subquery("found")


def _best(session: Session, query: str, found: Select[Any], most: int, broad: int | None) -> Ranked:
    if not query:
        return []
    if broad is not None:
        found = select(found.order_by(found.selected_columns.number.desc()).limit(broad).subquery("last"))
    score, number = found.selected_columns.score, found.selected_columns.number
    told = session.execute(found.order_by(score.desc(), number).limit(most), {"words": query}).all()
    return [(row.number, row.score) for row in told]


def _kept(session: Session, ranked: Ranked, numbers: Select[Any]) -> Ranked:
    passing: set[int] = set()
    for part in rows.chunks([number for number, _ in ranked], 500):
        passing.update(session.scalars(numbers.where(PostingRow.number.in_(part))).all())
    return [pair for pair in ranked if pair[0] in passing]


def _any(session: Session, query: str, user: UserId, closed: bool) -> bool:
    """Whether any posting that the user sees holds it; stops at the first."""
    if not query:
        return False
    found = _held(session)
    held = select(found.c.number).where(
        visible(user, closed=closed).where(PostingRow.number == found.c.number).exists()
    )
    return session.scalar(select(exists(held)), {"words": query}) is True


def _apart(session: Session, ranked: Ranked) -> Ranked:
    """One of each group, at the place of the best of them."""
    marks: dict[int, tuple[str, int]] = {}
    for part in rows.chunks([number for number, _ in ranked], 500):
        some = select(MarkRow.number, MarkRow.group_id, MarkRow.rank).where(MarkRow.number.in_(part))
        marks.update((row.number, (row.group_id, row.rank)) for row in session.execute(some))
    chosen: dict[str | int, tuple[tuple[int, int], float]] = {}
    for number, score in ranked:
        name, rank = marks.get(number, (number, 0))
        before = chosen.setdefault(name, ((rank, number), score))
        chosen[name] = min(before[0], (rank, number)), before[1]
    return [(number, score) for (_, number), score in chosen.values()]


def _first_of_their_group(statement: Select[PostingRow], wanted: PostingFilter, user: UserId) -> Select[PostingRow]:
    """Only what stands for all copies of its advert that pass."""
    other, mark = aliased(PostingRow), aliased(MarkRow)
    before = (
        select(mark.number)
        .join(other, other.number == mark.number)
        .where(mark.group_id == MarkRow.group_id, *_conditions(wanted, user, other))
        .where(tuple_(mark.rank, mark.number) < tuple_(MarkRow.rank, MarkRow.number))
    )
    return statement.outerjoin(MarkRow, MarkRow.number == PostingRow.number).where(~before.exists())


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _filtered(wanted: PostingFilter, user: UserId) -> Select[PostingRow]:
    return select(PostingRow).where(*_conditions(wanted, user, PostingRow))


def _conditions(wanted: PostingFilter, user: UserId, row: Any) -> list[Any]:
    """What a row must hold to pass; `row` is the table of postings or an alias of it."""
    passing = [seen_by(user, row), row.closed_at.is_not(None) if wanted.closed else row.closed_at.is_(None)]
    if wanted.company:
        passing.append(row.company_words.contains(folded(wanted.company), autoescape=True))
    asked = facts_wanted(wanted.country, wanted.seniority, wanted.employment, wanted.location)
    passing += facts.passing(asked, row.number)
    if wanted.location:
        named = row.place_words.contains(folded(wanted.location), autoescape=True)
        passing.append(facts.placed(asked, row.number, named))
    if wanted.remote:
        passing.append(row.remote == "remote")
    if wanted.since is not None:
        passing.append(row.listed_at >= wanted.since)
    if wanted.min_salary is not None:
        passing.append(row.pay_top >= wanted.min_salary)
    if wanted.source:
        passing.append(row.source == wanted.source)
    return passing
