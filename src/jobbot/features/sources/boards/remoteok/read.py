"""Remote OK's API: about a hundred of the newest remote postings, in one call and without a search.

https://remoteok.com/api. The first element holds the terms: name Remote OK and link to its URL. Texts are UTF-8 that
was taken for Latin-1, hold a literal `\\n`, and end in a sentence that carries the reader's own address; all that goes.
Pay of 0 is none; currency and period are not stated.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote, urlsplit

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
    Skipped,
    SourceCard,
    Verdict,
    refused,
    rows_of,
)
from jobbot.sdk.fields import (
    distinct,
    each,
    epoch,
    identity_of,
    moment,
    optional,
    repaired,
    text_of,
    web_url,
)
from jobbot.sdk.pay import salaries

API = "https://remoteok.com/api"

_TRAP = re.compile(r"(?:<br\s*/?>\s*)*Please mention the word\b.*", re.DOTALL | re.IGNORECASE)
_USED = ("description", "position", "company", "location")


class RemoteOk(PlainSource):
    """See the module."""

    card = SourceCard(
        name="remoteok",
        title="Remote OK",
        verdict=Verdict.ATTRIBUTION,
        reason="a public API whose terms ask for its name and a followed link to its page",
        policy=HostPolicy(frozenset({"remoteok.com"}), spacing_seconds=1.0, daily_requests=24),
        attribution="Remote OK",
        terms_url="https://remoteok.com/api",
        kind=Kind.WINDOW,
        covers="remote work anywhere; software first, then support, sales and care",
        verified="one recorded answer of 98 postings, 2024",
    )

    def address(self, board: BoardRef) -> str:
        return API

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        return Listing(board, *rows_of(reply, None).read(_posting), etag=reply.etag, complete=False)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    if number == 1 and "id" not in row:
        return Skipped("terms", "the terms of the feed, not a posting")
    kept = {**row, **{key: _plain(row.get(key)) for key in _USED if key in row}}
    identity, title = identity_of(row.get("id")), html.unescape(text_of(kept.get("position")))
    if bad := refused(identity, title, number, kept):
        return bad
    markup = text_of(kept.get("description"))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=_page(row),
        company=optional(html.unescape(text_of(kept.get("company")))),
        locations=distinct([text_of(kept.get("location"))]),
        remote="remote",
        salaries=salaries(row.get("salary_min"), row.get("salary_max"), None, None),
        posted_at=epoch(row.get("epoch")) or moment(row.get("date")),
        complete=bool(markup),
        tags=distinct(text_of(tag) for tag in each(row.get("tags"))),
        raw=kept,
    )


def _page(row: dict[str, Any]) -> str | None:
    """The page on Remote OK, which is where the terms want the link to lead."""
    stated, slug = web_url(row.get("url")), text_of(row.get("slug"))
    if stated and (urlsplit(stated).hostname or "") == "remoteok.com":
        return stated
    return f"https://remoteok.com/remote-jobs/{quote(slug, safe='')}" if slug else stated


def _plain(value: Any) -> Any:
    """A text as its writer meant it."""
    if not isinstance(value, str):
        return value
    return _TRAP.sub("", repaired(value).replace("\\n", "\n")).strip()
