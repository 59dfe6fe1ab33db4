"""Adzuna's API: a search over many job sites of a country, with a key of one's own.

https://developer.adzuna.com/docs/search. Only the beginning of each description is given, so every posting is
incomplete. Pay that Adzuna guessed is not kept. The key stands in the URL, which therefore appears in no message.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
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
    Rows,
    Salary,
    SourceCard,
    Verdict,
    ask,
    refused,
)
from jobbot.sdk.feeds import query_text, walk
from jobbot.sdk.fields import distinct, employment, identity_of, mapping, moment, optional, text_of, web_url
from jobbot.sdk.pay import salaries

API = "https://api.adzuna.com/v1/api/jobs"
PAGE = 50
MOST_PAGES = 2
COUNTRIES = {
    **dict.fromkeys(("at", "be", "de", "es", "fr", "it", "nl"), "EUR"),
    "gb": "GBP",
    "us": "USD",
    "au": "AUD",
    "br": "BRL",
    "ca": "CAD",
    "ch": "CHF",
    "in": "INR",
    "mx": "MXN",
    "nz": "NZD",
    "pl": "PLN",
    "sg": "SGD",
    "za": "ZAR",
}
"""Countries that can be searched, and the currency of their pay, which the answer does not name."""
_TAG = re.compile(r"<[^<>]*>")
_KEY = re.compile(r"[A-Za-z0-9]{1,64}")


class Adzuna(PlainSource):
    """See the module."""

    card = SourceCard(
        name="adzuna",
        title="Adzuna",
        verdict=Verdict.ATTRIBUTION,
        reason="a documented API for personal use, with a key, a daily quota and its label beside each posting",
        policy=HostPolicy(frozenset({"api.adzuna.com"}), spacing_seconds=3.0, daily_requests=250),
        attribution="Jobs by Adzuna",
        terms_url="https://developer.adzuna.com/docs/terms_of_service",
        kind=Kind.SEARCH,
        covers="nineteen countries, all professions",
        options=(
            Option("app_id", "the application id of your Adzuna developer account"),
            Option("app_key", "its key", secret=True),
            Option("country", f"the country to search, gb unless said: {', '.join(sorted(COUNTRIES))}", required=False),
        ),
    )

    def __init__(self, options: Mapping[str, str] | None = None) -> None:
        stated = options or {}
        self._country = stated.get("country", "gb").lower()
        self._key = f"app_id={stated.get('app_id', '')}&app_key={stated.get('app_key', '')}"

    def configured(self, options: Mapping[str, str]) -> Adzuna:
        if options.get("country", "gb").lower() not in COUNTRIES:
            raise InvalidInput(
                f"Adzuna does not search {options['country']!r}; there are {', '.join(sorted(COUNTRIES))}"
            )
        for name in ("app_id", "app_key"):
            if not _KEY.fullmatch(options[name]):
                raise InvalidInput(f"the {name} of Adzuna is letters and digits only; copy it again")
        return Adzuna(options)

    def address(self, board: BoardRef) -> str:
        return self._page(board, 1)

    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        def following(rows: Rows, pages: int) -> str | None:
            return self._page(board, pages + 1) if len(rows.good) + len(rows.bad) >= PAGE else None

        def get(url: str) -> Reply:
            return _unkeyed(ask(self.card, board, http, url))

        read, _ = walk(_unkeyed(reply), "results", self._posting, following, get, MOST_PAGES)
        return Listing(board, *read, etag=reply.etag, complete=False)

    def _page(self, board: BoardRef, number: int) -> str:
        words = f"&what={query_text(board.board)}" if board.board else ""
        return f"{API}/{self._country}/search/{number}?{self._key}&results_per_page={PAGE}{words}"

    def _posting(self, row: dict[str, Any], number: int) -> RawPosting | Rejected:
        identity, title = identity_of(row.get("id")), html.unescape(_TAG.sub("", text_of(row.get("title")))).strip()
        if bad := refused(identity, title, number, row):
            return bad
        place = mapping(row.get("location"))
        kinds = [kind for kind in (employment(row.get("contract_time")), employment(row.get("contract_type"))) if kind]
        return RawPosting(
            external_id=identity,
            title=title,
            html=text_of(row.get("description")),
            url=web_url(row.get("redirect_url")),
            company=optional(mapping(row.get("company")).get("display_name")),
            locations=distinct([text_of(place.get("display_name"))]),
            country=self._country.upper(),
            salaries=_salaries(row, COUNTRIES.get(self._country)),
            employment_type=kinds[0] if kinds else None,
            department=optional(mapping(row.get("category")).get("label")),
            posted_at=moment(row.get("created")),
            complete=False,
            raw=row,
        )


def _unkeyed(reply: Reply) -> Reply:
    """The reply without the key in its URL."""
    return replace(reply, url=reply.url.partition("?")[0])


def _salaries(row: dict[str, Any], currency: str | None) -> tuple[Salary, ...]:
    if identity_of(row.get("salary_is_predicted")) == "1" or row.get("salary_is_predicted") is True:
        return ()
    return salaries(row.get("salary_min"), row.get("salary_max"), currency, None)
