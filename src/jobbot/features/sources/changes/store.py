"""Changes in the database: the last `KEPT` of a posting, compressed. Within the caller's transaction."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from jobbot.features.sources import rows
from jobbot.features.sources.changes.diff import diff, shortened
from jobbot.features.sources.changes.model import TEXT, Change, FieldChange
from jobbot.features.sources.changes.notice import READ_ANEW
from jobbot.features.sources.tables.store import ChangeRow
from jobbot.kernel.ids import new_id

KEPT = 10
"""Versions of a posting that can still be seen."""
_PART = 500


def record(session: Session, found: Mapping[str, Sequence[FieldChange]], at: datetime) -> None:
    """Keep what changed, {posting: its fields}; of each posting the last `KEPT` changes stay."""
    fresh = [_row(posting, fields, at) for posting, fields in sorted(found.items()) if fields]
    if not fresh:
        return
    session.execute(insert(ChangeRow), fresh)
    for part in rows.chunks([row["posting_id"] for row in fresh], _PART):
        order = (ChangeRow.posting_id, ChangeRow.at.desc(), ChangeRow.id.desc())
        known = select(ChangeRow.id, ChangeRow.posting_id).where(ChangeRow.posting_id.in_(part)).order_by(*order)
        by_posting: dict[str, list[str]] = defaultdict(list)
        for row in session.execute(known):
            by_posting[row.posting_id].append(row.id)
        old = [name for names in by_posting.values() for name in names[KEPT:]]
        if old:
            session.execute(delete(ChangeRow).where(ChangeRow.id.in_(old)))


def _row(posting: str, fields: Sequence[FieldChange], at: datetime) -> dict[str, Any]:
    told = json.dumps([[item.field, item.before, item.after] for item in fields], ensure_ascii=False)
    body = zlib.compress(told.encode("utf-8", "replace"), 6)
    return {"id": new_id(), "posting_id": posting, "at": at, "fields": ",".join(f.field for f in fields), "body": body}


def changes(session: Session, posting: str) -> list[Change]:
    """What is kept of a posting, the last first, the text as a diff."""
    kept = _read(session, [posting], "").get(posting, [])
    return [Change(at, *_told(fields)) for at, fields in kept if fields != (READ_ANEW,)]


def of_field(session: Session, postings: Sequence[str], field: str) -> dict[str, list[tuple[datetime, FieldChange]]]:
    """{posting: when and how the field was changed}, the last first."""
    found: dict[str, list[tuple[datetime, FieldChange]]] = {}
    for part in rows.chunks(postings, _PART):
        for name, entries in _read(session, part, field).items():
            found[name] = [(at, item) for at, fields in entries for item in fields if item.field == field]
    return found


def last_edited(session: Session, postings: Sequence[str]) -> dict[str, datetime]:
    """{posting: when anything but the day it was posted was last changed}; without those that never were."""
    found: dict[str, datetime] = {}
    for part in rows.chunks(postings, _PART):
        edits = select(ChangeRow.posting_id, ChangeRow.at).where(
            ChangeRow.posting_id.in_(part), ChangeRow.fields != "posted_at"
        )
        found.update((row.posting_id, row.at) for row in session.execute(edits.order_by(ChangeRow.at)))
    return found


def _read(
    session: Session, postings: Sequence[str], field: str
) -> dict[str, list[tuple[datetime, tuple[FieldChange, ...]]]]:
    statement = select(ChangeRow.posting_id, ChangeRow.at, ChangeRow.body).where(ChangeRow.posting_id.in_(postings))
    if field:
        statement = statement.where(ChangeRow.fields.contains(field))
    found: dict[str, list[tuple[datetime, tuple[FieldChange, ...]]]] = defaultdict(list)
    for row in session.execute(statement.order_by(ChangeRow.at.desc(), ChangeRow.id.desc())):
        told = json.loads(zlib.decompress(row.body))
        found[row.posting_id].append((row.at, tuple(FieldChange(*item) for item in told)))
    return dict(found)


def _told(fields: Sequence[FieldChange]) -> tuple[tuple[FieldChange, ...], Any]:
    texts = [item for item in fields if item.field == TEXT]
    plain = tuple(item for item in fields if item.field != TEXT)
    return plain, shortened(diff(texts[0].before or "", texts[0].after or "")) if texts else None
