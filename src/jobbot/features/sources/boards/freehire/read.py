"""freehire.me: postings that an open-source project reads from employers' boards and publishes, searched without a key.

Wire format: `web/static/openapi.yaml` (commit 091b2ed) and `docs/API.md` (0527a72) of github.com/strelov1/freehire.
robots.txt (`web/src/routes/robots.txt`, 9d57352) invites programs to `/api/v1/agent/jobs/search`, which has whole
descriptions. Terms (`web/src/routes/terms`, 1abfd78, of 2026-08-10): no scraping beyond that API, no way around its
limits, which since 2026-10-30 are 120 requests a minute and 2,000 a day without a key (discussion 3147). Nothing was
recorded: unverified.

A row that freehire has from a feed which asks to be named itself is left out: read that feed, where it is named. Pay
and kind of employment are what a model of freehire's read out of the text, so the pay is marked as predicted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from jobbot.kernel.errors import Failed
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
    Salary,
    Skipped,
    SourceCard,
    Verdict,
    ask,
    refused,
)
from jobbot.sdk.details import object_of
from jobbot.sdk.feeds import query_text, walk
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    mapping,
    moment,
    objects,
    optional,
    text_of,
    web_url,
    workplace,
)
from jobbot.sdk.pay import salaries

API = "https://freehire.me/api/v1/agent/jobs/search"
PAGE = 100
MOST_PAGES = 3
OTHERS = frozenset(
    ("adzuna", "arbeitnow", "himalayas", "jobicy", "remoteok", "remotive", "themuse", "usajobs", "weworkremotely")
)
"""Feeds that jobbot reads itself, with the name that each of them asks for."""
_UNUSED = frozenset({"my_vote", "view_count", "applied_count", "upvote_count", "downvote_count"})


class Freehire(PlainSource):
    """See the module."""

    card = SourceCard(
        name="freehire",
        title="freehire.me",
        verdict=Verdict.CONDITIONAL,
        reason="an open index with a public API, of boards that it reads itself, Workday among them, which jobbot "
        "does not read; its terms: nothing beyond the documented API and its limits, no warranty",
        policy=HostPolicy(frozenset({"freehire.me"}), spacing_seconds=1.0, read_timeout=60.0, daily_requests=200),
        attribution="freehire.me",
        terms_url="https://freehire.me/terms",
        kind=Kind.SEARCH,
        covers="employers' boards of all countries; software first, other professions too",
    )

    def address(self, board: BoardRef) -> str:
        return self._page(board, 0)

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        """Raises Failed where the words were not searched for, as the answer says of parameters it does not know."""
        meta = mapping(object_of(reply).get("meta"))
        if any(item.get("param") == "q" for item in objects(meta.get("ignored_params"))):
            raise Failed("freehire.me did not search for the words; its API has changed, and nothing was changed here")

        def following(rows: Rows, pages: int) -> str | None:
            full = len(rows.good) + len(rows.bad) >= PAGE
            return self._page(board, pages * PAGE) if full else None

        read, _ = walk(
            reply,
            "data",
            _posting,
            following,
            lambda url: ask(self.card, board, http, url),
            MOST_PAGES,
            "public_slug",
        )
        return Listing(board, *read, etag=reply.etag, complete=False)

    def _page(self, board: BoardRef, offset: int) -> str:
        words = f"&q={query_text(board.board)}" if board.board else ""
        left_out = ",".join(sorted(OTHERS))
        return f"{API}?limit={PAGE}&offset={offset}&description_format=html&source_exclude={left_out}{words}"


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    kept = {key: value for key, value in row.items() if key not in _UNUSED}
    identity, title = text_of(row.get("public_slug")), text_of(row.get("title"))
    if bad := refused(identity, title, number, kept):
        return bad
    origin = text_of(row.get("source")).lower()
    if origin in OTHERS:
        return Skipped(identity, f"from {origin}, which asks to be named: read it there")
    if row.get("closed_at"):
        return Skipped(identity, "closed")
    stated, markup = mapping(row.get("enrichment")), text_of(row.get("description"))
    countries = [text_of(code).upper() for code in each(row.get("countries"))]
    places = [text_of(row.get("location"))] if text_of(row.get("location")) else map(text_of, each(row.get("cities")))
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("url")) or f"https://freehire.me/jobs/{quote(identity, safe='')}",
        company=optional(row.get("company")),
        locations=distinct(places),
        country=countries[0] if len(countries) == 1 and countries[0] else None,
        remote=workplace(row.get("work_mode")),
        salaries=_salaries(stated),
        employment_type=employment(stated.get("employment_type")),
        department=optional(text_of(stated.get("category")).replace("_", " ")),
        posted_at=moment(row.get("posted_at")),
        language=optional(stated.get("posting_language")),
        complete=bool(markup),
        tags=distinct(text_of(tag) for tag in (*each(row.get("skills")), *each(stated.get("domains")))),
        raw=kept,
    )


def _salaries(stated: Any) -> tuple[Salary, ...]:
    low, high, code, per = (stated.get(f"salary_{name}") for name in ("min", "max", "currency", "period"))
    return tuple(replace(pay, predicted=True) for pay in salaries(low, high, code, per))
