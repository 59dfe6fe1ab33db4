"""The kit for sources. A plugin's test makes a `Recorded` board and calls `check_source`.

    def test_acme() -> None:
        check_source(SOURCE, Recorded(BoardRef("acme", "demo"), {"https://api.acme.example/demo": BODY}))

`mutate.check_mutations` tries the same board with one thing wrong at a time.
Every broken promise is an AssertionError that names it. The built-in sources pass the same kit.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from jobbot.kernel.errors import Failed, InvalidInput, NotFound, TryLater
from jobbot.sdk import API_VERSION, BoardRef, Kind, Listing, RawPosting, Reply, Source, Verdict

ETAG = '"recorded"'


@dataclass
class Recorded:
    """A board as it was recorded: bodies by URL. Any other URL is answered 404.

    `rows` is the name under which a body holds its rows: a key of JSON ("" for a bare array), or a tag of XML.
    `conditional` is False for a source that cannot ask whether anything has changed.
    """

    board: BoardRef
    bodies: Mapping[str, bytes]
    media_type: str = "application/json"
    rows: str = ""
    conditional: bool = True


@dataclass
class RecordedHttp:
    """An `Http` that answers from a recording and notes what was asked."""

    bodies: Mapping[str, bytes]
    media_type: str = "application/json"
    status: int = 200
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        self.asked.append(url)
        kind = {"content-type": f"{self.media_type}; charset=utf-8"}
        if self.status != 200:
            return Reply(self.status, kind, b"", url)
        if url not in self.bodies:
            return Reply(404, kind, b'{"status":404}', url)
        if etag == ETAG:
            return Reply(304, {"etag": ETAG}, b"", url)
        return Reply(200, {**kind, "etag": ETAG}, self.bodies[url], url)

    def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str = "application/json",
        purpose: str = "",
        fields: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        return self.get(url, purpose=purpose, headers=headers)


def check_source(source: Source, recorded: Recorded) -> Listing:
    """Hold a source to the contract; the listing of the recorded board, for more checks."""
    check_card(source)
    listing = check_listing(source, recorded)
    if recorded.conditional:
        check_unchanged(source, recorded)
    check_broken_answers(source, recorded)
    if source.card.kind in (Kind.BOARD, Kind.ADDRESS):
        check_unknown(source, recorded)
        check_hostile_names(source, recorded.board)
    else:
        check_feed(source, recorded)
    return listing


def check_card(source: Source) -> None:
    card = source.card
    assert source.api_version == API_VERSION, f"it is written for API {source.api_version}, this is {API_VERSION}"
    assert card.name, "the card has a name"
    assert card.name == card.name.lower(), "the card's name is lower case"
    assert all((card.title, card.reason)), "the card has a title and says why its verdict stands"
    assert card.policy.hosts or card.kind is Kind.ADDRESS, "the policy names its hosts"
    assert all(host == host.lower() and "/" not in host for host in card.policy.hosts), (
        "hosts are bare lower-case names"
    )
    assert card.policy.spacing_seconds >= 1.0, "one request a second is the least that is polite"
    assert source.recognise("https://nowhere.example/careers") is None, "it claims URLs that are not its vendor's"


def check_listing(source: Source, recorded: Recorded) -> Listing:
    http = RecordedHttp(recorded.bodies, recorded.media_type)
    listing = source.list(recorded.board, http, "")
    _only_its_hosts(source, http)
    assert listing.board.source == source.card.name, "the listing names another source"
    assert not listing.not_modified, "200 is not 304"
    assert listing.etag == ETAG or not recorded.conditional, "the listing carries the ETag of its answer"
    assert listing.postings, "the recorded board has postings"
    for posting in listing.postings:
        check_posting(posting)
    again = source.list(recorded.board, RecordedHttp(recorded.bodies, recorded.media_type), "")
    assert again == listing, "the same answer is read differently the second time"
    return listing


def check_posting(posting: RawPosting) -> None:
    name = posting.external_id
    assert isinstance(name, str), "an id is text"
    assert name, "a posting without an id; reject the row"
    assert posting.title.strip(), f"{name}: no title; reject the row"
    assert posting.remote in (None, "onsite", "hybrid", "remote"), f"{name}: remote is {posting.remote!r}"
    assert posting.posted_at is None or posting.posted_at.tzinfo is not None, f"{name}: a naive moment"
    assert not posting.complete or posting.html or posting.text, f"{name}: complete means that there is a description"
    assert not (posting.html and posting.text), f"{name}: markup or plain text, not both"
    assert all(place.strip() for place in posting.locations), f"{name}: an empty place"
    assert len(set(posting.locations)) == len(posting.locations), f"{name}: a place twice"
    assert posting.url is None or urlsplit(posting.url).scheme in ("http", "https"), f"{name}: url {posting.url!r}"
    for salary in posting.salaries:
        assert salary.min is not None or salary.max is not None, f"{name}: pay without a number"
        assert all(bound is None or bound > 0 for bound in (salary.min, salary.max)), f"{name}: pay of nothing"


def check_unchanged(source: Source, recorded: Recorded) -> None:
    http = RecordedHttp(recorded.bodies, recorded.media_type)
    listing = source.list(recorded.board, http, ETAG)
    assert listing.not_modified, "the ETag handed in was not sent, or 304 not understood"
    assert not any((listing.postings, listing.skipped, listing.rejected)), "a 304 brings nothing"
    assert len(http.asked) == 1, "a 304 needs no second request"


def check_unknown(source: Source, recorded: Recorded) -> None:
    http = RecordedHttp({})
    try:
        source.list(recorded.board, http, "")
    except NotFound:
        _only_its_hosts(source, http)
        return
    raise AssertionError("a board the vendor does not know is NotFound")


def check_broken_answers(source: Source, recorded: Recorded) -> None:
    """A web page, half a document, another document, another status: Failed, never an empty board."""
    page = dict.fromkeys(recorded.bodies, b"<!doctype html><title>Sorry</title>")
    halves = {url: body[: len(body) // 2] for url, body in recorded.bodies.items()}
    cases = {
        "a web page": RecordedHttp(page, "text/html"),
        "a web page called JSON": RecordedHttp(page),
        "half an answer": RecordedHttp(halves),
        "a number": RecordedHttp(dict.fromkeys(recorded.bodies, b"42")),
        "an error document": RecordedHttp(dict.fromkeys(recorded.bodies, b'{"error": "try later"}')),
        "nothing": RecordedHttp(dict.fromkeys(recorded.bodies, b"")),
        "status 500": RecordedHttp(recorded.bodies, status=500),
        "status 403": RecordedHttp(recorded.bodies, status=403),
        "a redirect elsewhere": RecordedHttp(recorded.bodies, status=302),
    }
    for name, http in cases.items():
        try:
            source.list(recorded.board, http, "")
        except (Failed, TryLater):
            continue
        except NotFound:
            assert name == "a redirect elsewhere", f"{name} says nothing about whether there is such a board"
            continue
        raise AssertionError(f"{name} is Failed, not a listing")


def check_feed(source: Source, recorded: Recorded) -> None:
    """A feed shows some of what is there: what it lacks is not gone, and words can never leave the query."""
    http = RecordedHttp(recorded.bodies, recorded.media_type)
    assert not source.list(recorded.board, http, "").complete, "a feed is a window; what it lacks is not gone"
    if source.card.verdict is Verdict.ATTRIBUTION:
        assert source.card.attribution, "it is allowed with attribution, and names none"
    paths = {urlsplit(url).path for url in http.asked}
    for words in ("night nurse", "a/b?c#d&e=f", "..", "@evil.example", "\u2603 \x00\n", "x" * 5_000, "w " * 500):
        asking = RecordedHttp(recorded.bodies, recorded.media_type)
        with suppress(Failed, TryLater, InvalidInput):
            source.list(BoardRef(recorded.board.source, words, recorded.board.region), asking, "")
        _only_its_hosts(source, asking)
        for url in asking.asked:
            parts = urlsplit(url)
            assert not parts.fragment, f"{words!r} cut the URL short: {url}"
            assert len(url) < 2_000, f"{words[:20]!r} made a URL of {len(url)} characters"
            known = parts.path in paths or parts.path.startswith(tuple(paths))
            assert known, f"{words!r} led to another path: {url}"


def check_hostile_names(source: Source, board: BoardRef) -> None:
    """A name can never leave its place in the URL."""
    for name in ("../secrets", "a/b", "..", "a?b", "a#b", "evil.example:80@x", "a\\b", "", "a\nb", "x" * 200):
        http = RecordedHttp({})
        try:
            source.list(BoardRef(board.source, name, board.region), http, "")
        except (InvalidInput, NotFound):
            pass
        else:
            raise AssertionError(f"the board name {name!r} was listed")
        assert not http.asked, f"the board name {name!r} was asked for: {http.asked}"


def _only_its_hosts(source: Source, http: RecordedHttp) -> None:
    for url in http.asked:
        parts = urlsplit(url)
        assert parts.scheme == "https", f"{url} is not https"
        host = parts.hostname or ""
        hosts = source.card.policy.hosts or {host}
        below = any(entry.startswith("*.") and host.endswith(entry[1:]) for entry in hosts)
        assert host in hosts or below, f"{url} is not on a host of the policy"
