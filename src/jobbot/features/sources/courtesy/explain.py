"""What would happen if a board were asked now, and why: nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit

from jobbot.features.sources.courtesy.before import Closed, tomorrow
from jobbot.features.sources.courtesy.robots import FRESH, deciding_line, permission
from jobbot.features.sources.courtesy.store import HostStore
from jobbot.features.sources.fetch import policy_of
from jobbot.features.sources.model import Board
from jobbot.features.sources.runs.store import Journal
from jobbot.kernel.clock import iso
from jobbot.kernel.errors import JobbotError
from jobbot.platform.plugins import Plugins
from jobbot.platform.safety.ledger import EgressLedger
from jobbot.sdk import BoardRef, HostPolicy, Reply, Source


class _Asked(BaseException):
    """The address that a source asks first. No Exception, so that no reader takes it for an answer."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class _Probe:
    """An `Http` that only hears what it would be asked."""

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        self._heard(url)

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
        self._heard(url)

    def _heard(self, url: str) -> NoReturn:
        raise _Asked(url)


def first_address(plugin: Source, ref: BoardRef) -> str:
    """What a source asks first for a board, "" where it asks nothing. Raises what it raises before it asks."""
    try:
        plugin.list(ref, _Probe(), "")
    except _Asked as asked:
        return asked.url
    return ""


def explained(plugins: Plugins[Source], journal: Journal, board: Board, now: datetime) -> dict[str, Any] | None:
    """`Explain.board` of a connected board; None where its source is off, or asks nothing."""
    plugin = plugins.loaded.get(board.source)
    if plugin is None:
        return None
    ref = BoardRef(board.source, board.board, board.region)
    explain = Explain(HostStore(journal.database), EgressLedger(journal.database), journal.closed_host, now)
    try:
        return explain.board(plugin, ref, policy_of(plugin.card, ref))
    except JobbotError:
        return None


class Explain:
    """Over what is remembered of hosts; `closed` knows those that asked for a pause."""

    def __init__(self, store: HostStore, ledger: EgressLedger, closed: Closed, now: datetime) -> None:
        self._store, self._ledger, self._closed, self._now = store, ledger, closed, now

    def board(self, plugin: Source, ref: BoardRef, policy: HostPolicy) -> dict[str, Any]:
        """`{address, host, robots: {allowed, reason, line, rule, read_at}, spacing_seconds, asked_today,
        daily_requests, left_today, paused_until, paused_for, last_answer, next_request_at}`.

        `allowed` is null while robots.txt was not read, `next_request_at` where no request is allowed at all.
        """
        url = first_address(plugin, ref)
        host = urlsplit(url).hostname or ""
        robots, delay = self._robots(url, host, policy)
        asked = self._store.asked(host, self._now)
        closed = self._closed([host], self._now)
        spacing = max(policy.spacing_seconds, delay)
        last = self._last(host)
        return {
            "address": url,
            "host": host,
            "robots": robots,
            "spacing_seconds": spacing,
            "asked_today": asked,
            "daily_requests": policy.daily_requests,
            "left_today": max(policy.daily_requests - asked, 0),
            "paused_until": iso(closed[1]) if closed else None,
            "paused_for": closed[2] if closed else None,
            "last_answer": last,
            "next_request_at": None
            if robots["allowed"] is False
            else iso(self._next(closed, asked, policy, spacing, last)),
        }

    def _robots(self, url: str, host: str, policy: HostPolicy) -> tuple[dict[str, Any], float]:
        told: dict[str, Any] = {"allowed": None, "reason": "", "line": None, "rule": None, "read_at": None}
        if policy.robots_exempt:
            return {**told, "allowed": True, "reason": policy.robots_exempt}, 0.0
        rules = self._store.rules(host)
        if rules is None:
            return {
                **told,
                "reason": f"robots.txt of {host} was not read yet; it is read before the first request",
            }, 0.0
        said, line = permission(rules, url), deciding_line(rules, url)
        stale = "" if self._now - rules.read_at < FRESH else "; it is read again before the next request"
        found = {"line": line[0], "rule": line[1]} if line else {}
        judged = {"allowed": said.allowed, "reason": said.reason + stale, "read_at": iso(rules.read_at)}
        return {**told, **judged, **found}, said.delay

    def _last(self, host: str) -> dict[str, Any] | None:
        rows = [row for row in self._ledger.rows(20, host=host, allowed=True) if row["host"] == host]
        return {name: rows[0][name] for name in ("at", "status", "reason")} if rows else None

    def _next(
        self, closed: tuple[str, datetime, str] | None, asked: int, policy: HostPolicy, spacing: float, last: Any
    ) -> datetime:
        moments = [self._now]
        moments += [closed[1]] if closed else []
        moments += [tomorrow(self._now)] if asked >= policy.daily_requests else []
        moments += [datetime.fromisoformat(last["at"]) + timedelta(seconds=spacing)] if last else []
        return max(moments)
