"""The kit refuses sources that break a promise: each breach on purpose."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from jobbot.kernel.errors import Failed, NotFound
from jobbot.kernel.money import Salary
from jobbot.sdk import API_VERSION, BoardRef, HostPolicy, Http, Listing, RawPosting, SourceCard, Verdict, rows_of
from jobbot.sdk.contract import Breach, Recorded, check_posting, check_source
from jobbot.sdk.contract.sources import check_broken_answers
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
        if board.board != "demo":
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


class Trusting(Acme):
    """As a first try looks: whatever came is read as if it were right."""

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        reply = http.get(URL, etag=etag)
        if reply.not_modified:
            return Listing(board, not_modified=True, etag=etag)
        rows = json.loads(reply.body)
        return Listing(board, tuple(RawPosting(str(row["id"]), row["title"], text=row["text"]) for row in rows))


class Misled(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        return super().list(BoardRef(board.source, f"boards-{board.board}"), http, etag)


class Wordless(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Any:
        return rows_of(http.get(URL), None).good


class Empty(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        return replace(super().list(board, http, etag), postings=())


class Waiting(Acme):
    async def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:  # type: ignore[override]
        return Listing(board)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (Greedy, "recognise() claims https://nowhere.example/careers"),
        (Forgetful, "an unchanged board was read again: send the etag you are given"),
        (
            Gullible,
            "a board the vendor does not know (404) was listed (0 postings, 0 skipped, 0 rejected); raise NotFound",
        ),
        (Careless, "a board called '../secrets' was asked for"),
        (Future, "written for API 2, a newer one than this jobbot's 1"),
        (Hasty, "1 s apart is the least that is polite"),
        (Elsewhere, "its policy names only other.example"),
        (Trusting, "the listing's etag is ''; hand on reply.etag"),
        (Misled, "It asked for https://feed.example/boards-demo, which is not in the recording."),
        (Wordless, "list() returned list instead of a Listing"),
        (Empty, "gave no posting (0 postings, 0 skipped, 0 rejected); is the key of its rows right?"),
        (Waiting, "its `list` is async"),
    ],
)
def test_each_breach_is_named_and_says_what_would_be_right(broken: type[Acme], words: str) -> None:
    with pytest.raises(Breach, match=re.escape(words)):
        check_source(broken(), RECORDED)


def test_an_answer_that_it_cannot_read_is_named() -> None:
    with pytest.raises(Breach, match="a web page made it raise JSONDecodeError"):
        check_broken_answers(Trusting(), RECORDED)
    with pytest.raises(Breach, match=r"a web page was taken for a board \(0 postings"):
        check_broken_answers(Hopeful(), RECORDED)


class Hopeful(Acme):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        try:
            return super().list(board, http, etag)
        except Failed:
            return Listing(board)


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
    with pytest.raises(Breach):
        check_posting(replace(good, **change))  # type: ignore[arg-type]
