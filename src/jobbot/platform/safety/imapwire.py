"""The connection under an IMAP conversation: to a judged address, TLS verified, every line and literal capped."""

from __future__ import annotations

import ssl

import httpcore

from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, RefusedByPolicy, TryLater
from jobbot.platform.safety.wire import AddressRule, Deadline, Wiring

SECONDS, IN_ALL = 30.0, 900.0
"""For connecting and for each piece of an answer; for a whole conversation, however slowly its bytes come."""
LINE = 1_000_000
SMALL = 1_000_000
"""Most bytes of a literal that nobody asked for by its size."""


class TooMuch(Exception):
    """A server that sends more than it may; the text says what."""


def trusting(ca_file: str, handed: ssl.SSLContext | None) -> ssl.SSLContext:
    """A context that verifies, with the authorities of a file besides the system's. Raises InvalidInput."""
    if handed is not None:
        return handed
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError):
            raise InvalidInput(f"mailbox.ca_file is {ca_file}, which cannot be read as certificates (PEM)") from None
    return context


class Capped:
    """One stream, read by line or by size, with counts of what went out and came in."""

    def __init__(self, wiring: Wiring, rule: AddressRule, tls: ssl.SSLContext, clock: Clock) -> None:
        self._deadline = Deadline(clock, IN_ALL)
        self._wiring, self._rule, self._tls = wiring, rule, tls
        self._stream: httpcore.NetworkStream | None = None
        self._ahead = bytearray()
        self._most = SMALL
        self.sent = self.received = 0

    def allow(self, literal: int) -> None:
        """The next literals may have so many bytes."""
        self._most = max(literal, SMALL)

    def connect(self, host: str, port: int, *, tls: bool) -> None:
        """Raises RefusedByPolicy for an address that the rule forbids, TryLater for a name without any, and what the
        network engine raises."""
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._wiring.connector(address, port, self._left())
                self._stream = stream.start_tls(self._tls, host, self._left()) if tls else stream
                return
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = list(self._wiring.resolver(host, port))
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise TryLater(f"no address found for {host}; check mailbox.host and the connection")
        if refused := [address for address in found if not self._rule.permits(address)]:
            raise RefusedByPolicy(f"{host} leads to {refused[0]}: {self._rule.reason}")
        return found

    def send(self, data: bytes) -> None:
        self.sent += len(data)
        self._open.write(data, self._left())

    def read(self, size: int) -> bytes:
        """Exactly so many bytes. Raises TooMuch for a literal nobody asked for, ConnectionResetError where they end."""
        if size > self._most:
            self.close()  # what follows could no longer be told apart
            raise TooMuch(f"a piece of {size} bytes")
        while len(self._ahead) < size:
            self._more()
        return self._taken(size)

    def readline(self) -> bytes:
        """Up to a line's end; b"" where nothing comes any more, which IMAP4 takes for the end."""
        start = 0
        while (end := self._ahead.find(b"\n", start)) < 0:
            start = len(self._ahead)
            if start > LINE:
                raise TooMuch("a line without an end")
            try:
                self._more()
            except ConnectionResetError:
                return b""
        return self._taken(end + 1)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _left(self) -> float:
        return min(SECONDS, self._deadline.left())

    @property
    def _open(self) -> httpcore.NetworkStream:
        if self._stream is None:
            raise ConnectionResetError
        return self._stream

    def _more(self) -> None:
        data = self._open.read(65_536, self._left())
        if not data:
            raise ConnectionResetError
        self.received += len(data)
        self._ahead += data

    def _taken(self, size: int) -> bytes:
        data = bytes(self._ahead[:size])
        del self._ahead[:size]
        return data
