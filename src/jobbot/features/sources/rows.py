"""Between stored rows and postings, and the cursors of pages. Pure: it knows the names of columns, not the database."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from jobbot.features.sources.company import folded
from jobbot.features.sources.model import LightPosting, Posting
from jobbot.features.sources.pay import yearly_top
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import UserId
from jobbot.kernel.money import Salary

T = TypeVar("T")

LIGHT = (
    "id",
    "title",
    "company",
    "locations",
    "remote",
    "salaries",
    "employment_type",
    "posted_at",
    "content_hash",
    "complete",
)
_SAME = [
    "id",
    "source",
    "board",
    "region",
    "external_id",
    "title",
    "company",
    "company_id",
    "remote",
    "employment_type",
    "department",
    "posted_at",
    "closed_at",
    "url",
    "language",
    "attribution",
    "text",
    "html",
    "content_hash",
    "complete",
]

_SHORT = tuple(name for name in _SAME if name not in ("text", "html"))
JSON_TEXT = ("locations", "salaries", "notes")
"""Columns that are read as their JSON text: most repeat, so that reading them is remembered."""
SHORT = ("number", "listed_at", "owner_id", *JSON_TEXT, "first_seen", "last_seen", *_SHORT)
"""The columns of a posting without its texts, and its place in the order of pages."""


def values_of(posting: Posting, now: datetime) -> dict[str, Any]:
    """The columns of a posting that are written again whenever it changed."""
    return {
        **{name: getattr(posting, name) for name in _SAME},
        "owner_id": posting.owner,
        "company_words": folded(posting.company),
        "locations": list(posting.locations),
        "place_words": folded("; ".join(posting.locations)),
        "salaries": [salary.as_dict() for salary in posting.salaries],
        "pay_top": yearly_top(posting.salaries),
        "listed_at": posting.posted_at or posting.first_seen or now,
        "last_seen": now,
        "closed_at": None,
        "notes": list(posting.notes),
    }


def posting_of(row: Any) -> Posting:
    return Posting(
        **{name: getattr(row, name) for name in _SAME},
        owner=UserId(row.owner_id) if row.owner_id is not None else None,
        locations=tuple(row.locations),
        salaries=tuple(Salary(**salary) for salary in row.salaries),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        notes=tuple(row.notes),
    )


def short_of(row: Any) -> Posting:
    """A row of the `SHORT` columns."""
    _, _, owner, locations, salaries, notes, first, last, *rest = row
    return Posting(
        **dict(zip(_SHORT, rest, strict=True)),
        owner=UserId(owner) if owner is not None else None,
        locations=_places(locations),
        salaries=_salaries(salaries),
        first_seen=first,
        last_seen=last,
        notes=_places(notes),
    )


def light_of(row: Any) -> LightPosting:
    """A row of the `LIGHT` columns, then the group and the rank in it."""
    key, title, company, locations, remote, salaries, *rest = row
    return LightPosting(key, title, company, _places(locations), remote, _salaries(salaries), *rest)


@lru_cache(maxsize=20_000)
def _places(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


@lru_cache(maxsize=20_000)
def _salaries(stored: str) -> tuple[Salary, ...]:
    return tuple(Salary(**item) for item in json.loads(stored))


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def place_cursor(moment: datetime, number: int) -> str:
    """Where a page ended: after this moment and row."""
    return _sealed(f"{moment.astimezone(UTC).isoformat()} {number}")


def place_of(cursor: str) -> tuple[datetime, int]:
    moment, _, number = _opened(cursor).partition(" ")
    try:
        return datetime.fromisoformat(moment), int(number)
    except ValueError:
        raise _foreign(cursor) from None


def offset_cursor(offset: int) -> str:
    return _sealed(f"@{offset}")


def offset_of(cursor: str) -> int:
    """How many to leave out; 0 without a cursor."""
    if not cursor:
        return 0
    digits = _opened(cursor).removeprefix("@")
    if not digits.isdecimal() or len(digits) > 9:
        raise _foreign(cursor)
    return int(digits)


def merged_cursor(offset: int, token: str) -> str:
    """Where a page of a merged list ended; `token` names the list's order."""
    return _sealed(f"~{offset} {token}")


def merged_place_of(cursor: str) -> tuple[int, str]:
    """How many to leave out, and the name of the order: "" for the cursor of a list that was not merged, or none."""
    plain = _opened(cursor) if cursor else ""
    digits, _, token = plain.removeprefix("~").partition(" ")
    if not plain.startswith("~"):
        return 0, ""
    if not digits.isdecimal() or len(digits) > 9 or not token.isalnum():
        raise _foreign(cursor)
    return int(digits), token


def _sealed(plain: str) -> str:
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise _foreign(cursor) from None


def _foreign(cursor: str) -> InvalidInput:
    return InvalidInput(f"{cursor[:40]!r} is no cursor of this list; take `next` of the page before, or start without")
