"""Himalayas' API: remote postings of all professions, in pages of twenty, newest first.

https://himalayas.app/api. With words its search is asked; where that is not there, the newest pages are, and the words
are looked for in them. Dates come in seconds or milliseconds. `expiryDate` is the end. The terms: its name, a visible
link, nothing handed on to other job boards.
"""

from __future__ import annotations

import html
from typing import Any

from jobbot.kernel.errors import NotFound
from jobbot.sdk import (
    API_VERSION,
    BoardRef,
    HostPolicy,
    Http,
    Kind,
    Listing,
    RawPosting,
    Rejected,
    Reply,
    Rows,
    SourceCard,
    Verdict,
    ask,
    refused,
    unchanged,
)
from jobbot.sdk.feeds import query_text, walk
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    epoch,
    mapping,
    optional,
    text_of,
    web_url,
)
from jobbot.sdk.pay import salaries

API = "https://himalayas.app/jobs/api"
PAGE = 20
MOST_PAGES = 10


class Himalayas:
    """See the module."""

    api_version = API_VERSION
    card = SourceCard(
        name="himalayas",
        title="Himalayas",
        verdict=Verdict.ATTRIBUTION,
        reason="a documented public API whose terms ask for its name and a visible link to its page",
        policy=HostPolicy(frozenset({"himalayas.app"}), spacing_seconds=2.0, daily_requests=500),
        attribution="Himalayas",
        terms_url="https://himalayas.app/api",
        kind=Kind.WINDOW,
        covers="remote work of all professions, in any country",
        verified="500 recorded postings, whose pages were put together again, 2026",
    )

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        first, following = self._first(board, http, etag)
        if first.not_modified:
            return unchanged(board, etag)
        read, _ = walk(
            first,
            "jobs",
            _posting,
            following,
            lambda url: ask(self.card, board, http, url),
            MOST_PAGES,
        )
        return Listing(board, *read, etag=first.etag, complete=False)

    def recognise(self, url: str) -> BoardRef | None:
        return None

    def _first(self, board: BoardRef, http: Http, etag: str) -> tuple[Reply, Any]:
        """The first page, of the search or of all, and what names the pages after it."""
        if board.board:
            base = f"{API}/search?q={query_text(board.board)}&limit={PAGE}&page="
            try:
                reply = ask(self.card, board, http, f"{base}1", etag, absent=(404,))
                return reply, lambda rows, pages: f"{base}{pages + 1}" if _full(rows) else None
            except NotFound:
                pass
        base = f"{API}?limit={PAGE}&offset="
        reply = ask(self.card, board, http, f"{base}0", etag)
        return reply, lambda rows, pages: f"{base}{pages * PAGE}" if _full(rows) else None


def _full(rows: Rows) -> bool:
    return len(rows.good) + len(rows.bad) >= PAGE


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    title, link = text_of(row.get("title")), text_of(row.get("applicationLink"))
    identity = text_of(row.get("guid")) or link
    if bad := refused(identity, title, number, row):
        return bad
    markup = text_of(row.get("description"))
    low, high, code = (row.get(name) for name in ("minSalary", "maxSalary", "currency"))
    places = (text_of(mapping(item).get("name")) or text_of(item) for item in each(row.get("locationRestrictions")))
    tags = [*each(row.get("categories")), *each(row.get("parentCategories")), *each(row.get("seniority"))]
    return RawPosting(
        external_id=identity,
        title=html.unescape(title),
        html=markup,
        url=web_url(link) or web_url(row.get("guid")),
        company=optional(html.unescape(text_of(row.get("companyName")))),
        locations=distinct(places),
        remote="remote",
        salaries=salaries(low, high, code, row.get("salaryPeriod") or "annual"),
        employment_type=employment(row.get("employmentType")),
        department=optional(next(iter(each(row.get("parentCategories"))), None)),
        posted_at=epoch(row.get("pubDate")),
        closes_at=epoch(row.get("expiryDate")),
        complete=bool(markup),
        tags=distinct(text_of(tag).replace("-", " ") for tag in tags),
        raw=row,
    )
