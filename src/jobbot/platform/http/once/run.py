"""Run a change once per key: the answer is kept in the transaction of the change, so neither is there without the
other. A second request with the key waits for the first, then gets its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition
from typing import Annotated, Any, ClassVar

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import YoursToFix
from jobbot.platform.http.body import canonical
from jobbot.platform.http.caller import Caller
from jobbot.platform.http.once.store import Answered, KeyStore
from jobbot.platform.http.reply import Reply

Work = Callable[[], Any]
Head = Callable[[Any], Mapping[str, str]]
REPLAYED = "Idempotency-Replayed"


class KeyReused(YoursToFix):
    """The key belongs to another request."""

    type: ClassVar[str] = "urn:jobbot:idempotency-key-reused"
    title: ClassVar[str] = "Key used for another request"
    status: ClassVar[int] = 422


class _Raced(Exception):
    def __init__(self, answered: Answered) -> None:
        super().__init__()
        self.answered = answered


class Lanes:
    """At most one at a time for each name."""

    def __init__(self) -> None:
        self._busy: set[str] = set()
        self._change = Condition()

    @contextmanager
    def lane(self, name: str) -> Iterator[None]:
        with self._change:
            self._change.wait_for(lambda: name not in self._busy)
            self._busy.add(name)
        try:
            yield
        finally:
            with self._change:
                self._busy.discard(name)
                self._change.notify_all()


_LANES = Lanes()


class Once:
    """The idempotency of one request. Called with the work, it does it and answers, or gives the answer again."""

    def __init__(self, keys: KeyStore, clock: Clock, caller: Caller, key: str, address: str, body: bytes) -> None:
        self._keys, self._clock = keys, clock
        self._user, self._key = caller.user, key
        self._address, self._body = address, body

    def __call__(
        self, work: Work, *, status: int = 200, about: bytes | None = None, head: Head = lambda _: {}
    ) -> Reply:
        """`work` makes the answer and writes; all its writes and the key are one transaction. `about` stands for the
        body where that is no JSON. Raises KeyReused, and what `work` raises: then nothing is kept, the key neither."""
        return self.planned(lambda: work, status=status, about=about, head=head)

    def planned(
        self, plan: Callable[[], Work], *, status: int = 200, about: bytes | None = None, head: Head = lambda _: {}
    ) -> Reply:
        """Like a call; `plan` does before the transaction what need not be in it, and gives the work."""
        request = _digest(self._address, canonical(self._body) if about is None else about)
        with _LANES.lane(f"{self._user} {self._key}"):
            found = self._keys.find(self._user, self._key, self._clock.now())
            try:
                answered = found or self._do(plan(), request, status)
            except _Raced as raced:
                found = answered = raced.answered
        if answered.request != request:
            raise KeyReused("this Idempotency-Key was used for another request; make a new one for each change")
        headers = {**head(answered.data), **({REPLAYED: "true"} if found else {})}
        return Reply(answered.data, answered.status, headers)

    def _do(self, work: Work, request: str, status: int) -> Answered:
        with self._keys.database.unit(begun=self._look):
            answered = Answered(request, status, work())
            with self._keys.database.write() as session:
                self._keys.keep(session, self._user, self._key, answered, self._clock.now())
        return answered

    def _look(self, session: Session) -> None:
        """With the lock in hand: was another process faster?"""
        found = self._keys.find_in(session, self._user, self._key, self._clock.now())
        if found is not None:
            raise _Raced(found)


def once(request: Request) -> Once:
    """The idempotency of this request; its route has read key and body."""
    parts, state = request.app.state.parts, request.state
    address = f"{request.method} {request.url.path}?{request.url.query}"
    return Once(parts.keys, parts.clock, state.caller, state.key, address, state.body)


def _digest(address: str, body: bytes) -> str:
    return hashlib.sha256(address.encode() + b"\x1f" + body).hexdigest()


OneTime = Annotated[Once, Depends(once)]
