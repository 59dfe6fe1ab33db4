"""Postings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobbot.kernel.clock import iso
from jobbot.kernel.ids import PostingId, UserId
from jobbot.kernel.money import Salary, widest


@dataclass(frozen=True, slots=True)
class Posting:
    """An advert, normalised. `text` is canonical and its code-point offsets are stable; `html` is sanitised.

    `remote` is onsite, hybrid, remote or None (unstated). `owner` is None for a posting of a public board, which all
    users share; else the user it belongs to alone. `complete` is False when the board gave no description, and every
    score of it is provisional.
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
            "closed_at": iso(self.closed_at),
            "url": self.url,
            "language": self.language,
            "attribution": self.attribution,
        }
        return {**data, "text": self.text, "html": self.html} if body else data
