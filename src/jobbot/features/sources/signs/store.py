"""Signs of stored postings. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobbot.features.sources.changes import store as changes
from jobbot.features.sources.changes.model import POSTED, FieldChange
from jobbot.features.sources.group import store as group
from jobbot.features.sources.lifecycle import AGED
from jobbot.features.sources.model import Posting
from jobbot.features.sources.signs.model import Sign
from jobbot.features.sources.signs.notice import Life, Move, signs_of
from jobbot.kernel.ids import UserId


def signs(session: Session, postings: Sequence[Posting], user: UserId, now: datetime) -> dict[str, tuple[Sign, ...]]:
    """{posting: its signs} of those that show any; the postings come with their groups."""
    ids = [posting.id for posting in postings]
    lives = {name: [_life(row) for row in found] for name, found in _members(session, postings, user).items()}
    dates, edits = changes.of_field(session, ids, POSTED), changes.last_edited(session, ids)
    found: dict[str, tuple[Sign, ...]] = {}
    for posting in postings:
        line = lives.get(posting.group, [])
        own = next((life for life in line if life.id == posting.id), None)
        if own is not None:
            others = [life for life in line if life is not own]
            moves = [_move(at, item) for at, item in dates.get(posting.id, [])]
            found[posting.id] = signs_of(own, others, moves, edits.get(posting.id), now)
    return {name: some for name, some in found.items() if some}


def _members(session: Session, postings: Sequence[Posting], user: UserId) -> dict[str, list[Any]]:
    return group.members(session, {posting.group for posting in postings}, user)


def _life(row: Any) -> Life:
    board = (row.source, row.board)
    seen = (row.first_seen, row.last_seen, row.posted_at, row.closed_at)
    return Life(row.id, board, row.rank, row.title, *seen, aged=row.closed_why in AGED)


def _move(at: datetime, item: FieldChange) -> Move:
    return Move(at, datetime.fromisoformat(item.before or ""), datetime.fromisoformat(item.after or ""))
