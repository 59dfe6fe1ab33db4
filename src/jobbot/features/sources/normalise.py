"""A vendor's row becomes a posting: cleaned, canonical, with an id that is the same every time.

Title, company, places are one line each; the description becomes sanitised HTML and plain text with stable offsets;
the content hash covers what a candidate would call a change. Pure but for the language model behind `language_of`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from jobbot.features.places.facts import country_named
from jobbot.features.sources.believe import closes, posted, with_currency
from jobbot.features.sources.facts.read import only_country, read
from jobbot.features.sources.language import language_of
from jobbot.features.sources.model import Posting, Reject
from jobbot.features.sources.pay_in_text import stated_in
from jobbot.kernel.ids import LOCAL_USER, UserId, content_hash, posting_id
from jobbot.kernel.money import Salary
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.sanitise import Clean, clean, from_text
from jobbot.sdk import BoardRef, Kind, RawPosting, Rejected, SourceCard
from jobbot.sdk.dates import dated
from jobbot.sdk.fields import distinct, text_of
from jobbot.sdk.paywords import stated

READER = 2
"""Raised when the same answer of a board would be read differently; an ETag of an older reading is then not sent."""

TITLE, NAME, PLACE, WORD = 300, 200, 200, 100
"""Most code points of a title, a company or department, a place, a short word."""

_MARKUP = re.compile(r"<(?:p|br|div|ul|ol|li|h[1-6]|strong|b|em|i|span|a|table)\b[^>]*>", re.IGNORECASE)
_WORKPLACES = frozenset({"onsite", "hybrid", "remote"})


class Unusable(ValueError):
    """A row that cannot become a posting; the text is the reason."""


def group(rows: Iterable[RawPosting]) -> list[RawPosting]:
    """Rows of one posting become one: the first row, with the places and pay of all."""
    together: dict[str, RawPosting] = {}
    for row in rows:
        first = together.get(row.external_id)
        if first is None:
            together[row.external_id] = row
            continue
        together[row.external_id] = replace(
            first,
            locations=distinct([*first.locations, *row.locations]),
            salaries=tuple(dict.fromkeys([*first.salaries, *row.salaries])),
        )
    return list(together.values())


def board_key(card: SourceCard, board: str) -> str:
    """What a board is known by: its name, without case where the vendor ignores it; of a feed the words."""
    named = card.kind in (Kind.BOARD, Kind.ADDRESS)
    return board if card.case_sensitive and named else board.casefold()


def normalise(
    raw: RawPosting,
    board: BoardRef,
    card: SourceCard,
    company: str | None,
    owner: UserId | None = None,
    now: datetime | None = None,
) -> Posting:
    """Raises Unusable with the reason. `company` stands in where the row names none, then the board's name; a feed
    and what a person brought have no board that could be an employer's, and "" then says that nobody is named. `now`
    is when the row was read: dates that count back from it are told by it, and those after it are not believed."""
    external = _identity(raw.external_id)
    title = _line(raw.title, TITLE)
    if not title:
        raise Unusable("the title holds nothing that can be seen")
    body = read_body(raw)
    stand_in = board.board if owner is None and card.kind is Kind.BOARD else ""
    tenant = board.region if owner in (None, LOCAL_USER) else f"{board.region}@{owner}"
    when, doubt = _posted(raw, now)
    locations = distinct(_line(place, PLACE) for place in raw.locations)
    remote = raw.remote if raw.remote in _WORKPLACES else None
    kind = _line(raw.employment_type or "", WORD) or None
    facts = read(title, locations, remote=remote, country=raw.country, employment_type=kind, text=body.text)
    country = only_country(facts.places) or (country_named(raw.country) if raw.country and not locations else None)
    salaries = raw.salaries or stated(text_of(raw.pay), country) or stated_in(body.text, country)
    department = _line(raw.department or "", NAME) or None
    return Posting(
        id=posting_id(board.source, tenant, board_key(card, board.board), external),
        source=board.source,
        board=board.board,
        region=board.region,
        external_id=external,
        title=title,
        company=_line(raw.company or company or stand_in, NAME) or stand_in,
        locations=locations,
        remote=remote,
        salaries=with_currency(salaries, country),
        employment_type=kind,
        department=department,
        posted_at=when,
        closes_at=closes(raw.closes_at),
        url=raw.url,
        language=language_of(raw.language, body.text),
        attribution=card.attribution or None,
        text=body.text,
        html=body.html,
        owner=owner,
        complete=raw.complete and bool(body.text),
        notes=(*body.notes, doubt) if doubt else body.notes,
        facts=facts,
        content_hash=_hash(title, body.text, locations, salaries, kind, department, raw.url),
    )


def _posted(raw: RawPosting, now: datetime | None) -> tuple[datetime | None, str | None]:
    """When it was posted, or what is wrong with the date that stands there."""
    if raw.posted_at is not None or not text_of(raw.posted):
        return posted(raw.posted_at, now)
    moment, problem = dated(raw.posted, now)
    return posted(moment, now) if problem is None else (None, f"its date was left out: {problem}")


def _line(text: str, limit: int) -> str:
    """One canonical line; most names and places are one already, which is quickly seen."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip() and len(text) <= limit:
        return text
    return canonical_line(text, limit)


def _identity(external: str) -> str:
    identity = external.strip()
    if not identity or len(identity) > 300 or not identity.isprintable():
        raise Unusable("the id is empty, longer than 300 characters or not printable")
    return identity


def read_body(raw: RawPosting) -> Clean:
    """The description, cleaned; plain text that holds markup after all is read as markup."""
    if raw.html:
        return clean(raw.html)
    return clean(raw.text) if _MARKUP.search(raw.text) else from_text(raw.text)


def hash_of(posting: Posting) -> str:
    """SHA-256 of title, text, locations, salaries, employment type, department and url; their order does not count."""
    words = (posting.title, posting.text, posting.locations, posting.salaries)
    return _hash(*words, posting.employment_type, posting.department, posting.url)


def _hash(
    title: str,
    text: str,
    locations: Sequence[str],
    salaries: Sequence[Salary],
    employment_type: str | None,
    department: str | None,
    url: str | None,
) -> str:
    pay = sorted(json.dumps(_pay(salary)) for salary in salaries if not salary.predicted)
    parts = (title, text, sorted(locations), pay, employment_type, department, url)
    return content_hash(json.dumps(parts, ensure_ascii=False))


def _pay(salary: Salary) -> list[Any]:
    return [salary.min, salary.max, salary.currency, salary.period, salary.label]


def reject_of(row: Rejected) -> Reject:
    """A refused row as it is kept: as text, 20,000 characters at the most."""
    kept = row.raw if isinstance(row.raw, str) else json.dumps(row.raw, ensure_ascii=False, default=str)
    return Reject(_line(row.ref, 300), row.reason, kept[:20_000])
