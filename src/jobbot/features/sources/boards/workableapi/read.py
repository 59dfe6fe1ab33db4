"""Workable's API with the token of one's own account: the published postings, in pages of a hundred.

https://workable.readme.io. The address of the next page comes with each page and is followed on the same host only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from jobbot.kernel.errors import InvalidInput
from jobbot.sdk import (
    BoardRef,
    HostPolicy,
    Http,
    Listing,
    Option,
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
from jobbot.sdk.feeds import walk
from jobbot.sdk.fields import (
    distinct,
    mapping,
    moment,
    objects,
    optional,
    place,
    sections,
    subdomain,
    text_of,
    web_url,
    workplace,
)

PAGE = 100
MOST_PAGES = 50
_PARTS = (("", "full_description"), ("", "description"), ("Requirements", "requirements"), ("Benefits", "benefits"))


class WorkableApi(PlainSource):
    """See the module."""

    card = SourceCard(
        name="workableapi",
        title="Workable (your own account)",
        verdict=Verdict.ALLOWED,
        reason="the documented API of an account, read with the token of its owner",
        policy=HostPolicy(frozenset({"*.workable.com"}), spacing_seconds=1.0, read_timeout=60.0),
        terms_url="https://workable.readme.io",
        case_sensitive=False,
        naming="its name is NAME in the URL NAME.workable.com",
        options=(Option("token", "an access token of your account with the scope r_jobs", secret=True),),
    )

    def __init__(self, options: Mapping[str, str] | None = None) -> None:
        self.headers = {"Authorization": f"Bearer {(options or {}).get('token', '')}"}

    def configured(self, options: Mapping[str, str]) -> WorkableApi:
        if not re.fullmatch(r"[\x21-\x7e]{1,500}", options["token"]):
            raise InvalidInput(
                "the token of Workable holds blanks or other characters that no token has; copy it again"
            )
        return WorkableApi(options)

    def address(self, board: BoardRef) -> str:
        fields = "description,requirements,benefits"
        host = f"https://{subdomain(board.board)}.workable.com"
        return f"{host}/spi/v3/jobs?state=published&limit={PAGE}&include_fields={fields}"

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        host = urlsplit(self.address(board)).hostname or ""
        elsewhere = False

        def following(rows: Rows, pages: int) -> str | None:
            nonlocal elsewhere
            stated = text_of(mapping(rows.rest.get("paging")).get("next"))
            here = stated.startswith(f"https://{host}/spi/v3/jobs?") and web_url(stated) is not None
            elsewhere = bool(stated) and not here
            return stated if here else None

        def get(url: str) -> Reply:
            return ask(self.card, board, http, url, headers=self.headers)

        read, whole = walk(reply, "jobs", _posting, following, get, MOST_PAGES, "shortcode")
        return Listing(board, *read, etag=reply.etag, complete=whole and not elsewhere)


def _posting(row: dict[str, Any], number: int) -> RawPosting | Skipped | Rejected:
    identity, title = text_of(row.get("shortcode")) or text_of(row.get("id")), text_of(row.get("title"))
    if identity and text_of(row.get("state")) not in ("", "published"):
        return Skipped(identity, "not published")
    if bad := refused(identity, title, number, row):
        return bad
    markup = sections((heading, row.get(name)) for heading, name in _PARTS)
    where = [mapping(row.get("location")), *objects(row.get("locations"))]
    named = (
        place(item.get("city"), item.get("region"), item.get("country")) or text_of(item.get("location_str"))
        for item in where
    )
    stated = next((kind for kind in (workplace(item.get("workplace_type")) for item in where) if kind), None)
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(row.get("url")) or web_url(row.get("shortlink")),
        locations=distinct(named),
        country=optional(where[0].get("country_code")),
        remote=stated or ("remote" if where[0].get("telecommuting") is True else None),
        department=optional(row.get("department")),
        posted_at=moment(row.get("created_at")),
        complete=bool(markup),
        raw=row,
    )
