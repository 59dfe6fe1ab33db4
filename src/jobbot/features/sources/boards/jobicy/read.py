"""Jobicy's API: remote postings in one call; words narrow it down.

https://github.com/Jobicy/remote-jobs-api. The terms: its name and a link, at most one call an hour, nothing handed on
to other job boards. Postings are six hours late. The fields of pay were renamed; both names are read.
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
    Salary,
    SourceCard,
    Verdict,
    refused,
    rows_of,
)
from jobbot.sdk.feeds import query_text
from jobbot.sdk.fields import distinct, each, employment, identity_of, moment, optional, text_of, web_url
from jobbot.sdk.pay import salaries

API = "https://jobicy.com/api/v2/remote-jobs?count=100"


class Jobicy(PlainSource):
    """See the module."""

    card = SourceCard(
        name="jobicy",
        title="Jobicy",
        verdict=Verdict.ATTRIBUTION,
        reason="a documented public API whose terms ask for its name, a link and at most one call an hour",
        policy=HostPolicy(frozenset({"jobicy.com"}), spacing_seconds=2.0, daily_requests=24),
        attribution="Jobicy",
        terms_url="https://github.com/Jobicy/remote-jobs-api",
        kind=Kind.WINDOW,
        covers="remote work of all professions, for North America and Europe most",
        verified="five recorded answers (72 rows), 2024; the fields of 2026 are read from documents",
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}&tag={query_text(board.board)}" if board.board else API

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        return Listing(board, *rows_of(reply, "jobs").read(_posting), etag=reply.etag, complete=False)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title = identity_of(row.get("id")), html.unescape(text_of(row.get("jobTitle")))
    if bad := refused(identity, title, number, row):
        return bad
    markup = text_of(row.get("jobDescription"))
    fields = distinct(html.unescape(text_of(item)) for item in each(row.get("jobIndustry")))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("url")),
        company=optional(html.unescape(text_of(row.get("companyName")))),
        locations=distinct(text_of(row.get("jobGeo")).split(",")),
        remote="remote",
        salaries=_salaries(row),
        employment_type=next((kind for kind in map(employment, each(row.get("jobType"))) if kind), None),
        department=fields[0] if fields else None,
        posted_at=moment(row.get("pubDate")),
        complete=bool(markup),
        tags=fields,
        raw=row,
    )


def _salaries(row: dict[str, Any]) -> tuple[Salary, ...]:
    code, per = row.get("salaryCurrency"), row.get("salaryPeriod")
    return salaries(row.get("annualSalaryMin"), row.get("annualSalaryMax"), code, "annual") or salaries(
        row.get("salaryMin"), row.get("salaryMax"), code, per
    )
