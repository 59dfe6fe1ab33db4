"""The kit refuses sources that break a promise: each breach on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jobbot.kernel.errors import NotFound
from jobbot.kernel.money import Salary
from jobbot.sdk import API_VERSION, BoardRef, HostPolicy, Http, Listing, RawPosting, SourceCard, Verdict, rows_of
from jobbot.sdk.contract.sources import Recorded, check_posting, check_source
from jobbot.sdk.fields import token

URL = "https://feed.example/demo"
CARD = SourceCard("acme", "Acme", Verdict.ALLOWED, "made for it", HostPolicy(frozenset({"feed.example"})))


class Acme:
    """The shortest source that keeps every promise."""

    api_version = API_VERSION
    card = CARD

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        reply = http.get(f"https://feed.example/{token(board.board)}", etag=etag)
        if reply.not_modified:
            return Listing(board, not_modified=True, etag=etag)
        if reply.status == 404:
            raise NotFound("no such board")
        rows = rows_of(replace(reply, body=b"<") if reply.status != 200 else reply, None)
        postings = tuple(RawPosting(str(row["id"]), row["title"], text=row["text"]) for row in rows.good)
        return Listing(board, postings, etag=reply.etag)

    def recognise(self, url: str) -> BoardRef | None:
        return None


class Greedy(Acme):
    def recognise(self, url: str) -> BoardRef | None:
        return BoardRef("acme", "all")


class Forgetful(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        return super().list(board, http, "")


class Gullible(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        try:
            return super().list(board, http, etag)
        except NotFound:
            return Listing(board)


class Careless(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        http.get(f"https://feed.example/{board.board}")
        return super().list(board, http, etag)


class Future(Acme):
    api_version = API_VERSION + 1


class Hasty(Acme):
    card = replace(CARD, policy=HostPolicy(frozenset({"feed.example"}), spacing_seconds=0.1))


class Elsewhere(Acme):
    card = replace(CARD, policy=HostPolicy(frozenset({"other.example"})))


RECORDED = Recorded(BoardRef("acme", "demo"), {URL: b'[{"id": 1, "title": "Baker", "text": "Bread."}]'})


def test_a_source_that_keeps_its_promises() -> None:
    assert len(check_source(Acme(), RECORDED).postings) == 1


@pytest.mark.parametrize("broken", [Greedy, Forgetful, Gullible, Careless, Future, Hasty, Elsewhere])
def test_each_breach_is_named(broken: type[Acme]) -> None:
    with pytest.raises(AssertionError):
        check_source(broken(), RECORDED)


@pytest.mark.parametrize(
    "change",
    [
        {"external_id": ""},
        {"title": " "},
        {"remote": "moon"},
        {"html": "<p>both</p>"},
        {"text": "", "complete": True},
        {"locations": ("Leeds", "Leeds")},
        {"url": "javascript:alert(1)"},
        {"salaries": (Salary(),)},
        {"salaries": (Salary(min=0.0),)},
    ],
)
def test_a_posting_that_cannot_be(change: dict[str, object]) -> None:
    good = RawPosting("1", "Baker", text="Bread.")
    check_posting(good)
    with pytest.raises(AssertionError):
        check_posting(replace(good, **change))  # type: ignore[arg-type]
