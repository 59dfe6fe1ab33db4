"""Postings. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from jobbot.features.sources.facts.model import NO_FACTS, Facts
from jobbot.kernel.clock import iso
from jobbot.kernel.ids import PostingId, UserId
from jobbot.kernel.money import Salary, widest


@dataclass(frozen=True, slots=True)
class Posting:
    """An advert, normalised. `text` is canonical and its code-point offsets are stable; `html` is sanitised.

    `remote` is onsite, hybrid, remote or None (unstated). `owner` is None for a posting of a public board, which all
    users share; else the user it belongs to alone. `complete` is False when the board gave no description, and every
    score of it is provisional. `closes_at` is the end that the vendor named, `closed_why` a `lifecycle.Why`. `group`
    names the postings of one advert, `rank` orders them (`group.rank`), `copies` counts the other open ones of
    them that the user sees; all three are set by what reads from the store.
    """

    id: PostingId
    source: str
    board: str
    external_id: str
    title: str
    company: str
    locations: tuple[str, ...] = ()
    remote: str | None = None
    salaries: tuple[Salary, ...] = ()
    employment_type: str | None = None
    department: str | None = None
    posted_at: datetime | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    closed_at: datetime | None = None
    url: str | None = None
    language: str | None = None
    attribution: str | None = None
    text: str = ""
    html: str = ""
    region: str = ""
    company_id: str | None = None
    owner: UserId | None = None
    content_hash: str = ""
    complete: bool = True
    notes: tuple[str, ...] = ()
    facts: Facts = field(default=NO_FACTS, compare=False)
    closes_at: datetime | None = None
    closed_why: str | None = None
    group: str = ""
    rank: int = 0
    copies: int = 0

    @property
    def salary(self) -> Salary | None:
        return widest(self.salaries)

    def as_dict(self, *, body: bool = False) -> dict[str, Any]:
        """The contract's `postings` shape; `text` and `html` only with `body`."""
        salary = self.salary
        data: dict[str, Any] = {
            "id": self.id,
            "source": self.source,
            "board": self.board,
            "external_id": self.external_id,
            "title": self.title,
            "company": self.company,
            "locations": list(self.locations),
            "remote": self.remote,
            "salary": salary.as_dict() if salary else None,
            "salaries": [item.as_dict() for item in self.salaries],
            "employment_type": self.employment_type,
            "department": self.department,
            "posted_at": iso(self.posted_at),
            "first_seen": iso(self.first_seen),
            "last_seen": iso(self.last_seen),
            "closes_at": iso(self.closes_at),
            "closed_at": iso(self.closed_at),
            "closed_reason": (self.closed_why or "gone") if self.closed_at else None,
            "url": self.url,
            "language": self.language,
            "attribution": self.attribution,
            **self.facts.as_dict(),
            "group": self.group or self.id,
            "copies": self.copies,
        }
        return {**data, "text": self.text, "html": self.html} if body else data


class LightPosting(NamedTuple):
    """What ranking thousands of postings needs of each: everything but the text. A tuple, for they are many."""

    id: PostingId
    title: str
    company: str
    locations: tuple[str, ...]
    remote: str | None
    salaries: tuple[Salary, ...]
    employment_type: str | None
    posted_at: datetime | None
    content_hash: str
    complete: bool
    group: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class PostingFilter:
    """What `postings list` and `search` may ask for; empty means everything that is open.

    `min_salary` is per year in whatever currency the posting states; hourly and monthly pay is compared as if worked
    full time. A posting that states no pay does not pass it. With `unique` one posting stands for all copies of its
    advert that pass.
    """

    query: str = ""
    company: str = ""
    location: str = ""
    remote: bool = False
    since: datetime | None = None
    min_salary: float | None = None
    source: str = ""
    closed: bool = False
    unique: bool = False
    country: str = ""
    seniority: str = ""
    employment: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some postings, without text and html, and the cursor of the next page, None at the end."""

    items: tuple[Posting, ...]
    next: str | None


UNREAD = "not read yet"
"""The health of a board or feed that is to be read and was not."""


@dataclass(frozen=True, slots=True)
class Board:
    """A connected board and where it stands.

    `health` is `UNREAD`, ok, empty, unknown (the vendor does not know it any more), failed or waiting (until
    `retry_at`). One that is paused or removed is not read; what it gave stays.
    `reader` is the version of our reading that `etag` belongs to. `empty_since`: a listing without any posting was
    seen while many were open, and nothing was closed yet. `alarm`: what was odd about the last listing, None where
    nothing was.
    """

    id: str
    source: str
    board: str
    region: str = ""
    company: str | None = None
    etag: str = ""
    reader: int = 0
    connected_at: datetime | None = None
    last_run: datetime | None = None
    last_success: datetime | None = None
    health: str = "ok"
    reason: str | None = None
    retry_at: datetime | None = None
    empty_since: datetime | None = None
    alarm: str | None = None
    paused_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run over a board or a file. It is `running` until everything is stored, and only then may it close. `reader`
    is the version of our reading."""

    id: str
    board_id: str | None
    source: str
    board: str
    owner: UserId | None
    at: datetime
    reader: int = 0


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that went into quarantine: its id or line, the reason, and the row as it came (JSON or text)."""

    ref: str
    reason: str
    raw: str = ""
