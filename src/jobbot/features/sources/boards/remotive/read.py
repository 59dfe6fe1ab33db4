"""Remotive's API: remote postings in one call; words narrow it down.

https://github.com/remotive-com/remote-jobs-api. The terms: at most four calls a day, the name and a link to Remotive's
page, nothing handed on to other job boards. Postings are a day late. Pay is free text.
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
    SourceCard,
    Verdict,
    refused,
    rows_of,
)
from jobbot.sdk.feeds import query_text
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    identity_of,
    moment,
    optional,
    paragraphs,
    sections,
    text_of,
    web_url,
)

API = "https://remotive.com/api/remote-jobs"


class Remotive(PlainSource):
    """See the module."""

    card = SourceCard(
        name="remotive",
        title="Remotive",
        verdict=Verdict.ATTRIBUTION,
        reason="a documented public API whose terms ask for its name, a link to its page and at most four calls a day",
        policy=HostPolicy(frozenset({"remotive.com"}), spacing_seconds=31.0, read_timeout=60.0, daily_requests=4),
        attribution="Remotive",
        terms_url="https://github.com/remotive-com/remote-jobs-api",
        kind=Kind.WINDOW,
        covers="remote work anywhere; software first",
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}?search={query_text(board.board)}" if board.board else API

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        return Listing(board, *rows_of(reply, "jobs").read(_posting), etag=reply.etag, complete=False)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title = identity_of(row.get("id")), html.unescape(text_of(row.get("title")))
    if bad := refused(identity, title, number, row):
        return bad
    markup = sections([("", row.get("description")), ("Salary", paragraphs(row.get("salary")))])
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("url")),
        company=optional(html.unescape(text_of(row.get("company_name")))),
        locations=distinct([text_of(row.get("candidate_required_location"))]),
        remote="remote",
        employment_type=employment(row.get("job_type")),
        department=optional(row.get("category")),
        posted_at=moment(row.get("publication_date")),
        pay=text_of(row.get("salary")),
        complete=bool(markup),
        tags=distinct(text_of(tag) for tag in each(row.get("tags"))),
        raw=row,
    )
