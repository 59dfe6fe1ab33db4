"""Lever Postings API: a bare array of postings; a site lives on the global or the EU instance.

https://github.com/lever/postings-api. Markup is not escaped. The whole text is `description`, then each list under
its heading, then `additional` (the plain variants leave the lists out). The employer's name is not in the answer.
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
    amount,
    distinct,
    employment,
    epoch,
    mapping,
    objects,
    optional,
    sections,
    text_of,
    token,
    web_url,
    workplace,
    workplace_in,
)

HOSTS = {"": "api.lever.co", "eu": "api.eu.lever.co"}

_SITE = r"(?P<board>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})"
_INTERVAL = re.compile(r"per-(hour|day|week|month|year)")
_UNUSED = frozenset({"descriptionPlain", "additionalPlain", "openingPlain", "descriptionBodyPlain"})


class Lever(PlainSource):
    """See the module. The name of a site is case-sensitive and is never changed."""

    card = SourceCard(
        name="lever",
        title="Lever",
        verdict=Verdict.ALLOWED,
        reason="a documented public API; robots.txt allows all at one request a second",
        policy=HostPolicy(frozenset(HOSTS.values()), spacing_seconds=1.0, read_timeout=60.0),
        terms_url="https://github.com/lever/postings-api",
        regions=tuple(HOSTS),
        verified="recorded answers of one site on three days (448 rows), 2024",
        naming="its name is NAME in the URL jobs.lever.co/NAME, and upper and lower case count",
    )
    patterns = (
        re.compile(rf"https://jobs\.(?P<region>eu\.)?lever\.co/{_SITE}"),
        re.compile(rf"https://api\.(?P<region>eu\.)?lever\.co/v0/postings/{_SITE}"),
    )

    def address(self, board: BoardRef) -> str:
        return f"https://{HOSTS[board.region]}/v0/postings/{token(board.board)}?mode=json"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        return Listing(board, *rows_of(reply, None).read(_posting), etag=reply.etag)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Rejected:
    identity, title = text_of(row.get("id")), text_of(row.get("text"))
    if bad := refused(identity, title, number, row):
        return bad
    categories = mapping(row.get("categories"))
    places = categories.get("allLocations")
    listed = [text_of(place) for place in places] if isinstance(places, list) else []
    locations = distinct([text_of(categories.get("location")), *listed])
    markup = _whole(row)
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("hostedUrl")),
        locations=locations,
        country=optional(row.get("country")),
        remote=workplace(row.get("workplaceType")) or workplace_in(" | ".join(locations)),
        salaries=tuple(_salaries(row)),
        employment_type=employment(categories.get("commitment")),
        department=_department(categories),
        posted_at=epoch(row.get("createdAt")),
        complete=bool(markup),
        raw={key: value for key, value in row.items() if key not in _UNUSED},
    )


def _department(categories: Any) -> str | None:
    """Department, else team; a dash stands for none."""
    names = (text_of(categories.get("department")), text_of(categories.get("team")))
    return next((name for name in names if name.strip("-– ")), None)


def _whole(row: dict[str, Any]) -> str:
    """The description, each list under its heading, and what comes after."""
    lists = [
        (item.get("text"), f"<ul>{item['content']}</ul>" if text_of(item.get("content")) else "")
        for item in objects(row.get("lists"))
    ]
    start = text_of(row.get("description")) or text_of(row.get("descriptionPlain"))
    end = text_of(row.get("additional")) or text_of(row.get("additionalPlain"))
    return sections([("", start), *lists, ("", end), ("", row.get("salaryDescription"))])


def _salaries(row: dict[str, Any]) -> list[Salary]:
    stated = mapping(row.get("salaryRange"))
    low, high = amount(stated.get("min")), amount(stated.get("max"))
    if low is None and high is None:
        return []
    interval = text_of(stated.get("interval"))
    period = _INTERVAL.match(interval)
    words = [f"{value:,.0f}" for value in (low, high) if value is not None]
    raw = " ".join(part for part in (" - ".join(words), text_of(stated.get("currency")), interval) if part)
    return [Salary(low, high, optional(stated.get("currency")), period[1] if period else None, raw)]
