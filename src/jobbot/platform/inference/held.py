"""What of the vectors is whose: those that only the user's own postings point at, and their pointers."""

from __future__ import annotations

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from jobbot.platform.inference.store import ReferenceRow, StampRow, VectorRow
from jobbot.platform.storage.holder import Held, Holder, nobodys


def _theirs_alone(user: str) -> object:
    theirs = select(ReferenceRow.content_hash).where(ReferenceRow.user_id == user)
    shared = exists().where(ReferenceRow.content_hash == VectorRow.content_hash, ReferenceRow.user_id != user)
    return VectorRow.content_hash.in_(theirs) & ~shared


def _touched(session: Session, _user: str) -> None:
    session.execute(update(StampRow).values(version=StampRow.version + 1))


HOLDER = Holder(
    "inference",
    (
        Held(VectorRow, _theirs_alone, why="of public postings and the taxonomy", taken=False, shown=True),
        Held(
            ReferenceRow,
            lambda user: ReferenceRow.user_id == user,
            why="which public posting has which vector",
            taken=False,
        ),
        nobodys(StampRow, "counters"),
    ),
    after=_touched,
)
