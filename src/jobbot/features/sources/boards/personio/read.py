"""Personio's XML feed: one call lists an employer with descriptions.

https://developer.personio.de/docs/retrieving-open-job-positions. There is neither pay nor a workplace, and any element
may be missing. An employer that is not known is sent to Personio's own site; so may be one that has no feed.
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
)
from jobbot.sdk.fields import (
    LABEL,
    distinct,
    each,
    employment,
    mapping,
    moment,
    optional,
    sections,
    subdomain,
    text_of,
    workplace_in,
    workplace_in_title,
)
from jobbot.sdk.xmlrows import xml_rows_of

HOSTS = {"": "jobs.personio.de", "com": "jobs.personio.com"}

_SCHEDULES = {"full-time", "part-time"}


class Personio(PlainSource):
    """See the module."""

    card = SourceCard(
        name="personio",
        title="Personio",
        verdict=Verdict.ALLOWED,
        reason="a documented public feed without authentication, made for reading",
        policy=HostPolicy(frozenset(f"*.{host}" for host in HOSTS.values()), spacing_seconds=1.0),
        terms_url="https://developer.personio.de/docs/retrieving-open-job-positions",
        case_sensitive=False,
        regions=tuple(HOSTS),
        naming="its name is NAME in the URL NAME.jobs.personio.de; an employer may also have switched the feed off",
    )
    patterns = (re.compile(rf"https://(?P<board>{LABEL})\.jobs\.personio\.(?:de|(?P<region>com))(?:/|$)"),)
    unknown = (404, 301, 302, 303, 307, 308)

    def address(self, board: BoardRef) -> str:
        return f"https://{subdomain(board.board)}.{HOSTS[board.region]}/xml?language=en"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        address = f"https://{subdomain(board.board)}.{HOSTS[board.region]}/job"
        rows = xml_rows_of(reply, "position", "workzag-jobs")
        return Listing(board, *rows.read(lambda row, number: _posting(row, number, address)), etag=reply.etag)


def _posting(row: dict[str, Any], number: int, address: str) -> RawPosting | Rejected:
    identity, title = text_of(row.get("id")), text_of(row.get("name"))
    if bad := refused(identity, title, number, row):
        return bad
    parts = [mapping(item) for item in each(mapping(row.get("jobDescriptions")).get("jobDescription"))]
    markup = sections((part.get("name"), part.get("value")) for part in parts)
    more = each(mapping(row.get("additionalOffices")).get("office"))
    locations = distinct(text_of(office) for office in (row.get("office"), *more))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=f"{address}/{identity}" if identity.isalnum() and identity.isascii() else None,
        company=optional(row.get("subcompany")),
        locations=locations,
        remote=workplace_in(" | ".join(locations)) or workplace_in_title(title),
        employment_type=_employment(row),
        department=optional(row.get("department")) or optional(row.get("recruitingCategory")),
        posted_at=moment(row.get("createdAt")),
        complete=bool(markup),
        raw=row,
    )


def _employment(row: dict[str, Any]) -> str | None:
    """The schedule of someone employed for good; else the kind (intern, trainee, freelance, working_student)."""
    kind, schedule = text_of(row.get("employmentType")), text_of(row.get("schedule"))
    return employment(schedule if kind in ("", "permanent") and schedule in _SCHEDULES else kind.replace("_", " "))
