"""Opening and ending: one-time links, browser sessions, tokens for scripts. Secrets have 256 random bits."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from jobbot.features.accounts.model import LIFE, TOUCH, Credential, Kind
from jobbot.features.accounts.store import SessionStore
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import JobbotError, NotFound
from jobbot.kernel.ids import LOCAL_USER, UserId, new_id
from jobbot.platform.http.caller import Caller, Unauthenticated

_BYTES = 32
_LONGEST = 200
_KEPT = 100


class Sessions:
    """Implements `platform.http.caller.Door`."""

    def __init__(self, store: SessionStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[str, tuple[object, Credential]] = {}

    def issue(self, kind: Kind, label: str = "", user: UserId = LOCAL_USER) -> tuple[str, Credential]:
        """A new credential and its secret, which is not kept and cannot be shown again."""
        return self._issue(self._new(kind, label, user))

    def redeem(self, secret: str, label: str = "") -> tuple[str, Credential]:
        """A browser session for a link, which is spent by it, or for a machine token, with which it ends.

        Raises Unauthenticated, always with the same words.
        """
        digest = _digest(secret)
        found = self._store.find(digest)
        if found is None or found.kind is Kind.BROWSER or not found.open_at(self._clock.now()):
            raise _unknown()
        fresh = self._new(Kind.BROWSER, label, found.user)
        if found.kind is Kind.LINK:
            if not self._store.spend(digest):
                raise _unknown()
            return self._issue(fresh)
        return self._issue(replace(fresh, expires_at=min(fresh.expires_at, found.expires_at)), found.id)

    def admit(self, secret: str, *, machine: bool) -> Caller:
        """The caller behind a cookie or a Bearer token. Raises Unauthenticated."""
        digest, now, version = _digest(secret), self._clock.now(), self._store.version()
        found = self._store.find(digest)
        if found is None or not _opens(found, now, machine=machine):
            raise _unknown()
        if now - found.seen_at > TOUCH:
            with suppress(JobbotError):  # a full disk or a busy writer must not keep anybody from reading
                self._store.touch(digest, now)
        elif version is not None:
            self._keep(digest, version, found)
        return Caller(found.user, found.id, machine)

    def at_once(self, secret: str, *, machine: bool) -> Caller | None:
        """The caller, where nothing was committed since the same secret was let in; None where `admit` must look."""
        digest, now = _digest(secret), self._clock.now()
        version, found = self._known.get(digest, (None, None))
        if found is None or version != self._store.version():
            return None
        fresh = _opens(found, now, machine=machine) and now - found.seen_at <= TOUCH
        return Caller(found.user, found.id, machine) if fresh else None

    def _keep(self, digest: str, version: object, found: Credential) -> None:
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[digest] = version, found

    def tokens(self, user: UserId) -> tuple[Credential, ...]:
        """Tokens for scripts that still open."""
        return tuple(one for one in self._store.of(user, Kind.MACHINE) if one.open_at(self._clock.now()))

    def end(self, identity: str, user: UserId, kind: Kind) -> None:
        """Raises NotFound; sessions opened with a token end with it."""
        if not self._store.end(identity, user, kind):
            raise NotFound("there is no such credential of yours, or it has ended")

    def forget(self, secret: str) -> None:
        """End the browser session of a secret, if there is one."""
        found = self._store.find(_digest(secret)) if secret else None
        if found is not None and found.kind is Kind.BROWSER:
            self._store.end(found.id, found.user, Kind.BROWSER)

    def until(self, identity: str, user: UserId, kind: Kind) -> datetime | None:
        """When a credential ends at the latest."""
        return next((one.expires_at for one in self._store.of(user, kind) if one.id == identity), None)

    def _new(self, kind: Kind, label: str, user: UserId) -> Credential:
        now = self._clock.now()
        return Credential(new_id(), user, kind, label[:80], now, now, now + LIFE[kind])

    def _issue(self, made: Credential, parent: str | None = None) -> tuple[str, Credential]:
        secret = secrets.token_urlsafe(_BYTES)
        self._store.add(_digest(secret), made, parent)
        return secret, made


def _opens(found: Credential, now: datetime, *, machine: bool) -> bool:
    return found.kind is (Kind.MACHINE if machine else Kind.BROWSER) and found.open_at(now)


def _digest(secret: str) -> str:
    """SHA-256: enough for 256 random bits, which nobody can guess one by one."""
    return hashlib.sha256(secret[:_LONGEST].encode("utf-8", "replace")).hexdigest()


def _unknown() -> Unauthenticated:
    return Unauthenticated(
        "this link, session or token is unknown, used up or has ended; `jobbot serve` prints a new link"
    )
