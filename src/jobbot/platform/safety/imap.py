"""The one door to a mailbox: IMAP that only looks (EXAMINE, SEARCH, FETCH with BODY.PEEK) and changes nothing there.

Bytes do not pass the HTTP guard, so what the guard does is done here: the address is resolved once and judged, TLS is
verified, the airplane switch is obeyed, sizes are capped, and the ledger has the connection before its first byte.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

import httpcore

from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import Failed, InvalidInput, JobbotError, NotFound, RefusedByPolicy, TryLater
from jobbot.platform.safety.addresses import loopback
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.imapnames import quoted, readable
from jobbot.platform.safety.imapwire import Capped, TooMuch, trusting
from jobbot.platform.safety.ledger import EgressLedger, Entry
from jobbot.platform.safety.wire import OWN_TLS, AddressRule, Wiring
from jobbot.settings import Mailbox as Settings
from jobbot.settings import Network

PURPOSE = "alert mails"
CARRIED = ("user", "password", "folder")
ASKED_AT_ONCE = 200
SHOWN_FOLDERS = 20
_BROKEN = (httpcore.NetworkError, httpcore.TimeoutException, OSError)
_LOOPBACK = AddressRule(loopback, "not this machine, and without TLS the password would be sent in the open")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"UID (\d+).*?RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).*?UID (\d+)")
_CODE = re.compile(rb"\[([A-Z][A-Z-]{1,40})\]")
_LISTED = re.compile(rb'\([^)]*\) (?:"[^"]*"|NIL) (?:"((?:[^"\\]|\\.)*)"|(\S+))')


class Mailboxes:
    """Opens mailboxes of the owner's own settings, for one data directory."""

    def __init__(self, network: Network, ledger: EgressLedger, clock: Clock, wiring: Wiring | None = None) -> None:
        self.offline = network.offline
        self._ledger = ledger
        self._clock = clock
        self._wiring = wiring or Wiring()

    @contextmanager
    def opened(self, account: Settings) -> Iterator[Mailbox]:
        """The folder, examined. Raises RefusedByPolicy (airplane switch, no TLS), InvalidInput (refused password),
        NotFound (no such folder), Failed (certificate, no IMAP), TryLater (cannot be reached, hangs up).

        What the caller raises passes through; a server that breaks off inside gives TryLater.
        """
        host, now = account.host.lower(), self._clock.now()
        if self.offline and not (host == "localhost" or loopback(host)):
            detail = (
                f"the mailbox at {host} is not read: the airplane switch is on (JOBBOT_OFFLINE, network.offline); "
                "turn it off to read it"
            )
            self._ledger.record(Entry(now, host, PURPOSE, fields=CARRIED, allowed=False, reason=detail))
            raise RefusedByPolicy(detail)
        rule, tls = OWN_TLS if account.tls else _LOOPBACK, trusting(account.ca_file, self._wiring.tls)
        wire = Capped(self._wiring, rule, tls, self._clock)
        row = self._ledger.record(Entry(now, host, PURPOSE, fields=CARRIED))
        mailbox: Mailbox | None = None
        try:
            with _told(account):
                client = _Client(wire, account)
            try:
                with _told(account):
                    mailbox = _entered(client, account)
                yield mailbox
            finally:
                with suppress(*_BROKEN, TooMuch, imaplib.IMAP4.error):
                    client.logout()  # never CLOSE, which may expunge
        except RefusedByPolicy as refusal:
            self._ledger.refuse(row, refusal.detail)
            raise
        except JobbotError as failure:
            self._ledger.complete(row, bytes_in=wire.received, bytes_out=wire.sent, status=None, reason=failure.detail)
            raise
        finally:
            wire.close()
        trouble = mailbox.trouble if mailbox else None
        self._ledger.complete(row, bytes_in=wire.received, bytes_out=wire.sent, status=None, reason=trouble)


class Mailbox:
    """An examined folder. `validity` changes when the server numbers its mails anew; uids count upwards until then.

    Each question raises TryLater where the server breaks off, Failed where it refuses; `trouble` keeps the last of it.
    """

    def __init__(self, client: _Client, account: Settings, validity: int) -> None:
        self._client = client
        self._account = account
        self.validity = validity
        self.trouble: str | None = None

    def search(self, since: date, senders: Sequence[str], after: int) -> list[int]:
        """Uids above `after` of mails that came on or after a day from any of the senders (part of an address)."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        names = " ".join(f"FROM {quoted(sender)}" for sender in senders)
        found = self._ask("SEARCH", f"UID {after + 1}:* SINCE {day} {'OR ' * (len(senders) - 1)}{names}")
        numbers = [int(word) for line in found if isinstance(line, bytes) for word in line.split() if word.isdigit()]
        return sorted({number for number in numbers if number > after})  # n:* names the last mail even below n

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Bytes of each mail, as the server states them; one that is gone meanwhile is not among them."""
        sizes: dict[int, int] = {}
        for start in range(0, len(uids), ASKED_AT_ONCE):
            some = ",".join(map(str, uids[start : start + ASKED_AT_ONCE]))
            for line in self._ask("FETCH", some, "(RFC822.SIZE)"):
                found = _SIZE.search(line) if isinstance(line, bytes) else None
                if found:
                    sizes[int(found[1] or found[4])] = int(found[2] or found[3])
        return sizes

    def message(self, uid: int, most: int) -> bytes | None:
        """One mail as it came, `most` bytes of it; None where it is gone. It stays unread on the server."""
        self._client.wire.allow(most)
        for part in self._ask("FETCH", str(uid), f"(BODY.PEEK[]<0.{most}>)"):
            if isinstance(part, tuple) and b"BODY[" in part[0].upper():
                return bytes(part[1])
        return None

    def _ask(self, command: str, *arguments: str) -> list[Any]:
        try:
            with _told(self._account):
                kind, data = self._client.uid(command, *arguments)
            if kind != "OK":
                raise Failed(f"the mail server answered {command} with {kind}{_code(data)}")
        except JobbotError as error:
            self.trouble = error.detail
            raise
        return data


class _Client(imaplib.IMAP4):
    """The standard library's IMAP over our own connection: the five methods that it documents for that."""

    def __init__(self, wire: Capped, account: Settings) -> None:
        self.wire = wire
        self._account = account
        super().__init__(account.host, account.port)

    def open(self, host: str = "", port: int = 993, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self.wire.connect(host.lower(), port, tls=self._account.tls)

    def read(self, size: int) -> bytes:
        return self.wire.read(size)

    def readline(self) -> bytes:
        return self.wire.readline()

    def send(self, data: Any) -> None:
        self.wire.send(bytes(data))

    def shutdown(self) -> None:
        self.wire.close()


def _entered(client: _Client, account: Settings) -> Mailbox:
    """Logged in and the folder examined."""
    _log_in(client, account)
    kind, _ = client.select(quoted(account.folder), readonly=True)  # sends EXAMINE
    if kind != "OK":
        there = ", ".join(_folders(client))
        raise NotFound(
            f"there is no folder {account.folder!r} in the mailbox{f'; there are: {there}' if there else ''}"
        )
    _, stated = client.response("UIDVALIDITY")
    number = stated[0] if stated else None
    return Mailbox(client, account, int(number) if isinstance(number, bytes) and number.isdigit() else 0)


def _log_in(client: _Client, account: Settings) -> None:
    """With SASL PLAIN, which carries any letters, where the server has it; else with LOGIN."""
    try:
        if "AUTH=PLAIN" in client.capabilities:
            secret = f"\0{account.user}\0{account.password}".encode()
            client.authenticate("PLAIN", lambda _: secret)
        else:
            client.login(account.user, account.password)
    except UnicodeEncodeError:
        raise InvalidInput("this mail server takes user names and passwords of plain letters only") from None
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise InvalidInput(
            f"{account.host} refused the user name or the password{_code(error.args)}. Most providers want an app "
            "password made for jobbot, not the one you log in with: put it in a file that only you can read and name "
            "that in JOBBOT_MAILBOX_PASSWORD_FILE"
        ) from None


def _folders(client: _Client) -> list[str]:
    kind, data = client.list()
    found = [_LISTED.search(line) for line in data if isinstance(line, bytes)] if kind == "OK" else []
    names = [readable((match[1] or match[2]).decode("ascii", "replace")) for match in found if match]
    return [canonical_line(name, 60) for name in names[:SHOWN_FOLDERS]]


def _code(data: Any) -> str:
    """The code in a server's answer, as in " (AUTHENTICATIONFAILED)"; its words may hold anything and are not told."""
    texts = [one if isinstance(one, bytes) else str(one).encode() for one in data if one is not None]
    found = next(filter(None, map(_CODE.search, texts)), None)
    return f" ({found[1].decode()})" if found else ""


@contextmanager
def _told(account: Settings) -> Iterator[None]:
    """What a broken connection means to a person."""
    host = account.host
    try:
        yield
    except TooMuch as error:
        raise Failed(f"{host} sent more than it was asked for ({error}); nothing more was read") from None
    except ssl.SSLCertVerificationError as error:
        raise Failed(_certificate(host, error)) from None
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            raise Failed(_certificate(host, cause)) from None
        if isinstance(cause, ssl.SSLError):
            raise Failed(
                f"{host} does not speak TLS on port {account.port}; mailbox.port is 993 at most providers"
            ) from None
        raise TryLater(
            f"{host} could not be reached on port {account.port}; check mailbox.host and the connection"
        ) from None
    except (imaplib.IMAP4.abort, *_BROKEN):
        raise TryLater(f"{host} broke the connection off or did not answer in time; run it again") from None
    except imaplib.IMAP4.error as error:
        raise Failed(f"{host} does not answer as an IMAP server does{_code(error.args)}") from None


def _certificate(host: str, error: ssl.SSLCertVerificationError) -> str:
    return (
        f"{host} could not prove that it is {host} (its certificate was refused: {error.verify_message or 'unknown'}); "
        "nothing was sent. For a mail server of your own name the file of its authority in mailbox.ca_file"
    )
