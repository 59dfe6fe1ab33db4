"""The kit for sources. A plugin's test makes a `Recorded` board and calls `check_source`.

    def test_acme() -> None:
        check_source(SOURCE, Recorded(BoardRef("acme", "demo"), {"https://api.acme.example/demo": BODY}))

`mutate.check_mutations` tries the same board with one thing wrong at a time.
Every broken promise is a `Breach`: what was tried, what came of it, what would be right. The built-in sources pass the
same kit.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from jobbot.kernel.errors import Failed, InvalidInput, JobbotError, NotFound, TryLater
from jobbot.sdk import BoardRef, Kind, Listing, RawPosting, Reply, Source, Verdict
from jobbot.sdk.faults import faults

ETAG = '"recorded"'


class Breach(AssertionError):
    """A promise that a source does not keep, in words its author can act on."""


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
    """Hold a source to the contract; the listing of the recorded board, for more checks. Raises Breach."""
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
    """What jobbot looks at before it uses a plugin, and that it claims no address of another."""
    if wrong := faults(source):
        raise Breach(f"jobbot would not load it: {'; '.join(wrong)}")
    claimed = source.recognise("https://nowhere.example/careers")
    _must(claimed is None, f"recognise() claims https://nowhere.example/careers as {claimed}; answer None for others")


def check_listing(source: Source, recorded: Recorded) -> Listing:
    """The recorded board: read, and read again."""
    http = RecordedHttp(recorded.bodies, recorded.media_type)
    try:
        listing = listed(source, recorded.board, http, "", "the recorded board")
    except JobbotError as error:
        missing = [url for url in http.asked if url not in recorded.bodies]
        hint = f" It asked for {missing[0]}, which is not in the recording." if missing else ""
        raise Breach(f"the recorded board was refused: {type(error).__name__}: {error}.{hint}") from error
    _only_its_hosts(source, http)
    named = listing.board.source
    _must(named == source.card.name, f"the listing names the source {named!r}; it is {source.card.name!r}")
    _must(not listing.not_modified, "a 200 was taken for a 304; look at reply.not_modified")
    kept = listing.etag == ETAG or not recorded.conditional
    _must(kept, f"the listing's etag is {listing.etag!r}; hand on reply.etag, so that next time it can be asked with")
    _must(
        bool(listing.postings), f"the recorded board gave no posting ({_told(listing)}); is the key of its rows right?"
    )
    for posting in listing.postings:
        check_posting(posting)
    again = source.list(recorded.board, RecordedHttp(recorded.bodies, recorded.media_type), "")
    _must(again == listing, "the same answer is read differently the second time; keep nothing between two calls")
    return listing


def check_posting(posting: RawPosting) -> None:
    """What is true of every posting that a source hands on. Raises Breach."""
    name = f"posting {posting.external_id!r}"
    _must(isinstance(posting.external_id, str), f"{name}: an id is text; see sdk.fields.identity_of")
    _must(bool(posting.external_id), f"the posting {posting.title!r} has no id; reject the row (sdk.refused does)")
    _must(bool(posting.title.strip()), f"{name} has no title; reject the row (sdk.refused does)")
    known = posting.remote in (None, "onsite", "hybrid", "remote")
    _must(known, f"{name}: remote is {posting.remote!r}; onsite, hybrid, remote or None (sdk.fields.workplace)")
    aware = all(moment is None or moment.tzinfo is not None for moment in (posting.posted_at, posting.closes_at))
    _must(aware, f"{name}: a moment has no time zone; see sdk.fields.moment and epoch")
    whole = not posting.complete or bool(posting.html or posting.text)
    _must(whole, f"{name} is complete and has no description; say complete=bool(markup)")
    _must(not (posting.html and posting.text), f"{name} has markup and plain text; one of them is enough")
    filled = all(place.strip() for place in posting.locations)
    _must(filled, f"{name}: one of its places is empty; see sdk.fields.distinct")
    once = len(set(posting.locations)) == len(posting.locations)
    _must(once, f"{name} names a place twice; see sdk.fields.distinct")
    web = posting.url is None or urlsplit(posting.url).scheme in ("http", "https")
    _must(web, f"{name}: the url {posting.url!r} is no web address; see sdk.fields.web_url")
    for salary in posting.salaries:
        bounds = [bound for bound in (salary.min, salary.max) if bound is not None]
        _must(bool(bounds), f"{name} has pay without a number; leave it out (sdk.pay.salaries does)")
        _must(all(bound > 0 for bound in bounds), f"{name} has pay of nothing; leave it out (sdk.pay.salaries does)")


def check_unchanged(source: Source, recorded: Recorded) -> None:
    """Asked with the ETag it handed on, the recorded board answers 304."""
    http = RecordedHttp(recorded.bodies, recorded.media_type)
    listing = listed(source, recorded.board, http, ETAG, "an unchanged board")
    sent = (
        "an unchanged board was read again: send the etag you are given (http.get(url, etag=etag)), and answer a 304 "
    )
    _must(listing.not_modified, f"{sent}with Listing(board, not_modified=True, etag=etag)")
    _must(not any((listing.postings, listing.skipped, listing.rejected)), "a 304 brings no rows; leave them empty")
    _must(len(http.asked) == 1, f"an unchanged board cost {len(http.asked)} requests; a 304 needs no second one")


def check_unknown(source: Source, recorded: Recorded) -> None:
    """A board that the vendor does not know."""
    http = RecordedHttp({})
    what = "a board the vendor does not know (404)"
    try:
        listing = listed(source, recorded.board, http, "", what)
    except NotFound:
        _only_its_hosts(source, http)
        return
    except JobbotError as error:
        raise Breach(f"{what} raised {type(error).__name__}; raise NotFound") from error
    raise Breach(f"{what} was listed ({_told(listing)}); raise NotFound, or all its postings would be closed")


def check_broken_answers(source: Source, recorded: Recorded) -> None:
    """A web page, half a document, another document, another status: Failed, never an empty board."""
    page = dict.fromkeys(recorded.bodies, b"<!doctype html><title>Sorry</title>")
    halves = {url: body[: len(body) // 2] for url, body in recorded.bodies.items()}
    cases = {
        "a web page": RecordedHttp(page, "text/html"),
        "a web page called JSON": RecordedHttp(page),
        "half an answer": RecordedHttp(halves),
        "a number": RecordedHttp(dict.fromkeys(recorded.bodies, b"42")),
        "an error document with status 200": RecordedHttp(dict.fromkeys(recorded.bodies, b'{"error": "try later"}')),
        "an answer without a body": RecordedHttp(dict.fromkeys(recorded.bodies, b"")),
        "status 500": RecordedHttp(recorded.bodies, status=500),
        "status 403": RecordedHttp(recorded.bodies, status=403),
        "a redirect elsewhere": RecordedHttp(recorded.bodies, status=302),
    }
    for name, http in cases.items():
        _is_refused(source, recorded.board, http, name)


def _is_refused(source: Source, board: BoardRef, http: RecordedHttp, name: str) -> None:
    try:
        listing = listed(source, board, http, "", name)
    except (Failed, TryLater):
        return
    except NotFound as error:
        if name == "a redirect elsewhere":
            return
        raise Breach(f"{name} raised NotFound; it says nothing about whether there is such a board: Failed") from error
    except JobbotError as error:
        raise Breach(f"{name} raised {type(error).__name__}; raise Failed (sdk.ask and sdk.rows_of do)") from error
    raise Breach(f"{name} was taken for a board ({_told(listing)}); raise Failed (sdk.ask and sdk.rows_of do)")


def check_feed(source: Source, recorded: Recorded) -> None:
    """A feed shows some of what is there: what it lacks is not gone, and words can never leave the query."""
    http = RecordedHttp(recorded.bodies, recorded.media_type)
    whole = source.list(recorded.board, http, "").complete
    _must(not whole, "its listing says complete, and a feed never is: what it lacks is not gone; say complete=False")
    if source.card.verdict is Verdict.ATTRIBUTION:
        _must(bool(source.card.attribution), "it is allowed with attribution, and names none")
    paths = {urlsplit(url).path for url in http.asked}
    for words in ("night nurse", "a/b?c#d&e=f", "..", "@evil.example", "\u2603 \x00\n", "x" * 5_000, "w " * 500):
        asking = RecordedHttp(recorded.bodies, recorded.media_type)
        with suppress(Failed, TryLater, InvalidInput):
            board = BoardRef(recorded.board.source, words, recorded.board.region)
            listed(source, board, asking, "", f"a search for {words[:20]!r}")
        _only_its_hosts(source, asking)
        for url in asking.asked:
            parts = urlsplit(url)
            _must(not parts.fragment, f"{words!r} cut the URL short: {url[:200]}; see sdk.feeds.query_text")
            _must(len(url) < 2_000, f"{words[:20]!r} made a URL of {len(url)} characters; see sdk.feeds.query_text")
            known = parts.path in paths or parts.path.startswith(tuple(paths))
            _must(known, f"{words!r} led to another path: {url[:200]}; see sdk.feeds.query_text")


def check_hostile_names(source: Source, board: BoardRef) -> None:
    """A name can never leave its place in the URL."""
    for name in ("../secrets", "a/b", "..", "a?b", "a#b", "evil.example:80@x", "a\\b", "", "a\nb", "x" * 200):
        http = RecordedHttp({})
        what = f"a board called {name[:40]!r}"
        try:
            listed(source, BoardRef(board.source, name, board.region), http, "", what)
        except (InvalidInput, NotFound):
            pass
        except JobbotError as error:
            raise Breach(f"{what} raised {type(error).__name__}; raise InvalidInput (sdk.fields.token does)") from error
        else:
            raise Breach(f"{what} was listed; raise InvalidInput (sdk.fields.token does)")
        _must(
            not http.asked, f"{what} was asked for at {http.asked}; raise InvalidInput before (sdk.fields.token does)"
        )


def listed(source: Source, board: BoardRef, http: RecordedHttp, etag: str, what: str) -> Listing:
    """One listing. Raises the errors of jobbot as they are, Breach for any other and for what is no Listing."""
    try:
        listing: object = source.list(board, http, etag)
    except JobbotError:
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {error}"[:300]
        raise Breach(
            f"{what} made it raise {told}; only the errors of jobbot.kernel.errors may leave list()"
        ) from error
    _must(isinstance(listing, Listing), f"{what}: list() returned {type(listing).__name__} instead of a Listing")
    assert isinstance(listing, Listing)
    return listing


def _told(listing: Listing) -> str:
    counts = (len(listing.postings), len(listing.skipped), len(listing.rejected))
    reasons = "; ".join(dict.fromkeys(row.reason for row in listing.rejected[:3]))
    found = "{} postings, {} skipped, {} rejected".format(*counts)
    return f"{found}: {reasons}" if reasons else found


def _only_its_hosts(source: Source, http: RecordedHttp) -> None:
    for url in http.asked:
        parts = urlsplit(url)
        _must(parts.scheme == "https", f"it asked for {url[:200]}; only https is asked")
        host = parts.hostname or ""
        hosts = source.card.policy.hosts or {host}
        below = any(entry.startswith("*.") and host.endswith(entry[1:]) for entry in hosts)
        _must(host in hosts or below, f"it asked for {url[:200]}; its policy names only {', '.join(sorted(hosts))}")


def _must(promise: bool, words: str) -> None:
    if not promise:
        raise Breach(words)
