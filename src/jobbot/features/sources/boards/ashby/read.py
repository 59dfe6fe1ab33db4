"""Ashby public job posting API: one call lists a board with descriptions and, when asked, pay.

https://developers.ashbyhq.com/docs/public-job-posting-api. Pay stands in tiers (zones, levels); each keeps its range
and its name, and no two are ever merged.
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
    Skipped,
    SourceCard,
    Verdict,
    refused,
    rows_of,
)
from jobbot.sdk.fields import (
    amount,
    distinct,
    employment,
    mapping,
    moment,
    objects,
    optional,
    text_of,
    token,
    web_url,
    workplace,
    workplace_in,
)

API = "https://api.ashbyhq.com/posting-api/job-board"

_INTERVAL = re.compile(r"1 (HOUR|DAY|WEEK|MONTH|YEAR)")


class Ashby(PlainSource):
    """See the module."""

    card = SourceCard(
        name="ashby",
        title="Ashby",
        verdict=Verdict.ALLOWED,
        reason="a documented public API without authentication, made for reading boards",
        policy=HostPolicy(frozenset({"api.ashbyhq.com"}), spacing_seconds=1.0, read_timeout=60.0),
        terms_url="https://developers.ashbyhq.com/docs/public-job-posting-api",
        case_sensitive=False,
        verified="recorded answers of 266 boards (5,874 postings), 2024 to 2026",
        naming="its name is NAME in the URL jobs.ashbyhq.com/NAME",
    )
    patterns = (
        re.compile(r"https://jobs\.ashbyhq\.com/(?!(?:api|b|meeting)(?:/|$))(?P<board>[^/?#]{1,100})"),
        re.compile(r"https://api\.ashbyhq\.com/posting-api/job-board/(?P<board>[^/?#]{1,100})"),
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}/{token(board.board)}?includeCompensation=true"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        rows = rows_of(reply, "jobs")
        return Listing(board, *rows.read(_posting), etag=reply.etag)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    identity, title = text_of(row.get("id")), text_of(row.get("title"))
    if identity and row.get("isListed") is False:
        return Skipped(identity, "unlisted: the employer shows it by direct link only")
    if bad := refused(identity, title, number, row):
        return bad
    markup, plain = text_of(row.get("descriptionHtml")), text_of(row.get("descriptionPlain"))
    locations = _locations(row)
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        text="" if markup else plain,
        url=web_url(row.get("jobUrl")),
        locations=locations,
        country=optional(_postal(row).get("addressCountry")),
        remote=_workplace(row, locations),
        salaries=tuple(_salaries(row)),
        employment_type=employment(row.get("employmentType")),
        department=optional(row.get("department")) or optional(row.get("team")),
        posted_at=moment(row.get("publishedAt")),
        complete=bool(markup or plain),
        raw={key: value for key, value in row.items() if key != "descriptionPlain" or not markup},
    )


def _workplace(row: dict[str, Any], locations: tuple[str, ...]) -> str | None:
    """`workplaceType` wins; else `isRemote` true; else what the places say. `isRemote` false alone states nothing."""
    stated = workplace(row.get("workplaceType"))
    if stated or row.get("isRemote") is not True:
        return stated or workplace_in(" | ".join(locations))
    return "hybrid" if workplace_in(" | ".join(locations)) == "hybrid" else "remote"


def _postal(place: dict[str, Any]) -> Any:
    """The postal address: nested in the answers, flat in the vendor's drawing."""
    address = mapping(place.get("address"))
    return mapping(address.get("postalAddress")) or address


def _locations(row: dict[str, Any]) -> tuple[str, ...]:
    """Primary, then secondary places; an address only where a place has no name."""
    stated = row.get("secondaryLocations")
    secondary = stated if isinstance(stated, list) else []
    others = [text_of(item) if isinstance(item, str) else _named(mapping(item)) for item in secondary]
    return distinct([_named(row), *others])


def _named(place: Any) -> str:
    if name := text_of(place.get("location")):
        return name
    postal = _postal(place)
    parts = (text_of(postal.get(key)) for key in ("addressLocality", "addressRegion", "addressCountry"))
    return ", ".join(part for part in parts if part)


def _salaries(row: dict[str, Any]) -> list[Salary]:
    """One salary for each Salary component with a bound, labelled with its tier."""
    found = []
    for tier in objects(mapping(row.get("compensation")).get("compensationTiers")):
        for part in objects(tier.get("components")):
            low, high = amount(part.get("minValue")), amount(part.get("maxValue"))
            if part.get("compensationType") != "Salary" or (low is None and high is None):
                continue
            interval = _INTERVAL.fullmatch(text_of(part.get("interval")))
            found.append(
                Salary(
                    min=low,
                    max=high,
                    currency=optional(part.get("currencyCode")),
                    period=interval[1].lower() if interval else None,
                    raw=optional(part.get("summary")) or optional(tier.get("tierSummary")),
                    label=optional(tier.get("title")),
                )
            )
    return found
