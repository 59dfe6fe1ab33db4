"""Rippling's job boards: a list with a row for each posting and place, and the text of each posting by itself.

Its documentation is behind a sign-in; the shapes were read in open clients. Pay may come in several ranges, each kept,
with a period only where one is stated.
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
    Skipped,
    SourceCard,
    Verdict,
    refused,
    rows_of,
)
from jobbot.sdk.details import completed, object_of
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    mapping,
    moment,
    objects,
    optional,
    sections,
    text_of,
    token,
    web_url,
    workplace_in,
)
from jobbot.sdk.pay import salaries

API = "https://api.rippling.com/platform/api/ats/v1/board"


class Rippling(PlainSource):
    """See the module. The name of a board is case-sensitive."""

    card = SourceCard(
        name="rippling",
        title="Rippling",
        verdict=Verdict.CONDITIONAL,
        reason="its board is public, but its documentation went behind a sign-in and its terms were not read",
        policy=HostPolicy(frozenset({"api.rippling.com"}), spacing_seconds=1.0),
        naming="its name is NAME in the URL ats.rippling.com/NAME/jobs, and upper and lower case count",
    )
    patterns = (
        re.compile(
            r"https://ats(?:\.us1)?\.rippling\.com/(?:[a-z]{2}(?:-[A-Za-z]{2})?/)?(?P<board>[A-Za-z0-9][\w.-]{0,99})/jobs(?:[/?]|$)"
        ),
        re.compile(r"https://api\.rippling\.com/platform/api/ats/v1/board/(?P<board>[A-Za-z0-9][\w.-]{0,99})"),
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}/{token(board.board)}/jobs"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        read = rows_of(reply, None, "uuid").read(_posting)
        base = self.address(board)
        read = completed(read, http, lambda posting: f"{base}/{quote(posting.external_id, safe='')}", _detailed)
        return Listing(board, *read, etag=reply.etag, company=read.company)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title = text_of(row.get("uuid")), text_of(row.get("name"))
    if bad := refused(identity, title, number, row):
        return bad
    locations = distinct([text_of(mapping(row.get("workLocation")).get("label"))])
    return RawPosting(
        external_id=identity,
        title=title,
        url=web_url(row.get("url")),
        locations=locations,
        remote=workplace_in(" | ".join(locations)),
        department=optional(mapping(row.get("department")).get("label")),
        complete=False,
        raw=row,
    )


def _detailed(posting: RawPosting, reply: Reply) -> RawPosting | Skipped:
    detail = object_of(reply)
    if detail.get("unlistedFromSearch") is True:
        return Skipped(posting.external_id, "unlisted: the employer shows it by direct link only")
    stated = detail.get("description")
    texts = mapping(stated)
    markup = sections([("", texts.get("role") or stated), ("", texts.get("company"))])
    places = (text_of(item) for item in each(detail.get("workLocations")))
    ranges = [
        salaries(item.get("rangeStart"), item.get("rangeEnd"), item.get("currency"), item.get("frequency"))
        for item in objects(detail.get("payRangeDetails"))
    ]
    kind = mapping(detail.get("employmentType"))
    return replace(
        posting,
        html=markup,
        complete=bool(markup),
        company=optional(detail.get("companyName")),
        locations=distinct([*posting.locations, *places]),
        salaries=tuple(dict.fromkeys(salary for found in ranges for salary in found)),
        employment_type=employment(kind.get("id")) or employment(kind.get("label")),
        posted_at=moment(detail.get("createdOn")),
    )
