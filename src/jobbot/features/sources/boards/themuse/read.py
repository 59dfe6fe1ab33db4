"""The Muse's API: postings of many professions, mostly in the United States, in pages of twenty.

https://www.themuse.com/developers/api/v2. There is no search by words and no pay. 403 means too many calls. Terms: its
name and a link to the posting's page on The Muse.
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
    Rows,
    SourceCard,
    Verdict,
    ask,
    refused,
)
from jobbot.sdk.feeds import walk
from jobbot.sdk.fields import (
    distinct,
    identity_of,
    mapping,
    moment,
    objects,
    optional,
    text_of,
    web_url,
    workplace_in,
)

API = "https://www.themuse.com/api/public/jobs?page="
MOST_PAGES = 12
_ANYWHERE = "flexible / remote"


class TheMuse(PlainSource):
    """See the module."""

    card = SourceCard(
        name="themuse",
        title="The Muse",
        verdict=Verdict.ATTRIBUTION,
        reason="a documented public API, 500 calls an hour without a key, shown with its name and link",
        policy=HostPolicy(frozenset({"www.themuse.com"}), spacing_seconds=1.0, daily_requests=500),
        attribution="The Muse",
        terms_url="https://www.themuse.com/developers/api/v2",
        kind=Kind.WINDOW,
        covers="large employers of the United States first; all professions, on site too",
        verified="202 recorded postings, whose pages were put together again, 2026",
    )
    limited = (403,)

    def address(self, board: BoardRef) -> str:
        return f"{API}0"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        def get(url: str) -> Reply:
            return ask(self.card, board, http, url, limited=self.limited)

        read, _ = walk(reply, "results", _posting, _following, get, MOST_PAGES)
        return Listing(board, *read, etag=reply.etag, complete=False)


def _following(rows: Rows, pages: int) -> str | None:
    """Pages count from 0; there may be one of the number `page_count`, which may be empty."""
    last = rows.rest.get("page_count")
    more = pages < last if isinstance(last, int) and not isinstance(last, bool) else True
    return f"{API}{pages}" if rows.good and more else None


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title, markup = identity_of(row.get("id")), text_of(row.get("name")), text_of(row.get("contents"))
    if bad := refused(identity, title, number, row):
        return bad
    named = distinct(text_of(item.get("name")) for item in objects(row.get("locations")))
    locations = tuple(name for name in named if name.casefold() != _ANYWHERE)
    fields = distinct(text_of(item.get("name")) for item in objects(row.get("categories")))
    tags = [text_of(item.get("name")) for item in (*objects(row.get("levels")), *objects(row.get("tags")))]
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(mapping(row.get("refs")).get("landing_page")),
        company=optional(mapping(row.get("company")).get("name")),
        locations=locations,
        remote="remote" if locations != named else workplace_in(" | ".join(locations)),
        department=fields[0] if fields else None,
        posted_at=moment(row.get("publication_date")),
        complete=bool(markup),
        tags=distinct([*fields, *tags]),
        raw=row,
    )
