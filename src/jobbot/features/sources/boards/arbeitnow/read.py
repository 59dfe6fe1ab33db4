"""Arbeitnow's API: postings in Germany and remote ones, in pages, newest first.

https://www.arbeitnow.com/api/job-board-api. The number of the page is counted here: the vendor's own link to the next
page may carry a search that nobody asked for. Much of it is gathered from employers' boards.
"""

from __future__ import annotations

import html
from typing import Any

from jobbot.sdk import (
    BoardRef,
    HostPolicy,
    Http,
    Kind,
    Listing,
    PlainSource,
    RawPosting,
    Rejected,
    Reply,
    Rows,
    SourceCard,
    Verdict,
    ask,
    refused,
)
from jobbot.sdk.feeds import walk
from jobbot.sdk.fields import distinct, each, employment, epoch, optional, text_of, web_url, workplace_in_title

API = "https://www.arbeitnow.com/api/job-board-api"
MOST_PAGES = 5


class Arbeitnow(PlainSource):
    """See the module."""

    card = SourceCard(
        name="arbeitnow",
        title="Arbeitnow",
        verdict=Verdict.ATTRIBUTION,
        reason="a public API without authentication; its terms were not found, so its name and link are always shown",
        policy=HostPolicy(frozenset({"www.arbeitnow.com"}), spacing_seconds=2.0, daily_requests=120),
        attribution="Arbeitnow",
        terms_url="https://www.arbeitnow.com/api/job-board-api",
        kind=Kind.WINDOW,
        covers="Germany first, some of Europe; all professions",
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}?page=1"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        read, _ = walk(reply, "data", _posting, _following, lambda url: ask(self.card, board, http, url), MOST_PAGES)
        return Listing(board, *read, etag=reply.etag, complete=False)


def _following(rows: Rows, pages: int) -> str | None:
    return f"{API}?page={pages + 1}" if rows.good and rows.rest.get("links") else None


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title, markup = (text_of(row.get(key)) for key in ("slug", "title", "description"))
    if bad := refused(identity, title, number, row):
        return bad
    kinds = [kind for kind in map(employment, each(row.get("job_types"))) if kind]
    return RawPosting(
        external_id=identity,
        title=html.unescape(title),
        html=markup,
        url=web_url(row.get("url")),
        company=optional(html.unescape(text_of(row.get("company_name")))),
        locations=distinct([text_of(row.get("location"))]),
        remote="remote" if row.get("remote") is True else workplace_in_title(title),
        employment_type=kinds[0] if kinds else None,
        posted_at=epoch(row.get("created_at")),
        complete=bool(markup),
        tags=distinct(text_of(tag) for tag in each(row.get("tags"))),
        raw=row,
    )
