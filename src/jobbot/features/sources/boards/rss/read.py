"""RSS 2.0, RSS 1.0 and Atom feeds of postings, at an address that a person gives.

A feed is a window: what it lacks is not gone. A feed that was switched off often answers with a web page, which is
refused. Names of authors are not kept.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

from jobbot.kernel.errors import Failed, InvalidInput
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
from jobbot.sdk.fields import distinct, each, mail_moment, mapping, text_of, web_url, workplace_in_title
from jobbot.sdk.xmlrows import xml_rows_of

LONGEST = 200
"""Characters of an address: it is the name of the board, which is no longer than that."""
_ROOT = re.compile(rb"<(?:rdf:)?(rss|feed|RDF)[\s>]")
_ROWS = {"rss": "item", "RDF": "item", "feed": "entry"}
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "updated")
_PEOPLE = frozenset({"author", "creator", "contributor", "managingEditor", "webMaster"})


class Rss(PlainSource):
    """See the module. The board is the address."""

    card = SourceCard(
        name="rss",
        title="RSS or Atom feed",
        verdict=Verdict.ALLOWED,
        reason="a feed is published to be read by programs; robots.txt of its host is obeyed",
        policy=HostPolicy(frozenset(), spacing_seconds=2.0, max_bytes=16 * 1024 * 1024, daily_requests=200),
        kind=Kind.ADDRESS,
        covers="what a feed at an address holds; universities, cities, clinics and associations often have one",
        naming="it is at an https address, of a feed that everybody may read",
    )

    def address(self, board: BoardRef) -> str:
        try:
            parts = urlsplit(board.board)
        except ValueError:
            parts = urlsplit("")
        good = parts.scheme == "https" and "." in (parts.hostname or "") and parts.username is None
        if not good or len(board.board) > LONGEST or not re.fullmatch(r"[\x21-\x7e]+", board.board):
            raise InvalidInput(
                f"{board.board[:100]!r} is no address of a feed; give it as in https://example.org/jobs.rss "
                f"({LONGEST} characters at the most)"
            )
        return board.board

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        found = _ROOT.search(reply.body[:4096])
        if found is None:
            raise Failed(f"{reply.url} answered something that is neither RSS nor Atom; nothing was changed")
        root = found[1].decode()
        return Listing(board, *xml_rows_of(reply, _ROWS[root], root).read(_posting), etag=reply.etag, complete=False)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    kept = {name: value for name, value in row.items() if name not in _PEOPLE}
    link, title = _link(row), html.unescape(_text(row.get("title")))
    identity = (_text(row.get("guid")) or _text(row.get("id")) or link)[:300]
    if bad := refused(identity, title, number, kept):
        return bad
    markup = next((text for text in (_text(row.get(name)) for name in _TEXTS) if text), "")
    tags = (_text(item) or text_of(mapping(item).get("@term")) for item in each(row.get("category")))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(link),
        remote=workplace_in_title(title),
        posted_at=next((when for when in (mail_moment(_text(row.get(name))) for name in _DATES) if when), None),
        complete=bool(markup),
        tags=distinct(tags),
        raw=kept,
    )


def _text(value: Any) -> str:
    """The first text of one or several elements of a name."""
    return next((text for text in map(text_of, each(value)) if text), "")


def _link(row: dict[str, Any]) -> str:
    """RSS writes the link as text, Atom as an attribute, of which the alternate is the page."""
    links = each(row.get("link"))
    pages = [mapping(item) for item in links if mapping(item).get("@rel", "alternate") == "alternate"]
    return _text(links) or next((text_of(page.get("@href")) for page in pages), "")
