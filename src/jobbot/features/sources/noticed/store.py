"""Beside the rows of postings, in the transaction that writes them: when they were seen, their changes, their marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobbot.features.sources import rows
from jobbot.features.sources.changes import notice
from jobbot.features.sources.changes import store as changes
from jobbot.features.sources.changes.model import FieldChange
from jobbot.features.sources.facts import store as facts
from jobbot.features.sources.facts.store import FactRow
from jobbot.features.sources.group import store as group
from jobbot.features.sources.group.prints import text_print
from jobbot.features.sources.model import Posting, Run
from jobbot.features.sources.tables.store import MarkRow, PostingRow
from jobbot.kernel.ids import PostingId

_PART = 500


def stored(ids: Iterable[str]) -> Any:
    """What is asked of stored postings before they are written again."""
    row = (PostingRow.id, PostingRow.number, PostingRow.content_hash, PostingRow.closed_at, PostingRow.complete)
    known = select(*row, PostingRow.posted_at, MarkRow.reader, MarkRow.text_print, FactRow.version.label("facts"))
    marked = known.outerjoin(MarkRow, MarkRow.number == PostingRow.number)
    return marked.outerjoin(FactRow, FactRow.number == PostingRow.number).where(PostingRow.id.in_(ids))


def seen_again(session: Session, run: Run, same: Sequence[Posting], known: Mapping[str, Any]) -> None:
    """What did not change was seen; where the board names another day for it, that day is kept, and its place in the
    lists is the old one."""
    if not same:
        return
    session.execute(update(PostingRow).where(PostingRow.id.in_([p.id for p in same])).values(last_seen=run.at))
    old = [known[posting.id].number for posting in same if known[posting.id].reader not in (None, run.reader)]
    if old:
        session.execute(update(MarkRow).where(MarkRow.number.in_(old)).values(reader=run.reader))
    dated = [posting for posting in same if posting.posted_at not in (None, known[posting.id].posted_at)]
    changes.record(session, {str(p.id): notice.moved(known[p.id], p) for p in dated}, run.at)
    days = [{"number": known[posting.id].number, "posted_at": posting.posted_at} for posting in dated]
    if days:
        session.execute(update(PostingRow), days)


def edited(session: Session, run: Run, changed: Sequence[Posting], known: Mapping[str, Any]) -> None:
    """Keep what employers changed. What was read by another version of ours may differ through that, and is kept only
    as a note that its words are others."""
    again = {p.id: p for p in changed if p.id in known and known[p.id].content_hash != p.content_hash}
    found: dict[str, Sequence[FieldChange]] = {}
    if not again:
        return
    same_reader = [key for key in again if known[key].reader == run.reader]
    for row in session.scalars(select(PostingRow).where(PostingRow.id.in_(same_reader))):
        found[row.id] = notice.changed(rows.posting_of(row), again[PostingId(row.id)])
    for key in again.keys() - set(same_reader):
        if known[key].text_print != text_print(again[key].text):
            found[key] = (notice.READ_ANEW,)
    changes.record(session, found, run.at)


def mark(session: Session, run: Run, changed: Sequence[Posting], stored: Mapping[str, int]) -> None:
    """Marks and facts for what was just written; `stored` are the numbers of what was there before."""
    numbers = dict(stored)
    for part in rows.chunks([posting.id for posting in changed if posting.id not in stored], _PART):
        named = session.execute(select(PostingRow.id, PostingRow.number).where(PostingRow.id.in_(part)))
        numbers.update((row.id, row.number) for row in named)
    before = [stored[posting.id] for posting in changed if posting.id in stored]
    group.keep(session, changed, numbers, run.reader, before)
    facts.keep(session, [(numbers[posting.id], posting.facts) for posting in changed], before)


def facts_again(session: Session, same: Sequence[Posting], known: Mapping[str, Any]) -> None:
    """Facts of what did not change, where those that are kept are of another version of the reading."""
    stale = [posting for posting in same if posting.complete and known[posting.id].facts != facts.VERSION]
    numbers = [known[posting.id].number for posting in stale]
    facts.keep(session, list(zip(numbers, (posting.facts for posting in stale), strict=True)), numbers)
