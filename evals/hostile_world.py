"""A network for the hostile campaign: names that lie, and addresses behind which a vendor or a trap listens.

The sockets are real and on loopback. The guard connects where it wants to; which socket then answers is decided by the
address it chose: a public one leads to the vendor's server, every other to a trap, which counts who comes in. An audit
hook sees each connection of the whole process, so that nothing goes past the guard unseen.
"""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobbot.platform.safety.wire import Wiring

PUBLIC, ELSEWHERE = "93.184.216.34", "93.184.216.66"
"""Where permitted hosts are, and where a host is that no source names."""
STRANGERS = ("evil.example", "evil.test")

Answer = tuple[int, dict[str, str], bytes]
Speak = Callable[[str, str], Answer]
"""Host and path to status, headers and body."""

_watchers: list[Network] = []
_hooked = threading.Event()


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo") and _watchers:
        for network in tuple(_watchers):
            network.audited(event, arguments)


def silent(_host: str, _path: str) -> Answer:
    return 404, {}, b""


@dataclass
class Network:
    """`names`: successive answers of the resolver, the last for ever; unnamed hosts are public."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    speak: Speak = silent
    connections: list[tuple[str, int]] = field(default_factory=list)
    lookups: list[str] = field(default_factory=list)
    trapped: int = 0
    past_the_guard: list[str] = field(default_factory=list)
    last_host: str = ""
    _vendor: int = 0
    _stranger: int = 0
    _traps: list[socket.socket] = field(default_factory=list)

    def reset(self) -> None:
        self.names, self.speak, self.trapped = {}, silent, 0
        self.connections, self.lookups, self.past_the_guard = [], [], []

    def resolve(self, host: str, _port: int) -> list[str]:
        """As a system does, odd ways to write an address among them; names lie as they are told to."""
        self.lookups.append(host)
        self.last_host = host
        if script := self.names.get(host):
            return script.pop(0) if len(script) > 1 else script[0]
        for family in (socket.AF_INET, socket.AF_INET6):
            with suppress(OSError):
                return [socket.inet_ntop(family, socket.inet_pton(family, host.partition("%")[0]))]
        with suppress(OSError):
            return [socket.inet_ntoa(socket.inet_aton(host))]
        if host in STRANGERS or host.endswith(STRANGERS):
            return [ELSEWHERE]
        return ["127.0.0.1"] if host in ("localhost", "metadata") else [PUBLIC]

    def connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        self.connections.append((address, port))
        known = {PUBLIC: self._vendor, ELSEWHERE: self._stranger}
        trap = self._traps[len(self.connections) % len(self._traps)].getsockname()
        host, behind = ("127.0.0.1", known[address]) if address in known else (trap[0], trap[1])
        return httpcore.SyncBackend().connect_tcp(host, behind, timeout)

    def audited(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Ours are the connections to our own servers; all else went past the guard."""
        if event == "socket.getaddrinfo":
            if str(arguments[0]) not in {"127.0.0.1", "127.0.0.2", "::1"}:
                self.past_the_guard.append(f"look-up of {arguments[0]}")
            return
        address = arguments[1]
        ours = {self._vendor, self._stranger, *(trap.getsockname()[1] for trap in self._traps)}
        if isinstance(address, tuple) and address[1] not in ours:
            self.past_the_guard.append(f"connection to {address[0]} {address[1]}")

    @property
    def proxy(self) -> str:
        """A trap's address, for the variables that name a proxy."""
        return "http://{}:{}".format(*self._traps[0].getsockname()[:2])

    def wiring(self) -> Wiring:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return Wiring(self.resolve, self.connect, context)

    @contextmanager
    def up(self) -> Iterator[Network]:
        """Servers and traps listen, and the process is watched."""
        if not _hooked.is_set():
            sys.addaudithook(_audit)
            _hooked.set()
        with tempfile.TemporaryDirectory() as folder:
            servers = [self._serve(Path(folder)) for _ in range(2)]
            self._vendor, self._stranger = (server.server_address[1] for server in servers)
            self._traps = list(_listening(self))
            _watchers.append(self)
            try:
                yield self
            finally:
                _watchers.remove(self)
                for trap in self._traps:
                    trap.close()
                for server in servers:
                    server.shutdown()
                    server.server_close()

    def _serve(self, folder: Path) -> ThreadingHTTPServer:
        server = _Quiet(("127.0.0.1", 0), _handler(self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder))
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up belong to it."""


def _handler(network: Network) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def do_GET(self) -> None:
            status, headers, body = network.speak(self.headers.get("Host", ""), self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler


def _listening(network: Network) -> Iterator[socket.socket]:
    """Traps on several addresses of loopback; where a machine lacks one it is left out."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        trap = socket.socket(family, socket.SOCK_STREAM)
        try:
            trap.bind((address, 0))
        except OSError:
            trap.close()
            continue
        trap.listen(16)
        threading.Thread(target=_catch, args=(network, trap), daemon=True).start()
        yield trap


def _catch(network: Network, trap: socket.socket) -> None:
    while True:
        try:
            caught, _ = trap.accept()
        except OSError:
            return
        network.trapped += 1
        caught.close()


def _certificate(folder: Path) -> Path:
    """Key and self-signed certificate in one file."""
    file = folder / "server.pem"
    if file.exists():
        return file
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "jobbot.example")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file
