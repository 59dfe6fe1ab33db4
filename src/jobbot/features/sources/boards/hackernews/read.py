"""Hacker News, "Ask HN: Who is hiring?": the comments of the newest month's thread.

https://hn.algolia.com/api: one call finds the thread, one brings it whole. A comment begins, by custom, with
`Company | Role | Place | REMOTE or ONSITE | ...` in any order; one that does not is no posting that could be read, and
is left out. Addresses of people are taken out of the text; the link leads to the comment.
"""

from __future__ import annotations

import re
from typing import Any

from jobbot.features.sources.boards.hackernews.header import header_of
from jobbot.kernel.errors import Failed
from jobbot.sdk import (
    API_VERSION,
    BoardRef,
    HostPolicy,
    Http,
    Kind,
    Listing,
    RawPosting,
    Rejected,
    Skipped,
    SourceCard,
    Verdict,
    ask,
    refused,
    rows_of,
)
from jobbot.sdk.fields import epoch, identity_of, moment, text_of, without_addresses

API = "https://hn.algolia.com/api/v1"
SEARCH = f"{API}/search_by_date?tags=story,author_whoishiring&hitsPerPage=5"
PAGE = "https://news.ycombinator.com/item?id="

_THREAD = re.compile(r"Ask HN: Who is hiring\? \(\w+ \d{4}\)")


class HackerNews:
    """See the module."""

    api_version = API_VERSION
    card = SourceCard(
        name="hackernews",
        title="Hacker News: Who is hiring?",
        verdict=Verdict.ALLOWED,
        reason="read through the public search API; the site itself is never fetched",
        policy=HostPolicy(frozenset({"hn.algolia.com"}), spacing_seconds=1.0, read_timeout=60.0, daily_requests=100),
        attribution="Hacker News",
        terms_url="https://hn.algolia.com/api",
        kind=Kind.WINDOW,
        covers="companies of the readers of Hacker News, anew each month; software nearly all, the United States most",
        verified="four recorded months (about 1,300 comments), their envelope put together again, 2026",
    )

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        """Two calls. What finds the thread says nothing about its comments, so there is no ETag of it all."""
        found = rows_of(ask(self.card, board, http, SEARCH, purpose="find the thread"), "hits")
        threads = [identity_of(hit.get("objectID")) for hit in found.good if _THREAD.match(text_of(hit.get("title")))]
        if not threads or not (threads[0].isascii() and threads[0].isdecimal()):
            raise Failed("Hacker News lists no thread of who is hiring; nothing was changed")
        reply = ask(self.card, board, http, f"{API}/items/{threads[0]}")
        return Listing(board, *rows_of(reply, "children").read(_posting), complete=False)

    def recognise(self, url: str) -> BoardRef | None:
        return None


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    markup = without_addresses(text_of(row.get("text")))
    identity = identity_of(row.get("id"))
    kept = {"id": row.get("id"), "created_at": row.get("created_at"), "text": markup}
    if bad := refused(identity, "a comment has none", number, kept):
        return bad
    header = header_of(markup)
    if header is None:
        return Skipped(identity, "not in the form Company | Role | Place" if markup else "deleted")
    return RawPosting(
        external_id=identity,
        title=header.title,
        html=markup,
        url=f"{PAGE}{identity}" if identity.isdecimal() else None,
        company=header.company,
        locations=header.places,
        remote=header.remote,
        employment_type=header.employment,
        posted_at=epoch(row.get("created_at_i")) or moment(row.get("created_at")),
        raw=kept,
    )
