"""Teamtailor's public feeds: the JSON feed with a JobPosting in each item, or else the RSS feed.

https://docs.teamtailor.com describes only the API with a key; both feeds were seen on careers sites. Neither names the
employer in its rows. RSS comes in pages of a hundred.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from jobbot.kernel.errors import NotFound
from jobbot.sdk import (
    API_VERSION,
    BoardRef,
    HostPolicy,
    Http,
    Listing,
    RawPosting,
    Read,
    Rejected,
    Reply,
    SourceCard,
    Verdict,
    ask,
    ask_each,
    recognised,
    refused,
    rows_of,
    together,
    unchanged,
)
from jobbot.sdk.fields import (
    LABEL,
    distinct,
    each,
    identity_of,
    mail_moment,
    mapping,
    moment,
    optional,
    place,
    subdomain,
    text_of,
    web_url,
    workplace,
)
from jobbot.sdk.schemaorg import posting_of
from jobbot.sdk.xmlrows import xml_rows_of

HOSTS = {"": "teamtailor.com", "na": "na.teamtailor.com"}
PAGE = 100
MOST_PAGES = 50

_URLS = (
    re.compile(rf"https://(?!(?:api|www|docs|app)\.)(?P<board>{LABEL})\.(?:(?P<region>na)\.)?teamtailor\.com(?:/|$)"),
)


class Teamtailor:
    """See the module."""

    api_version = API_VERSION
    card = SourceCard(
        name="teamtailor",
        title="Teamtailor",
        verdict=Verdict.ALLOWED,
        reason="public feeds without authentication that robots.txt leaves open",
        policy=HostPolicy(frozenset({"*.teamtailor.com"}), spacing_seconds=1.0),
        terms_url="https://docs.teamtailor.com",
        case_sensitive=False,
        regions=tuple(HOSTS),
        naming="its name is NAME in the URL NAME.teamtailor.com",
    )

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        """The JSON feed; the RSS feed where there is none."""
        name = subdomain(board.board)
        try:
            here, reply = ask_each(
                self.card, board, http, lambda here: f"https://{name}.{HOSTS[here.region]}/jobs.json", etag
            )
        except NotFound:
            return self._rss(board, name, http, etag)
        if reply.not_modified:
            return unchanged(here, etag)
        rows = rows_of(reply, "items")
        read = rows.read(_from_json)
        company = optional(rows.rest.get("title"))
        return Listing(here, *read, etag=reply.etag, company=company, complete=not rows.rest.get("next_url"))

    def recognise(self, url: str) -> BoardRef | None:
        return recognised(self.card, _URLS, url)

    def _rss(self, board: BoardRef, name: str, http: Http, etag: str) -> Listing:
        def address(here: BoardRef, offset: int = 0) -> str:
            return f"https://{name}.{HOSTS[here.region]}/jobs.rss?per_page={PAGE}&offset={offset}"

        here, first = ask_each(self.card, board, http, address, etag)
        if first.not_modified:
            return unchanged(here, etag)
        last, pages = first.body, [_from_rss_page(first)]
        while sum(map(len, pages[-1])) >= PAGE and len(pages) < MOST_PAGES:
            reply = ask(self.card, here, http, address(here, PAGE * len(pages)))
            if reply.body == last:  # the offset is ignored, and this is the first page again
                break
            last = reply.body
            pages.append(_from_rss_page(reply))
        whole = sum(map(len, pages[-1])) < PAGE
        return Listing(here, *together(pages), etag=first.etag, complete=whole)


def _from_json(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    """An item: its JobPosting, completed by what the item says itself."""
    identity = identity_of(row.get("id")) or text_of(row.get("url"))
    if not identity:
        return Rejected(f"row {number}", "no id", row, identified=False)
    stated = dict(mapping(row.get("_jobposting")))
    stated["title"] = text_of(row.get("title")) or stated.get("title")
    found = posting_of(stated, identity, web_url(row.get("url")))
    if isinstance(found, Rejected):
        return replace(found, raw=row)
    markup = text_of(row.get("content_html")) or found.html
    posted = moment(row.get("date_published")) or found.posted_at
    return replace(found, html=markup, posted_at=posted, complete=bool(markup), raw=row)


def _from_rss_page(reply: Reply) -> Read:
    return xml_rows_of(reply, "item", "rss").read(_from_rss)


def _from_rss(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title = text_of(row.get("guid")) or text_of(row.get("link")), text_of(row.get("title"))
    if bad := refused(identity, title, number, row):
        return bad
    places = [mapping(item) for item in each(mapping(row.get("locations")).get("location"))]
    named = (place(item.get("city"), item.get("country")) or text_of(item.get("name")) for item in places)
    markup = text_of(row.get("description"))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("link")),
        locations=distinct(named),
        remote=workplace(row.get("remoteStatus")),
        department=optional(row.get("department")),
        posted_at=mail_moment(row.get("pubDate")),
        complete=bool(markup),
        raw=row,
    )
