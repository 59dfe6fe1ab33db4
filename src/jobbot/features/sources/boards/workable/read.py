"""Workable's public widget: one call lists an account, with a row for each place of a posting.

https://help.workable.com, article 115012771647. There is no pay. Too many requests are answered by a block of many
hours, hence the pause; without `details=true` some accounts seem to list nothing.
"""

from __future__ import annotations

import re
from typing import Any

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
from jobbot.sdk.fields import LABEL, distinct, employment, moment, objects, optional, place, text_of, token, web_url

API = "https://apply.workable.com/api/v1/widget/accounts"


class Workable(PlainSource):
    """See the module."""

    card = SourceCard(
        name="workable",
        title="Workable",
        verdict=Verdict.ALLOWED,
        reason="a documented public widget without authentication; read slowly, for it blocks for hours",
        policy=HostPolicy(
            frozenset({"apply.workable.com"}), spacing_seconds=3.0, read_timeout=60.0, daily_requests=500
        ),
        terms_url="https://help.workable.com/hc/en-us/articles/115012771647",
        verified="one recorded account of 171 rows, 2023",
        naming="its name is NAME in the URL apply.workable.com/NAME",
    )
    patterns = (
        re.compile(r"https://apply\.workable\.com/api/v1/widget/accounts/(?P<board>[A-Za-z0-9][\w.-]{0,99})"),
        re.compile(r"https://apply\.workable\.com/(?!(?:api|j)(?:/|$))(?P<board>[A-Za-z0-9][\w.-]{0,99})"),
        re.compile(rf"https://(?!(?:apply|jobs|www|help)\.)(?P<board>{LABEL})\.workable\.com(?:/|$)"),
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}/{token(board.board)}?details=true"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        rows = rows_of(reply, "jobs", "shortcode")
        return Listing(board, *rows.read(_posting), etag=reply.etag, company=optional(rows.rest.get("name")))


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title, markup = (text_of(row.get(key)) for key in ("shortcode", "title", "description"))
    if bad := refused(identity, title, number, row):
        return bad
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("url")),
        locations=_locations(row),
        country=optional(row.get("country")),
        remote="remote" if row.get("telecommuting") is True else None,
        employment_type=employment(row.get("employment_type")),
        department=optional(row.get("department")),
        posted_at=moment(row.get("published_on")) or moment(row.get("created_at")),
        complete=bool(markup),
        raw=row,
    )


def _locations(row: dict[str, Any]) -> tuple[str, ...]:
    """The places that the employer does not hide; the row's own where it lists none. `state` is a region."""
    listed = objects(row.get("locations"))
    if not listed:
        return distinct([place(row.get("city"), row.get("state"), row.get("country"))])
    shown = (item for item in listed if item.get("hidden") is not True)
    return distinct(place(item.get("city"), item.get("region"), item.get("country")) for item in shown)
