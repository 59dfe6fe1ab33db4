"""USAJOBS: postings of the government of the United States, searched with a key of one's own.

https://developer.usajobs.gov. The key is asked for with an e-mail address, which is sent along as `From`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jobbot.kernel.errors import InvalidInput
from jobbot.sdk import (
    BoardRef,
    HostPolicy,
    Http,
    Kind,
    Listing,
    Option,
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
from jobbot.sdk.feeds import query_text
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    identity_of,
    mapping,
    moment,
    objects,
    optional,
    paragraphs,
    sections,
    text_of,
    web_url,
)
from jobbot.sdk.pay import salaries

API = "https://data.usajobs.gov/api/Search"
PAGE = 250
_PARTS = (
    ("", "JobSummary"),
    ("Major duties", "MajorDuties"),
    ("Qualifications", "QualificationSummary"),
    ("Education", "Education"),
    ("Requirements", "Requirements"),
    ("Who may apply", "WhoMayApply"),
)


class UsaJobs(PlainSource):
    """See the module."""

    card = SourceCard(
        name="usajobs",
        title="USAJOBS",
        verdict=Verdict.ALLOWED,
        reason="the documented public API of the United States government, with a free key",
        policy=HostPolicy(frozenset({"data.usajobs.gov"}), spacing_seconds=1.0, read_timeout=60.0, daily_requests=500),
        attribution="USAJOBS",
        terms_url="https://developer.usajobs.gov",
        kind=Kind.SEARCH,
        covers="the federal government of the United States, all professions",
        options=(
            Option("email", "the e-mail address that the key was asked for with"),
            Option("key", "the free authorization key", secret=True),
        ),
    )

    def __init__(self, options: Mapping[str, str] | None = None) -> None:
        stated = options or {}
        self.headers = {"From": stated.get("email", ""), "Authorization-Key": stated.get("key", "")}

    def configured(self, options: Mapping[str, str]) -> UsaJobs:
        if not re.fullmatch(r"[\x21-\x7e]{1,200}", options["key"]):
            raise InvalidInput("the key of USAJOBS holds blanks or other characters that no key has; copy it again")
        if not re.fullmatch(r"[^\s@]{1,64}@[\x21-\x7e]{1,190}", options["email"]):
            raise InvalidInput(f"{options['email'][:100]!r} is no e-mail address; USAJOBS wants the one of your key")
        return UsaJobs(options)

    def address(self, board: BoardRef) -> str:
        words = f"&Keyword={query_text(board.board)}" if board.board else ""
        return f"{API}?ResultsPerPage={PAGE}&Fields=Full&Page=1{words}"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        read = rows_of(reply, "SearchResult.SearchResultItems").read(_posting)
        return Listing(board, *read, etag=reply.etag, complete=False)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    stated = mapping(row.get("MatchedObjectDescriptor"))
    identity = identity_of(row.get("MatchedObjectId")) or identity_of(stated.get("PositionID"))
    title = text_of(stated.get("PositionTitle"))
    if bad := refused(identity, title, number, row):
        return bad
    details = mapping(mapping(stated.get("UserArea")).get("Details"))
    markup = _whole({**stated, **details})
    kinds = [text_of(item.get("Name")) for item in objects(stated.get("PositionSchedule"))]
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(stated.get("PositionURI")),
        company=optional(stated.get("OrganizationName")) or optional(stated.get("DepartmentName")),
        locations=_locations(stated),
        country="US",
        remote="remote" if _is_true(details.get("RemoteIndicator")) else None,
        salaries=_salaries(stated),
        employment_type=next((kind for kind in map(employment, kinds) if kind), None),
        department=optional(next((item.get("Name") for item in objects(stated.get("JobCategory"))), None)),
        posted_at=moment(stated.get("PublicationStartDate")),
        closes_at=moment(stated.get("ApplicationCloseDate")),
        complete=bool(markup),
        raw=row,
    )


def _whole(stated: Mapping[str, Any]) -> str:
    """The parts of the text; each is plain, and may be a list, or an object with a name."""
    parts = []
    for heading, name in _PARTS:
        texts = (
            text_of(item.get("Name")) if isinstance(item, dict) else text_of(item) for item in each(stated.get(name))
        )
        parts.append((heading, "".join(map(paragraphs, texts))))
    return sections(parts)


def _locations(stated: Mapping[str, Any]) -> tuple[str, ...]:
    places = distinct(text_of(item.get("LocationName")) for item in objects(stated.get("PositionLocation")))
    return places or distinct([text_of(stated.get("PositionLocationDisplay"))])


def _salaries(stated: Mapping[str, Any]) -> tuple[Salary, ...]:
    found: tuple[Salary, ...] = ()
    for item in objects(stated.get("PositionRemuneration")):
        per = text_of(item.get("RateIntervalCode"))
        found += salaries(item.get("MinimumRange"), item.get("MaximumRange"), "USD", per, label=item.get("Description"))
    return tuple(dict.fromkeys(found))


def _is_true(value: Any) -> bool:
    return value is True or text_of(value).lower() in ("true", "yes")
