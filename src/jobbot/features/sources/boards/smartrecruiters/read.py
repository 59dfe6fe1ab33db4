"""SmartRecruiters' Posting API: a list in pages of a hundred, and the text of each posting by itself.

https://developers.smartrecruiters.com/docs/posting-api. A company that is not known answers like one without openings,
so neither is believed. Names of people (recruiters, hiring managers in the employer's own fields) are not kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from jobbot.kernel.errors import NotFound
from jobbot.sdk import (
    BoardRef,
    HostPolicy,
    Http,
    Listing,
    PlainSource,
    RawPosting,
    Rejected,
    Reply,
    Rows,
    Salary,
    Skipped,
    SourceCard,
    Verdict,
    ask,
    refused,
)
from jobbot.sdk.details import completed, object_of
from jobbot.sdk.feeds import walk
from jobbot.sdk.fields import (
    distinct,
    employment,
    identity_of,
    mapping,
    moment,
    optional,
    place,
    sections,
    text_of,
    token,
    web_url,
)
from jobbot.sdk.pay import salaries

API = "https://api.smartrecruiters.com/v1/companies"
PAGE = 100
MOST_PAGES = 50

_NAME = r"(?P<board>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})"
_UNUSED = frozenset({"creator", "customField", "referralUrl"})
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters(PlainSource):
    """See the module."""

    card = SourceCard(
        name="smartrecruiters",
        title="SmartRecruiters",
        verdict=Verdict.CONDITIONAL,
        reason="its API is documented for career sites, but the robots.txt of the API's host forbids all but LinkedIn",
        policy=HostPolicy(
            frozenset({"api.smartrecruiters.com"}),
            spacing_seconds=1.0,
            read_timeout=128.0,
            robots_exempt="the API is documented for programs that show an employer's postings",
        ),
        terms_url="https://developers.smartrecruiters.com/docs/posting-api",
        verified="recorded answers of one company on four days (51 rows) and eight details, 2024",
        naming="its name is NAME in the URL jobs.smartrecruiters.com/NAME, as it is written there",
    )
    patterns = (
        re.compile(rf"https://jobs\.smartrecruiters\.com/oneclick-ui/company/{_NAME}"),
        re.compile(rf"https://(?:careers|jobs)\.smartrecruiters\.com/(?!oneclick-ui(?:/|$)){_NAME}"),
        re.compile(rf"https://api\.smartrecruiters\.com/v1/companies/{_NAME}"),
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}/{token(board.board)}/postings?limit={PAGE}&offset=0"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        base = f"{API}/{token(board.board)}/postings"
        read, whole = walk(
            reply,
            "content",
            _posting,
            lambda rows, pages: f"{base}?limit={PAGE}&offset={pages * PAGE}" if _more(rows, pages) else None,
            lambda url: ask(self.card, board, http, url),
            MOST_PAGES,
        )
        if not any(read):
            raise NotFound(
                f"SmartRecruiters lists nothing for {board.board!r}, which it also does for companies that it does not "
                f"know; {self.card.naming}"
            )
        total = object_of(reply).get("totalFound")
        whole = whole and (not isinstance(total, int) or total <= sum(map(len, read)))
        read = completed(read, http, lambda posting: f"{base}/{quote(posting.external_id, safe='')}", _detailed)
        return Listing(board, *read, etag=reply.etag, complete=whole, company=read.company)


def _more(rows: Rows, pages: int) -> bool:
    total = rows.rest.get("totalFound")
    return isinstance(total, int) and pages * PAGE < total


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    kept = {key: value for key, value in row.items() if key not in _UNUSED}
    identity, title = identity_of(row.get("id")), text_of(row.get("name"))
    if bad := refused(identity, title, number, kept):
        return bad
    company, where = mapping(row.get("company")), mapping(row.get("location"))
    name = text_of(company.get("identifier"))
    address = f"https://jobs.smartrecruiters.com/{quote(name, safe='')}/{quote(identity, safe='')}" if name else None
    country = text_of(where.get("country")).upper()
    flags = [kind for kind in ("hybrid", "remote") if where.get(kind) is True]
    return RawPosting(
        external_id=identity,
        title=title,
        url=web_url(address),
        company=optional(company.get("name")),
        locations=distinct(
            [text_of(where.get("fullLocation")) or place(where.get("city"), where.get("region"), country)]
        ),
        country=country or None,
        remote=flags[0] if flags else None,
        employment_type=employment(mapping(row.get("typeOfEmployment")).get("label")),
        department=optional(mapping(row.get("department")).get("label"))
        or optional(mapping(row.get("function")).get("label")),
        posted_at=moment(row.get("releasedDate")),
        language=optional(mapping(row.get("language")).get("code")),
        complete=False,
        raw=kept,
    )


def _detailed(posting: RawPosting, reply: Reply) -> RawPosting | Skipped:
    detail = object_of(reply)
    if detail.get("active") is False:
        return Skipped(posting.external_id, "closed")
    stated = mapping(mapping(detail.get("jobAd")).get("sections"))
    parts = [mapping(stated.get(name)) for name in _SECTIONS]
    markup = sections((part.get("title"), part.get("text")) for part in parts)
    return replace(
        posting,
        html=markup,
        complete=bool(markup),
        url=web_url(detail.get("postingUrl")) or posting.url,
        salaries=_salaries(mapping(detail.get("compensation"))),
    )


def _salaries(stated: Any) -> tuple[Salary, ...]:
    """Flat as it was seen, or below `salary` as another client reads it."""
    pay = mapping(stated.get("salary")) or stated
    low, high = pay.get("min", pay.get("minimum")), pay.get("max", pay.get("maximum"))
    return salaries(low, high, pay.get("currency"), pay.get("period"))
