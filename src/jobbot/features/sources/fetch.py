"""Ask a source for what a board lists, or a host for one page: through courtesy and patience, and no other way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from jobbot.features.sources.courtesy.before import Courtesy, left_alone
from jobbot.features.sources.courtesy.client import CourteousHttp
from jobbot.features.sources.courtesy.store import HostStore
from jobbot.features.sources.meter import MOST_ROWS, Way
from jobbot.features.sources.model import Board
from jobbot.features.sources.normalise import READER
from jobbot.features.sources.patient import PatientHttp
from jobbot.features.sources.runs.store import Journal
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import Failed, JobbotError
from jobbot.sdk import BoardRef, HostPolicy, Http, Kind, Listing, Reply, Source, SourceCard

_PAGE_BYTES, _PAGE_SECONDS, _PAGE_REQUESTS = 5 * 1024 * 1024, 10.0, 200
_HTML = {"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"}


def policy_of(card: SourceCard, ref: BoardRef) -> HostPolicy:
    """Where a source may go for a board: the hosts of its card, or the host of the address that a person gave."""
    if card.kind is not Kind.ADDRESS:
        return card.policy
    return replace(card.policy, hosts=frozenset({host_of(ref.board)}))


def host_of(url: str) -> str:
    """The host of an address in lower case, "" for what is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


class Fetcher:
    """`jitter` gives numbers in [0, 1) for the pauses before asking again."""

    def __init__(self, guard: Way, journal: Journal, clock: Clock, jitter: Callable[[], float]) -> None:
        self._guard = guard
        self._journal = journal
        self._clock = clock
        self._jitter = jitter

    def over(self, way: Way) -> Fetcher:
        """The same by another way."""
        return Fetcher(way, self._journal, self._clock, self._jitter)

    def client(self, policy: HostPolicy) -> CourteousHttp:
        """For one run. Raises TryLater, without a request, while a host wants to be left alone."""
        closed = self._journal.closed_host(policy.hosts, self._clock.now())
        if closed:
            raise left_alone(*closed)
        store = HostStore(self._journal.database)
        return CourteousHttp(self._patient, policy, Courtesy(store, self._clock, policy, self._journal.closed_host))

    def listing(self, plugin: Source, ref: BoardRef, http: Http, known: Board | None = None) -> Listing:
        """What a board lists now, at most `MOST_ROWS` of it; `known` lends its ETag. Raises our errors as they are,
        Failed for a plugin's bug."""
        etag = known.etag if known and known.reader == READER else ""
        try:
            listing = plugin.list(ref, http, etag)
        except JobbotError:
            raise
        except Exception as error:
            raise Failed(
                f"the source plugin {ref.source!r} broke on board {ref.board!r} ({type(error).__name__}: {error}); "
                "nothing was changed"[:500]
            ) from error
        if listing.not_modified and not etag:
            raise Failed(
                f"{plugin.card.title} answered 304 (nothing new) for the board {ref.board!r}, and none of it is known "
                "here; nothing was changed"
            )
        if len(listing.postings) > MOST_ROWS:
            return replace(listing, postings=listing.postings[:MOST_ROWS], complete=False, etag="")
        return listing

    def page(self, url: str) -> Reply:
        """One page of a public host, at most 5 MiB. Raises as `client` does, and what the guard refuses."""
        policy = HostPolicy(
            frozenset({(urlsplit(url).hostname or "").lower()}),
            max_bytes=_PAGE_BYTES,
            connect_timeout=_PAGE_SECONDS,
            read_timeout=_PAGE_SECONDS,
            total_timeout=3 * _PAGE_SECONDS,
            daily_requests=_PAGE_REQUESTS,
        )
        return self.client(policy).get(url, purpose="careers page", headers=_HTML)

    def _patient(self, policy: HostPolicy) -> PatientHttp:
        return PatientHttp(self._guard.client(policy), self._clock, self._jitter, self._journal.close_host)
