"""A loopback server that stands in for vendors, and a network whose names and connections are recorded."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobbot.platform.safety.wire import Wiring

VENDOR = "api.example.com"
PUBLIC = "93.184.216.34"

Respond = Callable[[BaseHTTPRequestHandler], None]


def reply(
    body: bytes = b"{}", status: int = 200, headers: dict[str, str] | None = None, *, length: int | None = None
) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)

    return respond


@dataclass
class Vendor:
    """A server whose answers are set per path; `seen` are (method, path, headers, body) in order."""

    port: int = 0
    routes: dict[str, Respond] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _, _ in self.seen]


def _handler(vendor: Vendor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            vendor.seen.append((self.command, self.path, dict(self.headers), body))
            vendor.routes.get(self.path, vendor.routes.get("*", reply(b"", 404)))(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""


def _serve(vendor: Vendor, context: ssl.SSLContext | None) -> _Server:
    server = _Server(("127.0.0.1", 0), _handler(vendor))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    vendor.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and self-signed certificate for the vendor's name, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, VENDOR)])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(VENDOR)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "vendor.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + built.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def vendor(certificate: Path) -> Iterator[Vendor]:
    """The vendor over TLS."""
    vendor = Vendor()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: vendor.names.append(name)
    server = _serve(vendor, context)
    yield vendor
    server.shutdown()
    server.server_close()


@pytest.fixture
def plain() -> Iterator[Vendor]:
    """A server over plain HTTP: a recording server, a model server."""
    vendor = Vendor()
    server = _serve(vendor, None)
    yield vendor
    server.shutdown()
    server.server_close()


@dataclass
class Net:
    """Names and what they resolve to; every look-up and every connection attempt is kept."""

    names: dict[str, list[str]] = field(default_factory=dict)
    port: int | None = None
    lookups: list[str] = field(default_factory=list)
    connections: list[tuple[str, int]] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def wiring(self) -> Wiring:
        return Wiring(self._resolve, self._connect, self.tls)

    def _resolve(self, host: str, port: int) -> list[str]:
        self.lookups.append(host)
        if host not in self.names:
            raise OSError("no such name")
        return self.names[host]

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        """Whatever the address, the loopback server answers: only what was asked for counts."""
        self.connections.append((address, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port or port, timeout)


@pytest.fixture
def net(vendor: Vendor, certificate: Path) -> Net:
    """The vendor's name leads to a public address, behind which the TLS server stands."""
    context = ssl.create_default_context(cafile=str(certificate))
    return Net({VENDOR: [PUBLIC]}, vendor.port, tls=context)
