"""Greenhouse Job Board API: one call lists a board with descriptions and pay.

https://docs.greenhouse.io/job-board.html. The description comes entity-escaped and is decoded exactly once. There is
no field for the workplace or the kind of employment: both are read from what the place, the title and the employer's
own fields say, and left open otherwise.
"""

from __future__ import annotations

import html
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
from jobbot.sdk.details import object_of
from jobbot.sdk.fields import (
    amount,
    distinct,
    employment,
    identity_of,
    mapping,
    moment,
    objects,
    optional,
    text_of,
    token,
    web_url,
    workplace_in,
    workplace_in_title,
)

API = "https://boards-api.greenhouse.io/v1/boards"

_NAME = r"(?P<board>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})"
_PERSONAL = "user"
"""Type of the employer's own fields that name a person; they are not kept."""
_EMPLOYMENT_FIELDS = frozenset(
    {"employment type", "time type", "job type", "commitment", "worker type", "early career time type"}
)
_WORKPLACE_FIELDS = frozenset({"workplace type", "working model eligibility", "work model", "remote", "location type"})
_UNUSED = ("data_compliance", "questions", "location_questions", "compliance", "demographic_questions")
_PERIODS = (
    ("hour", re.compile(r"\bhour(?:ly)?\b|/\s?h(?:ou)?r\b", re.IGNORECASE)),
    ("month", re.compile(r"\bmonth(?:ly)?\b", re.IGNORECASE)),
    ("year", re.compile(r"\bannual(?:ly|i[sz]ed)?\b|\b(?:per|a) (?:year|annum)\b|\byearly\b", re.IGNORECASE)),
)


class Greenhouse(PlainSource):
    """See the module."""

    card = SourceCard(
        name="greenhouse",
        title="Greenhouse",
        verdict=Verdict.ALLOWED,
        reason="a documented public API without authentication, made for reading boards",
        policy=HostPolicy(frozenset({"boards-api.greenhouse.io"}), spacing_seconds=1.0, read_timeout=60.0),
        terms_url="https://docs.greenhouse.io/job-board.html",
        case_sensitive=False,
        verified="recorded answers of 721 boards without descriptions, and five postings with them",
        naming="its name is NAME in the URL job-boards.greenhouse.io/NAME",
    )
    patterns = (
        re.compile(rf"https://(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?!embed(?:/|$)){_NAME}"),
        re.compile(rf"https://boards(?:\.eu)?\.greenhouse\.io/embed/job_(?:board|app)(?:/js)?\?(?:.*&)?for={_NAME}"),
        re.compile(rf"https://(?:boards-api|api)\.greenhouse\.io/v1/boards/{_NAME}"),
    )

    def address(self, board: BoardRef) -> str:
        return f"{API}/{token(board.board)}/jobs?content=true&pay_transparency=true"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        """A second call brings the employer's name where the rows do not carry it."""
        rows = rows_of(reply, "jobs")
        read = rows.read(_posting)
        complete = rows.are_all(mapping(rows.rest.get("meta")).get("total"))
        company = read.company or (_board_name(f"{API}/{token(board.board)}", http) if read.postings else None)
        return Listing(board, *read, complete=complete, etag=reply.etag, company=company)


def _board_name(base: str, http: Http) -> str | None:
    """The name on the board's own page; None when it has none to give."""
    reply = http.get(base, purpose="name of the employer")
    return optional(object_of(reply).get("name")) if reply.status == 200 else None


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    identity, title = identity_of(row.get("id")), text_of(row.get("title"))
    if bad := refused(identity, title, number, _kept(row)):
        return bad
    if "internal_job_id" in row and row["internal_job_id"] is None:
        return Skipped(identity, "prospect post: a talent pool, not a vacancy")
    place = text_of(mapping(row.get("location")).get("name"))
    content = html.unescape(text_of(row.get("content")))
    return RawPosting(
        external_id=identity,
        title=title,
        html=content,
        url=web_url(row.get("absolute_url")),
        company=optional(row.get("company_name")),
        locations=_locations(place, row),
        remote=_stated(row, _WORKPLACE_FIELDS, workplace_in) or workplace_in(place) or workplace_in_title(title),
        salaries=tuple(_salaries(row)),
        employment_type=_stated(row, _EMPLOYMENT_FIELDS, employment),
        department=optional(next((item.get("name") for item in objects(row.get("departments"))), None)),
        posted_at=moment(row.get("first_published")),
        language=optional(row.get("language")),
        complete=bool(content),
        raw=_kept(row),
    )


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """The row without questionnaires and without the people named in the employer's own fields."""
    kept = {key: value for key, value in row.items() if key not in _UNUSED}
    if isinstance(kept.get("metadata"), list):
        kept["metadata"] = [item for item in objects(kept["metadata"]) if item.get("value_type") != _PERSONAL]
    return kept


def _locations(place: str, row: dict[str, Any]) -> tuple[str, ...]:
    """The places of the location field; where it names only a way of working, the offices' cities beside it."""
    places = distinct(re.split(r"\s*;\s*", place))
    if places and not all(workplace_in(item) and len(item) < 12 for item in places):
        return places
    offices = objects(row.get("offices"))
    return distinct([*places, *(text_of(office.get("location")) for office in offices)])


def _stated(row: dict[str, Any], names: frozenset[str], read: Any) -> str | None:
    """What the employer's own fields of these names say, as `read` understands it."""
    for item in objects(row.get("metadata")):
        if text_of(item.get("name")).lower() in names:
            value = item.get("value")
            stated = " ".join(map(text_of, value)) if isinstance(value, list) else text_of(value)
            if found := read(stated):
                return str(found)
    return None


def _salaries(row: dict[str, Any]) -> list[Salary]:
    """Cents to units; the period only where title or blurb name one; rows of 0 to 0 state nothing."""
    found = []
    for item in objects(row.get("pay_input_ranges")):
        low, high = amount(item.get("min_cents")), amount(item.get("max_cents"))
        if low is None and high is None:
            continue
        title = text_of(item.get("title"))
        words = f"{title} {re.sub('<[^>]*>', ' ', html.unescape(text_of(item.get('blurb'))))}"
        periods = [name for name, pattern in _PERIODS if pattern.search(words)]
        low, high = low and low / 100, high and high / 100
        found.append(
            Salary(
                min=low,
                max=high,
                currency=optional(item.get("currency_type")),
                period=periods[0] if len(periods) == 1 else None,
                raw=f"{title}: {_plain(low)} - {_plain(high)} {text_of(item.get('currency_type'))}".strip(": "),
                label=title or None,
            )
        )
    return found


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{value:,.2f}".removesuffix(".00")
