"""The one way out. Every HTTP request of the product goes through a `Guard`, which refuses more than it lets through.

A request is judged by its URL (https, exact hosts, no tricks), by every address its name resolves to, by the airplane
switch; it is spaced per vendor host with one in flight, capped in bytes and time, and written to the ledger first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpcore

from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import Failed, InvalidInput, JobbotError, RefusedByPolicy
from jobbot.platform.safety.body import Body
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.failures import explain
from jobbot.platform.safety.headers import request_headers, user_agent
from jobbot.platform.safety.ledger import EgressLedger, Entry
from jobbot.platform.safety.pace import Pace
from jobbot.platform.safety.target import Target, own_target, vendor_target
from jobbot.platform.safety.wire import OFFLINE, OWN_PLAIN, OWN_TLS, PUBLIC, Deadline, Wire, Wiring, until
from jobbot.sdk.http import HostPolicy, Http, Reply
from jobbot.settings import Network

MAX_REDIRECTS = 3
_PUBLIC = "public"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Guard:
    """Makes clients. One per process and data directory: it holds the pace of each host and the connections."""

    def __init__(self, network: Network, ledger: EgressLedger, clock: Clock, wiring: Wiring | None = None) -> None:
        wiring = wiring or Wiring()
        self.offline = network.offline
        self.replay = _replay(network.http_replay) if network.http_replay else None
        self.spacing = network.http_spacing if self.replay else None
        self.agent = user_agent(network.contact)
        self.ledger = ledger
        self.clock = clock
        self.pace = Pace(clock)
        rules = {_PUBLIC: PUBLIC, "https": OWN_TLS, "http": OWN_PLAIN}
        self._wires = {kind: Wire(OFFLINE if self.offline else rule, wiring) for kind, rule in rules.items()}

    def client(self, policy: HostPolicy) -> Http:
        """A client for a plugin: its hosts, public addresses, https."""
        return Client(self, policy, lambda url: vendor_target(url, policy.hosts), own=False)

    def own_client(self, base_url: str, policy: HostPolicy | None = None) -> Http:
        """A client for one address of the owner's own settings (a model server): that origin only, private allowed.

        Of `policy` only times and sizes count; there is no spacing, and replay does not apply.
        """
        origin = own_target(base_url).origin
        chosen = policy or HostPolicy(hosts=frozenset(), spacing_seconds=0.0)
        return Client(self, chosen, lambda url: _same_origin(own_target(url), origin), own=True)

    def close(self) -> None:
        for wire in self._wires.values():
            wire.close()

    def wire(self, target: Target, *, own: bool) -> Wire:
        """The connections under the address rule of this target; a recording server is the owner's own."""
        return self._wires[target.scheme if own or self.replay else _PUBLIC]


@dataclass(frozen=True)
class _Order:
    """What is to be sent: the vendor's target, where the bytes really go, and what the ledger keeps."""

    method: str
    target: Target
    via: Target
    headers: tuple[tuple[str, str], ...]
    body: bytes
    purpose: str
    fields: tuple[str, ...]

    def size(self) -> int:
        head = len(self.method) + len(self.via.path) + 12
        return head + sum(len(name) + len(value) + 4 for name, value in self.headers) + len(self.body) + 2


class Client:
    """An `Http` bound to one policy. Made by the guard."""

    def __init__(self, guard: Guard, policy: HostPolicy, admit: Callable[[str], Target], *, own: bool) -> None:
        self._guard = guard
        self._policy = policy
        self._admit = admit
        self._own = own

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """See `sdk.Http`. Redirects to the same host are followed by hand, at most three."""
        condition = "If-Modified-Since" if etag.endswith(" GMT") else "If-None-Match"
        extra = {**(headers or {}), **({condition: etag} if etag else {})}
        deadline = Deadline(self._guard.clock, self._policy.total_timeout)
        for _ in range(MAX_REDIRECTS + 1):
            reply = self._send("GET", url, extra, b"", purpose, (), deadline)
            onward = self._same_host_redirect(reply)
            if not onward:
                return reply
            url = onward
        raise Failed(f"{_host_of(url)} redirected more than {MAX_REDIRECTS} times")

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
        """See `sdk.Http`."""
        extra = {**(headers or {}), "Content-Type": content_type}
        deadline = Deadline(self._guard.clock, self._policy.total_timeout)
        return self._send("POST", url, extra, body, purpose, fields, deadline)

    def _send(
        self,
        method: str,
        url: str,
        extra: Mapping[str, str],
        body: bytes,
        purpose: str,
        fields: tuple[str, ...],
        deadline: Deadline,
    ) -> Reply:
        try:
            order = self._order(method, url, extra, body, purpose, fields)
        except RefusedByPolicy as refusal:
            self._note_refusal(url, purpose, refusal)
            raise
        spacing = self._guard.spacing if self._guard.spacing is not None else self._policy.spacing_seconds
        with self._guard.pace.turn(order.target.host, spacing), until(deadline):
            return self._recorded(order)

    def _order(
        self, method: str, url: str, extra: Mapping[str, str], body: bytes, purpose: str, fields: tuple[str, ...]
    ) -> _Order:
        target = self._admit(url)
        via = target if self._own or not self._guard.replay else _replayed(target, self._guard.replay)
        if self._guard.offline and not via.is_loopback:
            raise RefusedByPolicy(
                f"request to {target.host} refused: the airplane switch is on (JOBBOT_OFFLINE, network.offline); "
                "turn it off to fetch, everything stored works without"
            )
        headers = request_headers(self._guard.agent, via, extra, body if method == "POST" else None)
        return _Order(method, target, via, headers, body, purpose or "request", (*target.parameters, *fields))

    def _note_refusal(self, url: str, purpose: str, refusal: RefusedByPolicy) -> None:
        now = self._guard.clock.now()
        entry = Entry(now, _host_of(url), purpose or "request", allowed=False, reason=refusal.detail)
        self._guard.ledger.record(entry)

    def _recorded(self, order: _Order) -> Reply:
        """Send with a ledger row written before and completed after."""
        ledger, now = self._guard.ledger, self._guard.clock.now()
        row = ledger.record(Entry(now, order.target.host, order.purpose, order.size(), fields=order.fields))
        answer = _Answer()
        try:
            reply = self._exchange(order, answer)
        except RefusedByPolicy as refusal:
            ledger.refuse(row, refusal.detail)
            raise
        except JobbotError as failure:
            ledger.complete(row, bytes_in=answer.received, status=answer.status, reason=failure.detail)
            raise
        ledger.complete(row, bytes_in=answer.received, status=answer.status)
        return reply

    def _exchange(self, order: _Order, answer: _Answer) -> Reply:
        policy, via = self._policy, order.via
        timeout = {"connect": policy.connect_timeout, "read": policy.read_timeout, "write": policy.read_timeout}
        sent: dict[str, Any] = {
            "headers": list(order.headers),
            "content": order.body or None,
            "extensions": {"timeout": timeout},
        }
        origin = httpcore.URL(
            scheme=via.scheme.encode(), host=via.host.encode(), port=via.port, target=via.path.encode("ascii")
        )
        wire = self._guard.wire(via, own=self._own)
        try:
            with wire.pool.stream(order.method, origin, **sent) as response:
                return self._read(order, answer, response)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            raise explain(error, order.target.host, policy) from None

    def _read(self, order: _Order, answer: _Answer, response: httpcore.Response) -> Reply:
        answer.status = response.status
        pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers]
        answer.head = sum(len(name) + len(value) + 4 for name, value in pairs)
        headers = dict(pairs)
        encoding = headers.get("content-encoding", "").strip().lower()
        answer.body = Body(order.target.host, encoding, self._policy.max_bytes)
        return Reply(response.status, headers, answer.body.read(response.iter_stream()), order.target.url)

    def _same_host_redirect(self, reply: Reply) -> str:
        """The next URL of a redirect that stays on its host and within the policy; "" where there is none."""
        location = reply.headers.get("location", "")
        if reply.status not in _REDIRECTS or not location:
            return ""
        onward = urljoin(reply.url, location)
        try:
            return onward if self._admit(onward).host == self._admit(reply.url).host else ""
        except RefusedByPolicy:
            return ""


@dataclass
class _Answer:
    """What came in so far, for the ledger, also when reading fails."""

    status: int | None = None
    head: int = 0
    body: Body | None = None

    @property
    def received(self) -> int:
        return self.head + (self.body.received if self.body else 0)


def _replay(prefix: str) -> Target:
    try:
        return own_target(prefix.rstrip("/"))
    except RefusedByPolicy as refusal:
        raise InvalidInput(
            f"JOBBOT_HTTP_REPLAY (network.http_replay) is {prefix!r}; it should be the address of a recording server, "
            f"as in http://127.0.0.1:9911 ({refusal.detail})"
        ) from None


def _replayed(target: Target, prefix: Target) -> Target:
    """https://HOST/PATH?QUERY as PREFIX/HOST/PATH?QUERY."""
    return Target(prefix.scheme, prefix.host, prefix.port, f"{prefix.path.rstrip('/')}/{target.host}{target.path}")


def _same_origin(target: Target, origin: str) -> Target:
    if target.origin != origin:
        raise RefusedByPolicy(f"request to {target.origin} refused: this client may only reach {origin}")
    return target


def _host_of(url: str) -> str:
    """A host to show for a URL that may be anything."""
    rest = url.partition("://")[2] or url
    netloc = canonical_line(rest.replace("\\", "/").partition("/")[0].rpartition("@")[2], 253)
    return netloc.partition("?")[0].partition("#")[0].lower() or "?"
