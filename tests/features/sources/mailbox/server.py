"""A real mail server (pymap) on loopback, and a recording way to it that can speak TLS and hang up."""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "mara@example.org", "correct horse ümläut"
_MAIN = """
from functools import partial
from pymap import config, main
config.BuiltinHash = partial(config.BuiltinHash, rounds=1)  # its 500,000 rounds guard a password that stands above
main.main()
"""


class MailServer:
    """pymap with one user. `put` delivers as a mail program would, over the wire."""

    def __init__(self, port: int) -> None:
        self.port = port

    def put(self, folder: str, *mails: bytes, flags: str = "", at: datetime | None = None) -> None:
        with self.client() as client:
            client.create(folder)
            for mail in mails:
                stamp = imaplib.Time2Internaldate(at or datetime(2026, 11, 19, 8, tzinfo=UTC))
                kind, told = client.append(folder, flags, stamp, mail)
                assert kind == "OK", told

    def flags(self, folder: str) -> list[bytes]:
        """Of every mail, without looking into any; `\\Recent` belongs to the looking session itself."""
        with self.client() as client:
            client.select(folder, readonly=True)
            _, lines = client.fetch("1:*", "(FLAGS)")
            return [re.sub(rb" ?\\Recent", b"", line) for line in lines if isinstance(line, bytes)]

    @contextlib.contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    command = [sys.executable, "-c", _MAIN, *where, "dict", "--demo-user", USER, "--demo-password", PASSWORD]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _until_open(port, process)
            yield MailServer(port)
        finally:
            process.kill()


def _until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the mail server ended before it was ready")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Way:
    """Between jobbot and the mail server. `said` is what jobbot sent, line by line.

    `cut` ends the connection when the server has sent that many bytes; `instead` answers in the server's place.
    """

    def __init__(self, to: int, tls: ssl.SSLContext | None = None, cut: int = 0, instead: bytes = b"") -> None:
        self.to, self.tls, self.cut, self.instead = to, tls, cut, instead
        self.said = b""
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Way:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        for thread in self._threads:
            thread.join(20)

    @property
    def commands(self) -> list[str]:
        """What was asked, without tags, and without secrets, which are sent on lines of their own."""
        lines = self.said.decode("utf-8", "replace").splitlines()
        return [" ".join(line.split()[1:]) for line in lines if re.match(r"[A-Z]{4}\d+ ", line)]

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                found, _ = self._server.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                self._join(found)

    def _join(self, found: socket.socket) -> None:
        inner = self.tls.wrap_socket(found, server_side=True) if self.tls else found
        if self.instead:
            inner.sendall(self.instead)
            with contextlib.suppress(OSError):
                while inner.recv(4096):
                    """It may say what it likes."""
            inner.close()
            return
        outer = socket.create_connection(("127.0.0.1", self.to))
        self._start(self._onward, inner, outer)
        self._start(self._back, outer, inner)

    def _onward(self, inner: socket.socket, outer: socket.socket) -> None:
        with contextlib.suppress(OSError), outer:
            while data := inner.recv(65_536):
                self.said += data
                outer.sendall(data)
            outer.shutdown(socket.SHUT_RDWR)

    def _back(self, outer: socket.socket, inner: socket.socket) -> None:
        left = self.cut or sys.maxsize
        with contextlib.suppress(OSError), inner:
            while left and (data := outer.recv(65_536)):
                inner.sendall(data[:left])
                left -= len(data[:left])
            inner.shutdown(socket.SHUT_RDWR)


class Authority:
    """A certificate for 127.0.0.1 that nobody trusts, and the file to trust it by."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A mail server of one's own")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / "authority.pem"
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        secret = folder / "key.pem"
        plain = serialization.NoEncryption()
        secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(self.file, secret)
