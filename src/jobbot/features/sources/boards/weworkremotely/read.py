"""We Work Remotely's RSS feed: the newest remote postings, in one call and without a search.

https://weworkremotely.com/remote-jobs.rss. The title is `Company: Role`. Its API needs a key and has terms of its own;
whether they hold for the feed too is not known, so its name and link are always shown. `state` is where the employer
sits, not where one works.
"""

from __future__ import annotations

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
)
from jobbot.sdk.fields import distinct, each, employment, mail_moment, optional, text_of, web_url
from jobbot.sdk.xmlrows import xml_rows_of

FEED = "https://weworkremotely.com/remote-jobs.rss"


class WeWorkRemotely(PlainSource):
    """See the module."""

    card = SourceCard(
        name="weworkremotely",
        title="We Work Remotely",
        verdict=Verdict.ATTRIBUTION,
        reason="a public feed that robots.txt leaves open, shown with its name and link",
        policy=HostPolicy(frozenset({"weworkremotely.com"}), spacing_seconds=2.0, daily_requests=24),
        attribution="We Work Remotely",
        terms_url="https://weworkremotely.com/remote-jobs.rss",
        kind=Kind.WINDOW,
        covers="remote work anywhere; software, design, support and sales",
    )

    def address(self, board: BoardRef) -> str:
        return FEED

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        return Listing(board, *xml_rows_of(reply, "item", "rss").read(_posting), etag=reply.etag, complete=False)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    link, whole = text_of(row.get("link")), text_of(row.get("title"))
    company, colon, role = whole.partition(": ")
    identity, title = text_of(row.get("guid")) or link, role.strip() if colon else whole
    if bad := refused(identity, title, number, row):
        return bad
    markup = text_of(row.get("description"))
    skills = text_of(row.get("skills")).replace(" and ", " ").split(",")
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(link) or web_url(identity),
        company=optional(company) if colon else None,
        locations=distinct(text_of(row.get(key)) for key in ("region", "country")),
        remote="remote",
        employment_type=employment(row.get("type")),
        department=optional(next(iter(each(row.get("category"))), None)),
        posted_at=mail_moment(row.get("pubDate")),
        closes_at=mail_moment(row.get("expires_at")),
        complete=bool(markup),
        tags=distinct([*(text_of(item) for item in each(row.get("category"))), *skills]),
        raw=row,
    )
