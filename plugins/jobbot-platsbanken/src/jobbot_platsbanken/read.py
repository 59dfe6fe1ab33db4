"""Platsbanken: open postings of the Swedish public employment service, searched through its JobSearch API.

Documents: `GettingStartedJobSearchEN.md` of github.com/Jobtechdev-content/Jobsearch-content (commit 0691a15). It asks
for searches that a person makes, at most 100 rows each, and not for copies of all there is. It speaks of a free key;
clients of 2026 ask without one, and so does this reader. The postings are said to be CC0, which was not verified.
Nothing was recorded: unverified. Moments come without a time zone and are taken as UTC. Names, addresses and telephone
numbers of contacts are not kept.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from jobbot.sdk import (
    BoardRef,
    HostPolicy,
    Http,
    Kind,
    Listing,
    PlainSource,
    RawPosting,
    Rejected,
    Reply,
    Rows,
    Skipped,
    SourceCard,
    Verdict,
    ask,
    refused,
)
from jobbot.sdk.feeds import query_text, walk
from jobbot.sdk.fields import (
    distinct,
    identity_of,
    mapping,
    moment,
    optional,
    paragraphs,
    place,
    sections,
    text_of,
    web_url,
)

API = "https://jobsearch.api.jobtechdev.se/search"
PAGE = 100
MOST_PAGES = 2
_HOURS = {"heltid": "full-time", "deltid": "part-time"}
_OF_PEOPLE = frozenset({"application_contacts", "application_details", "employer"})


class Platsbanken(PlainSource):
    """See the module."""

    card = SourceCard(
        name="platsbanken",
        title="Platsbanken (Arbetsförmedlingen)",
        verdict=Verdict.ATTRIBUTION,
        reason="a documented public API of the Swedish public employment service, made for searching its open postings",
        policy=HostPolicy(frozenset({"jobsearch.api.jobtechdev.se"}), spacing_seconds=2.0, daily_requests=200),
        attribution="Arbetsförmedlingen, Platsbanken",
        terms_url="https://jobtechdev.se/",
        kind=Kind.SEARCH,
        covers="all of Sweden and all professions; care, schools and public service too",
    )

    def address(self, board: BoardRef) -> str:
        return _page(board, 0)

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        def following(rows: Rows, pages: int) -> str | None:
            return _page(board, pages) if len(rows.good) + len(rows.bad) >= PAGE else None

        read, _ = walk(reply, "hits", _posting, following, lambda url: ask(self.card, board, http, url), MOST_PAGES)
        return Listing(board, *read, etag=reply.etag, complete=False)


def _page(board: BoardRef, number: int) -> str:
    words = f"&q={query_text(board.board)}" if board.board else ""
    return f"{API}?limit={PAGE}&offset={number * PAGE}&sort=pubdate-desc{words}"


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    employer = mapping(row.get("employer"))
    named = {"name": employer.get("name"), "workplace": employer.get("workplace")}
    kept = {**{key: value for key, value in row.items() if key not in _OF_PEOPLE}, "employer": named}
    identity, title = identity_of(row.get("id")), text_of(row.get("headline"))
    if bad := refused(identity, title, number, kept):
        return bad
    if row.get("removed") is True:
        return Skipped(identity, "taken down")
    where, markup = mapping(row.get("workplace_address")), _described(row)
    hours = text_of(mapping(row.get("working_hours_type")).get("label"))
    kind = text_of(mapping(row.get("employment_type")).get("label"))
    fields = [text_of(mapping(row.get(name)).get("label")) for name in ("occupation", "occupation_group")]
    town = text_of(where.get("municipality")) or text_of(where.get("city"))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("webpage_url"))
        or f"https://arbetsformedlingen.se/platsbanken/annonser/{quote(identity, safe='')}",
        company=optional(employer.get("name")) or optional(employer.get("workplace")),
        locations=distinct([place(town, where.get("region"), where.get("country"))]),
        country="SE" if text_of(where.get("country")) == "Sverige" else None,
        employment_type=_HOURS.get(hours.casefold()) or kind or None,
        department=optional(mapping(row.get("occupation_field")).get("label")),
        posted_at=moment(row.get("publication_date")),
        closes_at=moment(row.get("application_deadline")),
        complete=bool(markup),
        tags=distinct(fields),
        raw=kept,
    )


def _described(row: dict[str, Any]) -> str:
    """The text with its markup where there is some, and what is said of pay and terms, which has fields of its own."""
    stated = mapping(row.get("description"))
    text = text_of(stated.get("text_formatted")) or paragraphs(stated.get("text"))
    pay, terms = paragraphs(row.get("salary_description")), paragraphs(stated.get("conditions"))
    return sections((("", text), ("Lön", pay), ("Villkor", terms)))
