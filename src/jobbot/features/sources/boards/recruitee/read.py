"""Recruitee's careers site API: one call lists an employer with descriptions and pay.

https://docs.recruitee.com/reference/offers. The text is `description`, then `requirements`. Dates are no ISO dates, pay
comes as text, and each offer carries a mailbox that is not kept.
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
    Skipped,
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
    objects,
    optional,
    place,
    sections,
    subdomain,
    text_of,
    web_url,
    workplace_in,
    workplace_in_title,
)
from jobbot.sdk.pay import salaries

_UNUSED = frozenset({"mailbox_email", "open_questions", "translations"})
_WORKPLACES = (("remote", "remote"), ("hybrid", "hybrid"), ("on_site", "onsite"))
"""Flags that do not exclude each other: the one that leaves most freedom counts."""


class Recruitee(PlainSource):
    """See the module."""

    card = SourceCard(
        name="recruitee",
        title="Recruitee",
        verdict=Verdict.ALLOWED,
        reason="a documented public API without authentication; an employer's own robots.txt may say otherwise",
        policy=HostPolicy(frozenset({"*.recruitee.com"}), spacing_seconds=1.0, read_timeout=60.0),
        terms_url="https://docs.recruitee.com/reference/offers",
        case_sensitive=False,
        verified="recorded answers of three employers (172 rows), 2024",
        naming="its name is NAME in the URL NAME.recruitee.com",
    )
    patterns = (re.compile(rf"https://(?!(?:api|www|docs)\.)(?P<board>{LABEL})\.recruitee\.com(?:/|$)"),)

    def address(self, board: BoardRef) -> str:
        return f"https://{subdomain(board.board)}.recruitee.com/api/offers/"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        read = rows_of(reply, "offers").read(_posting)
        return Listing(board, *read, etag=reply.etag, company=read.company)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    kept = {key: value for key, value in row.items() if key not in _UNUSED}
    identity, title = identity_of(row.get("id")), text_of(row.get("title"))
    if identity and text_of(row.get("status")) not in ("", "published"):
        return Skipped(identity, "not published")
    if bad := refused(identity, title, number, kept):
        return bad
    markup = sections([("", row.get("description")), ("", row.get("requirements"))])
    pay = mapping(row.get("salary"))
    locations = _locations(row)
    flag = next((name for key, name in _WORKPLACES if row.get(key) is True), None)
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("careers_url")),
        company=optional(row.get("company_name")),
        locations=locations,
        country=optional(row.get("country_code")) or optional(row.get("country")),
        remote=flag or workplace_in(" | ".join(locations)) or workplace_in_title(title),
        salaries=salaries(pay.get("min"), pay.get("max"), pay.get("currency"), pay.get("period")),
        employment_type=employment(row.get("employment_type_code")),
        department=optional(row.get("department")),
        posted_at=moment(row.get("published_at")),
        closes_at=moment(row.get("close_at")),
        language=_language(row),
        complete=bool(markup),
        raw=kept,
    )


def _locations(row: dict[str, Any]) -> tuple[str, ...]:
    listed = objects(row.get("locations"))
    named = [place(item.get("city"), item.get("state"), item.get("country")) or item.get("name") for item in listed]
    own = place(row.get("city"), row.get("country")) or text_of(row.get("location"))
    return distinct(text_of(item) for item in named) or distinct([own])


def _language(row: dict[str, Any]) -> str | None:
    """The one language the offer is written in; None where it is there in several."""
    languages = list(mapping(row.get("translations")))
    return languages[0] if len(languages) == 1 else None
