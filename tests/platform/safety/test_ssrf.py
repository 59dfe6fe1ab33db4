"""Server-side request forgery: odd URLs and odd addresses, and not one connection."""

from __future__ import annotations

import pytest
from tests.platform.safety.conftest import PUBLIC, VENDOR, Net

from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import RefusedByPolicy
from jobbot.platform.safety.addresses import loopback, public
from jobbot.platform.safety.egress import Guard
from jobbot.platform.safety.ledger import EgressLedger
from jobbot.platform.safety.wire import PUBLIC as PUBLIC_ONLY
from jobbot.platform.safety.wire import Wire
from jobbot.platform.storage import Database
from jobbot.sdk.http import HostPolicy
from jobbot.settings import Network

POLICY = HostPolicy(frozenset({VENDOR, "*.tenant.example"}), spacing_seconds=0)


def _words(text: str) -> list[str]:
    return text.split()


HOSTS = _words("""
127.0.0.1 localhost 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 017700000001 0177.0.0.1 0177.0.0.01
127.0.0.1. 0 0.0.0.0 00.0.0.0 10.0.0.1 172.16.0.1 192.168.0.1 169.254.169.254 2852039166 0xa9fea9fe
0xA9.0xFE.0xA9.0xFE 0251.0376.0251.0376 169.254.43518 [::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1]
[::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::1] [64:ff9b::169.254.169.254] [2002:7f00:1::]
[2002:a9fe:a9fe::1] [2001:0:7f00:1::] [fe80::1] [fe80::1%25eth0] [fc00::1] [fd00::1] [ff02::1]
[::ffff:0:127.0.0.1] [100::1] 100.64.0.1 100.100.100.200 192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255
240.0.0.1 168.63.129.16 metadata.google.internal metadata localtest.me 127.0.0.1.nip.io vcap.me instance-data
evil.example api.example.com.evil.example evil.example.api.example.com.x api-example.com xapi.example.com
api.example.co api.example.com. api.example.com.. .api.example.com api..example.com api.example.com:22
api.example.com:80 api.example.com: api.example.com:0 api.example.com:65536 api.example.com:443:443
api.example.com:8443 api.example.com:0443 api.example.com:+443 user@api.example.com user:pass@api.example.com
api.example.com@evil.example evil.example@api.example.com @api.example.com api.example.com%00.evil.example
api.example.com%2f.evil.example api.example.com%2eevil.example api%2eexample%2ecom api.example.com%0d%0aHost:x
api_example.com -api.example.com api-.example.com tenant.example x.tenant.example.evil.example .tenant.example
x..tenant.example *.tenant.example evil-tenant.example api.example.com;evil.example api.example.com,evil.example
xn--pi-7ka.example.com api.example.com&evil.example $api.example.com (api.example.com) api.example.com~
!api.example.com
""")

URLS = [
    *(f"https://{host}/jobs" for host in HOSTS),
    "http://api.example.com/jobs",
    "HTTP://api.example.com/jobs",
    "ftp://api.example.com/jobs",
    "file:///etc/passwd",
    "file://api.example.com/etc/passwd",
    "gopher://api.example.com/_x",
    "dict://api.example.com:11211/stat",
    "data:text/plain,hi",
    "javascript:alert(1)",
    "//api.example.com/jobs",
    "///api.example.com/jobs",
    "https:/api.example.com/jobs",
    "https:api.example.com/jobs",
    "https:///api.example.com/jobs",
    "https://",
    "https:///",
    "https://?x",
    "",
    "api.example.com/jobs",
    " https://api.example.com/jobs",
    "https://api.example.com/jobs ",
    "https://api.example.com /jobs",
    "https://api.example.com\\@evil.example/",
    "https://evil.example\\.api.example.com/",
    "https://api.example.com/\\..\\x",
    "https://api.example.com/jobs\r\nHost: evil.example",
    "https://api.example.com/jobs\x00",
    "https://api.example.com\t/jobs",
    "https://api.example.com/jobs#x",
    "https://api.example.com#@evil.example/",
    "https://evil.example#.api.example.com/",
    "https://evil.example?.api.example.com/",
    "https://api.example.com/../../etc",
    "https://api.example.com/v1/boards/../../x",
    "https://api.example.com/%2e%2e/x",
    "https://api.example.com/%252e%252e/x",
    "https://api.example.com/.%2e/x",
    "https://api.example.com/a%2fb",
    "https://api.example.com/a%5cb",
    "https://api.example.com/a%00b",
    "https://api.example.com/./x",
    "https://\uff41pi.example.com/",
    "https://api\u3002example\u3002com/",
    "https://\u0430pi.example.com/",
    "https://api.example.com\u2044evil.example/",
    "https://api.example.com\u200b/",
    "https://\u2460\u2461\u2466.0.0.1/",
    "https://\U0001d7cf\U0001d7d0\U0001d7d5.0.0.1/",
    "https://api.example.com/" + "x" * 9_000,
    "unix:///var/run/docker.sock",
    "http+unix://%2fvar%2frun%2fdocker.sock/",
    "https://https://api.example.com/",
    "view-source:https://api.example.com/",
    "jar:https://api.example.com!/",
    "httpS\u200b://api.example.com/",
    "ws://api.example.com/",
]

ADDRESSES = _words("""
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.170
192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.175.48.1 198.18.0.1 198.19.255.255
198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::2 ::127.0.0.1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:93.184.216.34 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
64:ff9b::5db8:d822 64:ff9b:1::7f00:1 100::1 100:0:0:1::1 2001::1 2001:0:7f00:1::1 2001:2::1 2001:10::1
2001:20::1 2001:db8::1 2002:7f00:1::1 2002:5db8:d822::1 2620:4f:8000::1 3fff::1 5f00::1 fc00::1 fd12:3456::1
fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 nonsense 1.2.3 0x7f.0.0.1
""")
FINE = _words("""
93.184.216.34 1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.32.0.1 198.20.0.1 2606:4700::1111
2a00:1450:4009::200e
""")


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(set(URLS)) >= 120
    assert len(set(ADDRESSES)) >= 60


@pytest.fixture
def ledger(sqlite: Database) -> EgressLedger:
    return EgressLedger(sqlite)


def test_no_odd_url_is_looked_up_or_connected_to(ledger: EgressLedger) -> None:
    """Every name resolves, to a public address at that: only the reading of the URL stands in the way."""
    net = Net(_Everything())
    http = Guard(Network(), ledger, FixedClock(), net.wiring()).client(POLICY)
    let_through = []
    for url in URLS:
        try:
            http.get(url)
        except RefusedByPolicy:
            continue
        let_through.append(url)
    assert let_through == []
    assert (net.lookups, net.connections) == ([], [])
    rows = ledger.rows(limit=1000)
    assert len(rows) == len(URLS)
    assert not any(row["allowed"] for row in rows)


class _Everything(dict[str, list[str]]):
    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> list[str]:
        return [PUBLIC]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_odd_address_is_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", FINE)
def test_real_addresses_are(address: str) -> None:
    assert public(address)


def test_no_odd_address_is_connected_to() -> None:
    """At the level of the connection, below every check of URLs: alone, before and after a good address."""
    net = Net()
    wire = Wire(PUBLIC_ONLY, net.wiring())
    for address in ADDRESSES:
        for answer in ([address], [PUBLIC, address], [address, PUBLIC]):
            net.names[VENDOR] = answer
            with pytest.raises(RefusedByPolicy):
                wire.pool.request("GET", f"https://{VENDOR}/jobs")
    assert net.connections == []
    wire.close()


@pytest.mark.parametrize(
    ("address", "is_loopback"),
    [("127.0.0.1", True), ("::1", True), ("127.9.9.9", True)]
    + [(other, False) for other in ("::ffff:127.0.0.1", "0.0.0.0", "localhost", "10.0.0.1", "")],
)
def test_loopback_is_loopback(address: str, *, is_loopback: bool) -> None:
    assert loopback(address) is is_loopback
