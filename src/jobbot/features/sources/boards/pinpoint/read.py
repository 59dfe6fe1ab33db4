"""Pinpoint's postings.json: one call lists an employer with descriptions and, where it wants it shown, pay.

https://developers.pinpointhq.com/docs/jobs-json-endpoint. The text is in four parts. There is no date of posting;
`deadline_at` is the end of applications.
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
    Salary,
    SourceCard,
    Verdict,
    refused,
    rows_of,
)
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
    web_url,
    workplace,
)
from jobbot.sdk.pay import salaries

MOST = 1_000
"""A listing of exactly that many rows may have been cut off."""

_PARTS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")


class Pinpoint(PlainSource):
    """See the module."""

    card = SourceCard(
        name="pinpoint",
        title="Pinpoint",
        verdict=Verdict.ALLOWED,
        reason="a documented public endpoint without authentication, made for reading",
        policy=HostPolicy(frozenset({"*.pinpointhq.com"}), spacing_seconds=1.0, read_timeout=60.0),
        terms_url="https://developers.pinpointhq.com/docs/jobs-json-endpoint",
        case_sensitive=False,
        verified="recorded answers of two employers on three days (303 rows), 2024",
        naming="its name is NAME in the URL NAME.pinpointhq.com",
    )
    patterns = (re.compile(rf"https://(?!(?:www|developers|app)\.)(?P<board>{LABEL})\.pinpointhq\.com(?:/|$)"),)

    def address(self, board: BoardRef) -> str:
        return f"https://{subdomain(board.board)}.pinpointhq.com/postings.json"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        rows = rows_of(reply, "data")
        whole = len(rows.good) + len(rows.bad) != MOST
        return Listing(board, *rows.read(_posting), etag=reply.etag, complete=whole)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title = identity_of(row.get("id")), text_of(row.get("title"))
    kept = row if row.get("compensation_visible") is True else _without_pay(row)
    if bad := refused(identity, title, number, kept):
        return bad
    where, job = mapping(row.get("location")), mapping(row.get("job"))
    pay = _salaries(kept)
    markup = _whole(kept, pay)
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("url")),
        locations=distinct([text_of(where.get("name")) or place(where.get("city"), where.get("province"))]),
        remote=workplace(row.get("workplace_type")),
        salaries=pay,
        employment_type=employment(row.get("employment_type")) or optional(row.get("employment_type_text")),
        department=optional(mapping(job.get("department")).get("name")),
        closes_at=moment(row.get("deadline_at")),
        complete=bool(markup),
        raw=kept,
    )


def _without_pay(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the employer wants it shown."""
    return {key: value for key, value in row.items() if not key.startswith("compensation")}


def _salaries(row: dict[str, Any]) -> tuple[Salary, ...]:
    low, high, code, per = (row.get(f"compensation_{name}") for name in ("minimum", "maximum", "currency", "frequency"))
    return salaries(low, high, code, per, raw=row.get("compensation"))


def _whole(row: dict[str, Any], pay: tuple[Salary, ...]) -> str:
    """The four parts, and the pay in the employer's words where it gives no numbers."""
    stated = "" if pay else paragraphs(row.get("compensation"))
    parts = [(row.get(f"{part}_header"), row.get(part)) for part in _PARTS]
    return sections([("", row.get("description")), *parts, ("Compensation", stated)])
