"""Before a vendor's host is asked: its robots.txt, read at most once a day, and the day's budget of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from jobbot.features.sources.courtesy.robots import FRESH, LONGEST, STALE, HostRules, Permission, counts, permission
from jobbot.features.sources.courtesy.store import HostStore
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import Failed, RefusedByPolicy, TryLater
from jobbot.sdk import HostPolicy, Reply

Fetch = Callable[[str], Reply]
Closed = Callable[[Iterable[str], datetime], tuple[str, datetime, str] | None]
"""Of hosts one that asked to be left alone: its name, until when, what it said."""
BY_HAND = "open it yourself, save the page and run `jobbot ingest file PATH`"


class Courtesy:
    """Judges requests for one policy. Shared state is in the database, so it holds across runs and processes."""

    def __init__(
        self, store: HostStore, clock: Clock, policy: HostPolicy, closed: Closed = lambda _hosts, _now: None
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._closed = closed

    def before(self, url: str, fetch: Fetch) -> float:
        """The pause in seconds that the host asks for between two requests (0.0: none). Counts the request.

        `fetch` reads an address of the same host. Raises RefusedByPolicy where robots.txt forbids `url`, TryLater
        where it cannot be reached, the host wants to be left alone or the day's requests are used up.
        """
        host = urlsplit(url).hostname or ""
        if closed := self._closed([host], self._clock.now()):
            raise left_alone(*closed)
        allowed = self.judge(url, fetch)
        if not allowed.allowed:
            raise RefusedByPolicy(f"{allowed.reason}; the allowed way: {BY_HAND}")
        now = self._clock.now()
        if not self._store.count(host, now, self._policy.daily_requests):
            raise TryLater(
                f"{host} is asked at most {self._policy.daily_requests} times a day, and today's requests are used up",
                retry_at=tomorrow(now),
            )
        return allowed.delay

    def judge(self, url: str, fetch: Fetch) -> Permission:
        """What the host says of `url`; nothing is counted. Raises TryLater where nobody knows."""
        if self._policy.robots_exempt:
            return Permission(allowed=True, reason=self._policy.robots_exempt)
        parts = urlsplit(url)
        return permission(self._rules(parts.hostname or "", f"{parts.scheme}://{parts.netloc}/robots.txt", fetch), url)

    def _rules(self, host: str, address: str, fetch: Fetch) -> HostRules:
        known, now = self._store.rules(host), self._clock.now()
        if known and now - known.read_at < FRESH:
            return known
        try:
            found = _read(host, now, fetch(address))
        except (Failed, TryLater) as error:
            if known and now - known.read_at < STALE:
                return known
            raise TryLater(
                f"robots.txt of {host} could not be read ({error.detail}), so nothing else is asked of it",
                retry_at=error.retry_at,
            ) from None
        self._store.keep(found)
        return found


def _read(host: str, now: datetime, reply: Reply) -> HostRules:
    if not counts(reply.status):
        raise TryLater(f"it answered {reply.status}")
    return HostRules(host, now, reply.status, reply.body[:LONGEST].decode("utf-8", "replace") if reply.ok else "")


def left_alone(host: str, until: datetime, reason: str) -> TryLater:
    """What is said instead of asking a host that wants a pause."""
    return TryLater(f"{host} {reason}; it is not asked before then", retry_at=until)


def tomorrow(now: datetime) -> datetime:
    """When the next day (UTC) begins, and with it another budget."""
    return (now.astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
