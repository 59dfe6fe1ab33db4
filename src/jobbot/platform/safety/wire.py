"""The only place that opens connections: resolve once, judge every address, connect to a judged one.

The name in the URL stays the one that TLS checks and that the Host header carries; the address is pinned, so a second
look-up with another answer cannot happen. The resolver and the connector are handed in: the seam of the tests.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import httpcore

from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import RefusedByPolicy, TryLater
from jobbot.platform.safety.addresses import loopback, owned, private, public

Resolver = Callable[[str, int], Iterable[str]]
"""Name and port to addresses, as text; raises OSError where there are none."""
Connector = Callable[[str, int, float | None], httpcore.NetworkStream]
"""Address, port and seconds to an open stream."""


def system_resolver(host: str, port: int) -> list[str]:
    """Every address the system knows for the name, in its order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def system_connector(address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
    return httpcore.SyncBackend().connect_tcp(address, port, timeout)


@dataclass(frozen=True)
class Wiring:
    """What touches the machine's network; tests hand in their own."""

    resolver: Resolver = system_resolver
    connector: Connector = system_connector
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True)
class AddressRule:
    """Which addresses may be connected to, and why others may not."""

    permits: Callable[[str], bool]
    reason: str


PUBLIC = AddressRule(
    public, "not a public address; private and loopback ones are reachable only for URLs in your own settings"
)
OWN_TLS = AddressRule(owned, "neither a public nor a private address")
OWN_PLAIN = AddressRule(private, "a public address, and http would send everything in the open: use https")
OFFLINE = AddressRule(loopback, "not this machine, and the airplane switch is on (JOBBOT_OFFLINE)")


class Deadline:
    """When the whole request must be over."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._end: datetime = clock.now() + timedelta(seconds=seconds)

    def left(self) -> float:
        """Seconds; raises the engine's time-out when there are none."""
        seconds = (self._end - self._clock.now()).total_seconds()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the whole request took too long")
        return seconds


_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def until(deadline: Deadline) -> Iterator[None]:
    """Bound every read and write of this thread's request, so that a byte now and then cannot hold it for ever."""
    token = _deadline.set(deadline)
    try:
        yield
    finally:
        _deadline.reset(token)


def _bounded(timeout: float | None) -> float | None:
    deadline = _deadline.get()
    if deadline is None:
        return timeout
    return deadline.left() if timeout is None else min(timeout, deadline.left())


class _BoundedStream(httpcore.NetworkStream):
    """A stream whose reads and writes also obey the deadline of the request."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _bounded(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _bounded(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _BoundedStream(self._inner.start_tls(ssl_context, server_hostname, _bounded(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects by name only through the resolver, and only when the rule permits all its answers."""

    def __init__(self, rule: AddressRule, wiring: Wiring) -> None:
        self._rule = rule
        self._wiring = wiring

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                return _BoundedStream(self._wiring.connector(address, port, _bounded(timeout)))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = list(self._wiring.resolver(host, port))
        except (OSError, UnicodeError):
            raise TryLater(f"no address found for {host}; check the name and the connection") from None
        if not found:
            raise TryLater(f"no address found for {host}; check the name and the connection")
        if refused := [address for address in found if not self._rule.permits(address)]:
            raise RefusedByPolicy(f"{host} leads to {refused[0]}: {self._rule.reason}")
        return found

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> Any:
        raise RefusedByPolicy("local sockets are not reachable over HTTP")


class Wire:
    """A pool of connections that all obey one rule about addresses."""

    def __init__(self, rule: AddressRule, wiring: Wiring) -> None:
        self._rule = rule
        self._wiring = wiring

    @cached_property
    def pool(self) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=self._wiring.tls,
            network_backend=_PinnedBackend(self._rule, self._wiring),
            keepalive_expiry=20.0,
        )

    def close(self) -> None:
        if "pool" in self.__dict__:
            self.pool.close()
