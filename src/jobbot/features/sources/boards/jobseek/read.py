"""Job Seek (jseek.co): the index of career sites of github.com/colophon-group/jobseek, searched without a key.

Wire format: `apps/web/public/api/openapi.json` (API 1.3.0, commit 059a73a) and `apps/web/app/api/v1/search/route.ts`
(0197170): five employers with three postings each, then a detail a posting, and no description at all. Thirty requests
a minute. Terms: `LICENSE-JOB-DATA` (334f563), CC BY-NC 4.0 over the collection, employers' texts excluded, with the
words of its attribution; `TERMS-OF-SERVICE` (22e2260, of 2026-09-30): the public API, nothing commercial. robots.txt
(`apps/web/app/robots.ts` with `src/content/config.ts`) forbids /api/ to all, while the README sends programs to the
API. Nothing was recorded: unverified.
"""

from __future__ import annotations

from dataclasses import replace
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
    Read,
    Rejected,
    Reply,
    SourceCard,
    Verdict,
    refused,
    rows_of,
    together,
)
from jobbot.sdk.details import completed, object_of
from jobbot.sdk.feeds import query_text
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    mapping,
    objects,
    optional,
    place,
    text_of,
    web_url,
    workplace,
)
from jobbot.sdk.pay import salaries

API = "https://jseek.co/api/v1"


class JobSeek(PlainSource):
    """See the module."""

    card = SourceCard(
        name="jobseek",
        title="Job Seek (jseek.co)",
        verdict=Verdict.CONDITIONAL,
        reason="an open index with a public API whose data is for non-commercial use with its name (CC BY-NC 4.0), "
        "while the robots.txt of its host forbids the API's path; it gives titles and places, and no descriptions",
        policy=HostPolicy(
            frozenset({"jseek.co"}),
            spacing_seconds=3.0,
            daily_requests=500,
            robots_exempt="the project's README sends programs to this API, and its terms allow what the API permits",
        ),
        attribution="Viktor Shcherbakov, “Collection of Job Postings”, © 2025, CC BY-NC 4.0 (Job Seek, jseek.co)",
        terms_url="https://jseek.co/en/license",
        kind=Kind.SEARCH,
        covers="career sites of 5,300 employers, as its project says; in German, French and Italian too",
    )

    def address(self, board: BoardRef) -> str:
        words = f"?q={query_text(board.board)}" if board.board else ""
        return f"{API}/search{words}"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        rows = rows_of(reply, "companies", "slug")
        read = together([Read((), (), tuple(rows.bad)), *(_of_employer(row) for row in rows.good)])

        def detail_of(posting: RawPosting) -> str:
            return f"{API}/job?id={quote(posting.external_id, safe='')}"

        return Listing(board, *completed(read, http, detail_of, _detailed), etag=reply.etag, complete=False)


def _of_employer(row: dict[str, Any]) -> Read:
    """The postings of one employer; where none of them is an object the employer is one row that was set aside."""
    company, slug = optional(row.get("name")), text_of(row.get("slug"))
    shown = row.get("topPostings")
    if not objects(shown):
        return Read((), (), (Rejected(slug or "an employer", "no postings in it", row, identified=False),))
    found = [_posting(item, number, company) for number, item in enumerate(each(shown), 1)]
    good = tuple(item for item in found if isinstance(item, RawPosting))
    return Read(good, (), tuple(item for item in found if isinstance(item, Rejected)))


def _posting(item: Any, number: int, company: str | None) -> RawPosting | Rejected:
    row = mapping(item)
    identity, title = text_of(row.get("id")), text_of(row.get("title"))
    if bad := refused(identity, title, number, item):
        return bad
    return RawPosting(
        external_id=identity,
        title=title,
        url=web_url(row.get("url")),
        company=company,
        locations=distinct([text_of(row.get("location"))]),
        complete=False,
        raw=row,
    )


def _detailed(posting: RawPosting, reply: Reply) -> RawPosting:
    """With what the detail states. `firstSeenAt` is when the index saw it first, which is no day of posting."""
    detail = object_of(reply)
    places = objects(detail.get("locations"))
    kinds = {workplace(item.get("type")) for item in places}
    pay = mapping(detail.get("salary"))
    tags = (text_of(item.get("name")) for item in objects(detail.get("technologies")))
    return replace(
        posting,
        locations=distinct(place(item.get("name"), item.get("parentName")) for item in places) or posting.locations,
        remote=kinds.pop() if len(kinds) == 1 else None,
        salaries=salaries(pay.get("min"), pay.get("max"), pay.get("currency"), pay.get("period")),
        employment_type=employment(detail.get("employmentType")),
        tags=distinct(tags),
        raw={**posting.raw, "detail": detail},
    )
