"""BambooHR's careers list: one call lists an employer, one each brings a posting's text, one the employer's name.

There is no documentation; the shapes were recorded and read in open clients. A tenant that is not known is sent to
BambooHR's own site.
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
from jobbot.sdk.details import completed, object_of
from jobbot.sdk.fields import (
    LABEL,
    distinct,
    employment,
    identity_of,
    mapping,
    moment,
    optional,
    paragraphs,
    place,
    sections,
    subdomain,
    text_of,
    workplace_in_title,
)

_JSON = {"Accept": "application/json"}
_WORKPLACES = {"0": "onsite", "1": "remote", "2": "hybrid"}


class BambooHr(PlainSource):
    """See the module."""

    card = SourceCard(
        name="bamboohr",
        title="BambooHR",
        verdict=Verdict.CONDITIONAL,
        reason="its list is public but undocumented, and robots.txt differs by employer",
        policy=HostPolicy(frozenset({"*.bamboohr.com"}), spacing_seconds=1.0),
        case_sensitive=False,
        verified="recorded lists of one employer on four days (38 rows), 2024; texts are read from open clients",
        naming="its name is NAME in the URL NAME.bamboohr.com/careers",
    )
    patterns = (re.compile(rf"https://(?!(?:www|api)\.)(?P<board>{LABEL})\.bamboohr\.com/(?:careers|jobs)(?:[/?]|$)"),)
    headers = _JSON
    unknown = (404, 301, 302, 303, 307, 308)

    def address(self, board: BoardRef) -> str:
        return f"{_base(board)}/list"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        base = _base(board)
        rows = rows_of(reply, "result")
        read = rows.read(lambda row, number: _posting(row, number, base))
        complete = rows.are_all(mapping(rows.rest.get("meta")).get("totalCount"))
        company = _company(base, http) if read.postings else None
        read = completed(
            read, http, lambda posting: f"{base}/{quote(posting.external_id, safe='')}/detail", _detailed, headers=_JSON
        )
        return Listing(board, *read, etag=reply.etag, complete=complete, company=company)


def _base(board: BoardRef) -> str:
    return f"https://{subdomain(board.board)}.bamboohr.com/careers"


def _company(base: str, http: Http) -> str | None:
    reply = http.get(f"{base}/company-info", purpose="name of the employer", headers=_JSON)
    return optional(mapping(object_of(reply).get("result")).get("name")) if reply.status == 200 else None


def _posting(row: dict[str, Any], number: int, base: str) -> RawPosting | Rejected:
    identity, title = identity_of(row.get("id")), text_of(row.get("jobOpeningName"))
    if bad := refused(identity, title, number, row):
        return bad
    near, far = mapping(row.get("location")), mapping(row.get("atsLocation"))
    locations = distinct(
        [
            place(near.get("city"), near.get("state"), near.get("addressCountry"))
            or place(far.get("city"), text_of(far.get("province")) or far.get("state"), far.get("country"))
        ]
    )
    flag = "remote" if row.get("isRemote") in (True, 1) else None
    return RawPosting(
        external_id=identity,
        title=title,
        url=f"{base}/{quote(identity, safe='')}",
        locations=locations,
        country=optional(near.get("addressCountry")) or optional(far.get("country")),
        remote=flag or _WORKPLACES.get(identity_of(row.get("locationType"))) or workplace_in_title(title),
        employment_type=employment(row.get("employmentStatusLabel")),
        department=optional(row.get("departmentLabel")),
        complete=False,
        raw=row,
    )


def _detailed(posting: RawPosting, reply: Reply) -> RawPosting:
    opening = mapping(mapping(object_of(reply).get("result")).get("jobOpening"))
    markup = sections([("", opening.get("description")), ("Compensation", paragraphs(opening.get("compensation")))])
    return replace(posting, html=markup, complete=bool(markup), posted_at=moment(opening.get("datePosted")))
