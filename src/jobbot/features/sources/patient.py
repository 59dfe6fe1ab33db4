"""The client a source is handed: the guarded one, which asks again as `retry` decides and counts its requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from jobbot.features.sources.retry import decide
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import TryLater
from jobbot.sdk import Http, Reply


class PatientHttp:
    """`rest(host, until, reason)` is told of a host that wants to be left alone; `jitter` gives numbers in [0, 1)."""

    def __init__(
        self, http: Http, clock: Clock, jitter: Callable[[], float], rest: Callable[[str, datetime, str], None]
    ) -> None:
        self.requests = 0
        self._http = http
        self._clock = clock
        self._jitter = jitter
        self._rest = rest

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """As `Http.get`. Raises TryLater where the host stays busy; nothing else becomes an error here."""
        return self._ask(url, lambda: self._http.get(url, etag=etag, purpose=purpose, headers=headers))

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
        """As `Http.post`; a search may be asked again like a listing."""
        return self._ask(
            url,
            lambda: self._http.post(
                url, body, content_type=content_type, purpose=purpose, fields=fields, headers=headers
            ),
        )

    def _ask(self, url: str, send: Callable[[], Reply]) -> Reply:
        host, attempt, started = urlsplit(url).hostname or "", 0, self._clock.now()
        while True:
            attempt += 1
            self.requests += 1
            failure: TryLater | None = None
            reply = Reply(0)
            try:
                reply = send()
            except TryLater as error:
                failure = error
            status = None if failure else reply.status
            now = self._clock.now()
            spent = (now - started).total_seconds()
            decision = decide(attempt, status, reply.retry_after, now, self._jitter(), spent)
            if decision is None:
                return reply
            if decision.action == "give_up":
                if decision.closed_until:
                    self._rest(host, decision.closed_until, decision.reason)
                why = f" ({failure.detail})" if failure else ""
                raise TryLater(
                    f"{host} {decision.reason}{why}; nothing was changed", retry_at=decision.closed_until
                ) from None
            self._clock.sleep(decision.seconds)
