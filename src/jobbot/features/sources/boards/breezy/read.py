"""Breezy's list of an employer, and the text of each posting from the JobPosting in its page.

There is no documentation of `/json`; its shape was read in open clients. Pay is free text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from jobbot.sdk import (
    BoardRef,
    HostPolicy,
    Http,
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
from jobbot.sdk.details import completed
from jobbot.sdk.fields import (
    LABEL,
    distinct,
    employment,
    mapping,
    moment,
    optional,
    paragraphs,
    place,
    sections,
    subdomain,
    text_of,
)
from jobbot.sdk.schemaorg import description_of, postings_in


class Breezy(PlainSource):
    """See the module."""

    card = SourceCard(
        name="breezy",
        title="Breezy",
        verdict=Verdict.CONDITIONAL,
        reason="its list is public but undocumented, and some employers refuse it",
        policy=HostPolicy(frozenset({"*.breezy.hr"}), spacing_seconds=1.0),
        case_sensitive=False,
        naming="its name is NAME in the URL NAME.breezy.hr",
    )
    patterns = (re.compile(rf"https://(?!(?:www|api|app)\.)(?P<board>{LABEL})\.breezy\.hr(?:/|$)"),)

    def address(self, board: BoardRef) -> str:
        return f"https://{subdomain(board.board)}.breezy.hr/json"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        base = f"https://{subdomain(board.board)}.breezy.hr"
        read = rows_of(reply, None).read(lambda row, number: _posting(row, number, base))
        read = completed(read, http, lambda posting: posting.url or base, _detailed)
        return Listing(board, *read, etag=reply.etag, company=read.company)


def _posting(row: dict[str, Any], number: int, base: str) -> RawPosting | Rejected:
    identity, title = text_of(row.get("id")) or text_of(row.get("friendly_id")), text_of(row.get("name"))
    if bad := refused(identity, title, number, row):
        return bad
    where = mapping(row.get("location"))
    country = text_of(mapping(where.get("country")).get("name")) or text_of(where.get("country"))
    state = text_of(mapping(where.get("state")).get("name")) or text_of(where.get("state"))
    kind = mapping(row.get("type"))
    page = text_of(row.get("friendly_id")) or identity
    return RawPosting(
        external_id=identity,
        title=title,
        url=f"{base}/p/{quote(page, safe='')}",
        company=optional(mapping(row.get("company")).get("name")),
        locations=distinct([place(where.get("city"), state, country) or text_of(where.get("name"))]),
        country=country or None,
        remote="remote" if where.get("is_remote") is True else None,
        employment_type=employment(kind.get("name")) or employment(kind.get("id")),
        department=optional(row.get("department")),
        posted_at=moment(row.get("published_date")),
        pay=text_of(row.get("salary")),
        complete=False,
        raw=row,
    )


def _detailed(posting: RawPosting, reply: Reply) -> RawPosting:
    """The text of the page's one JobPosting; a page of several is a list."""
    found = postings_in(reply.body.decode("utf-8", "replace"))
    pay = paragraphs(posting.raw.get("salary"))
    markup = sections([("", description_of(found[0])), ("Salary", pay)]) if len(found) == 1 else ""
    return replace(posting, html=markup, complete=bool(markup))
