"""The guarded client against real servers: what goes out, where to, how much may come back."""

from __future__ import annotations

import gzip
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from tests.platform.safety.conftest import PUBLIC, VENDOR, Net, Vendor, reply

from jobbot import __version__
from jobbot.kernel.clock import Clock, FixedClock, SystemClock
from jobbot.kernel.errors import Failed, RefusedByPolicy, TryLater
from jobbot.platform.safety.egress import Guard
from jobbot.platform.safety.ledger import EgressLedger
from jobbot.platform.storage import Database
from jobbot.sdk.http import HostPolicy, Http
from jobbot.settings import Network

POLICY = HostPolicy(frozenset({VENDOR}), spacing_seconds=0.0, read_timeout=5.0, connect_timeout=5.0)


@pytest.fixture
def ledger(sqlite: Database) -> EgressLedger:
    return EgressLedger(sqlite)


def client(
    net: Net, ledger: EgressLedger, policy: HostPolicy = POLICY, clock: Clock | None = None, **network: object
) -> Http:
    return Guard(Network(**network), ledger, clock or FixedClock(), net.wiring()).client(policy)  # type: ignore[arg-type]


def url(path: str = "/jobs") -> str:
    return f"https://{VENDOR}{path}"


class TestTheWayOut:
    def test_name_and_host_stay_address_is_pinned(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs?content=true"] = reply(
            b'{"jobs": []}', headers={"ETag": '"1"', "Content-Type": "text/JSON; x"}
        )
        answer = client(net, ledger, contact="https://me.example.org").get(url("/jobs?content=true"))
        assert (answer.status, answer.body, answer.etag, answer.content_type) == (
            200,
            b'{"jobs": []}',
            '"1"',
            "text/json",
        )
        assert answer.url == url("/jobs?content=true")
        assert vendor.names == [VENDOR]
        assert net.connections == [(PUBLIC, 443)]
        _, _, headers, _ = vendor.seen[0]
        assert headers["Host"] == VENDOR
        assert headers["User-Agent"] == f"jobbot/{__version__} (+https://me.example.org)"
        assert headers["Accept-Encoding"] == "gzip"

    def test_certificate_of_another_name_is_refused(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        other = "other.example.com"
        net.names[other] = [PUBLIC]
        with pytest.raises(Failed, match="certificate"):
            client(net, ledger, HostPolicy(frozenset({other}))).get(f"https://{other}/")
        assert vendor.seen == []

    def test_etag_is_sent_and_not_modified_comes_back(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply(b"", 304)
        answer = client(net, ledger).get(url(), etag='"abc"')
        assert answer.not_modified
        assert vendor.seen[0][2]["If-None-Match"] == '"abc"'

    def test_a_date_is_asked_with_where_there_is_no_etag(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        date = "Fri, 02 Oct 2026 09:00:00 GMT"
        vendor.routes["/jobs"] = reply(b"[]", 200, {"Last-Modified": date})
        assert client(net, ledger).get(url()).etag == date
        client(net, ledger).get(url(), etag=date)
        assert vendor.seen[1][2]["If-Modified-Since"] == date
        assert "If-None-Match" not in vendor.seen[1][2]

    def test_errors_of_the_vendor_are_answers(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply(b"slow down", 429, {"Retry-After": "120"})
        answer = client(net, ledger).get(url())
        assert (answer.status, answer.retry_after, answer.ok) == (429, "120", False)

    def test_callers_cannot_replace_our_headers_or_split_a_request(
        self, net: Net, vendor: Vendor, ledger: EgressLedger
    ) -> None:
        vendor.routes["/jobs"] = reply()
        http = client(net, ledger)
        http.get(url(), headers={"User-Agent": "Mozilla", "host": "evil.example", "X-Key": "1"})
        sent = vendor.seen[0][2]
        assert sent["User-Agent"].startswith("jobbot/")
        assert (sent["Host"], sent["X-Key"]) == (VENDOR, "1")
        for bad in ({"X-A": "1\r\nX-B: 2"}, {"X A": "1"}, {"X-A": "\u00e9"}):
            with pytest.raises(RefusedByPolicy):
                http.get(url(), headers=bad)
        with pytest.raises(RefusedByPolicy):
            http.get(url(), etag='"a"\nX: 1')
        assert len(vendor.seen) == 1

    def test_post_carries_the_body(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/search"] = reply(b"[]")
        answer = client(net, ledger).post(url("/search"), b'{"q":1}', fields=("q",), purpose="search")
        assert answer.body == b"[]"
        assert (vendor.seen[0][0], vendor.seen[0][3]) == ("POST", b'{"q":1}')
        assert ledger.rows()[0]["fields"] == ["q"]

    def test_connection_is_kept_for_the_next_request(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply()
        http = client(net, ledger)
        assert [http.get(url()).status for _ in range(3)] == [200] * 3
        assert len(net.connections) == 1

    def test_contact_cannot_break_the_header(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply()
        client(net, ledger, contact="a\r\nX: 1 (\u00e9)").get(url())
        assert vendor.seen[0][2]["User-Agent"] == f"jobbot/{__version__} (+aX:1)"


class TestAddresses:
    def test_one_look_up_and_no_second_answer(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        """Rebinding: the name answers public once and loopback ever after."""
        vendor.routes["/jobs"] = reply(headers={"Connection": "close"})
        answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
        net.names = _Flip(answers)  # type: ignore[assignment]
        http = client(net, ledger)
        assert http.get(url()).status == 200
        assert net.lookups == [VENDOR]
        with pytest.raises(RefusedByPolicy, match=r"127\.0\.0\.1"):
            http.get(url())
        assert net.connections == [(PUBLIC, 443)]

    def test_one_bad_address_among_good_ones_refuses_all(self, net: Net, ledger: EgressLedger) -> None:
        net.names[VENDOR] = [PUBLIC, "10.0.0.5"]
        with pytest.raises(RefusedByPolicy):
            client(net, ledger).get(url())
        assert net.connections == []
        assert ledger.rows()[0] | {"at": None} == {
            "at": None,
            "host": VENDOR,
            "purpose": "request",
            "bytes_out": 0,
            "bytes_in": 0,
            "fields": [],
            "allowed": False,
            "status": None,
            "reason": f"{VENDOR} leads to 10.0.0.5: not a public address; private and loopback ones are reachable only "
            "for URLs in your own settings",
        }

    def test_unknown_name_is_for_later(self, net: Net, ledger: EgressLedger) -> None:
        net.names.clear()
        with pytest.raises(TryLater, match="no address found"):
            client(net, ledger).get(url())


class _Flip(dict[str, list[str]]):
    def __init__(self, answers: object) -> None:
        super().__init__({VENDOR: []})
        self._answers = answers

    def __getitem__(self, key: str) -> list[str]:
        return next(self._answers)  # type: ignore[call-overload,no-any-return]


class TestRedirects:
    def test_same_host_is_followed_by_hand(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes |= {"/jobs": reply(b"", 302, {"Location": "/v2/jobs"}), "/v2/jobs": reply(b"[1]")}
        answer = client(net, ledger).get(url())
        assert (answer.body, answer.url) == (b"[1]", url("/v2/jobs"))
        assert len(ledger.rows()) == 2

    def test_five_hops_are_too_many(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        for hop in range(6):
            vendor.routes[f"/{hop}"] = reply(b"", 302, {"Location": f"/{hop + 1}"})
        with pytest.raises(Failed, match="more than 3 times"):
            client(net, ledger).get(url("/0"))
        assert vendor.paths == ["/0", "/1", "/2", "/3"]

    @pytest.mark.parametrize(
        "location",
        [
            "https://other.example.com/jobs",
            "https://evil.example/",
            f"http://{VENDOR}/jobs",
            f"https://{VENDOR}:8443/jobs",
            f"https://user@{VENDOR}/jobs",
            f"https://{VENDOR}./jobs",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "http://127.0.0.1:22/",
            "//evil.example/x",
            "file:///etc/passwd",
            "gopher://evil.example/",
            "/a/../../b%2f..",
        ],
    )
    def test_others_come_back_unfollowed(self, net: Net, vendor: Vendor, ledger: EgressLedger, location: str) -> None:
        vendor.routes["/jobs"] = reply(b"", 302, {"Location": location})
        policy = HostPolicy(frozenset({VENDOR, "other.example.com"}), spacing_seconds=0)
        answer = client(net, ledger, policy).get(url())
        assert (answer.status, answer.headers["location"]) == (302, location)
        assert (vendor.paths, net.lookups) == (["/jobs"], [VENDOR])


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        pass


def _stall(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


class TestCaps:
    def test_too_large_is_not_read_to_its_end(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply(b"x" * 3_000_000)
        policy = HostPolicy(frozenset({VENDOR}), spacing_seconds=0, max_bytes=1_000_000)
        with pytest.raises(Failed, match="more than 1,000,000 bytes"):
            client(net, ledger, policy).get(url())
        assert ledger.rows()[0]["bytes_in"] < 2_000_000

    def test_gzip_is_decoded_also_in_members(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        body = gzip.compress(b'{"a": 1') + gzip.compress(b"}")
        vendor.routes["/jobs"] = reply(body, headers={"Content-Encoding": "gzip"})
        assert client(net, ledger).get(url()).body == b'{"a": 1}'

    @pytest.mark.parametrize(
        ("body", "encoding", "error", "words"),
        [
            (gzip.compress(b"0" * 40_000_000), "gzip", Failed, "expands"),
            (gzip.compress(b"\x00" * 900_000), "gzip", None, ""),
            (gzip.compress(bytes(range(256)) * 99)[:-20], "gzip", TryLater, "broke off"),
            (b"not gzip at all", "gzip", Failed, "claims to be"),
            (b"x", "br", Failed, "compression 'br'"),
            (b"x", "gzip, gzip", Failed, "compression"),
            (b"", "gzip", None, ""),
        ],
        ids=["bomb", "small and dense", "cut", "not gzip", "brotli", "twice", "empty"],
    )
    def test_compression(
        self,
        net: Net,
        vendor: Vendor,
        ledger: EgressLedger,
        body: bytes,
        encoding: str,
        error: type[Exception] | None,
        words: str,
    ) -> None:
        vendor.routes["/jobs"] = reply(body, headers={"Content-Encoding": encoding})
        if error is None:
            assert client(net, ledger).get(url()).status == 200
            return
        with pytest.raises(error, match=words):
            client(net, ledger).get(url())
        assert ledger.rows()[0]["status"] == 200
        assert words in ledger.rows()[0]["reason"]

    def test_body_shorter_than_promised(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply(b"{", headers={"Connection": "close"}, length=50)
        with pytest.raises(TryLater, match="broke the connection off"):
            client(net, ledger).get(url())

    def test_a_byte_now_and_then_cannot_hold_a_request(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = _drip
        policy = HostPolicy(frozenset({VENDOR}), spacing_seconds=0, read_timeout=5, total_timeout=0.6)
        with pytest.raises(TryLater, match="in time"):
            client(net, ledger, policy, SystemClock()).get(url())

    def test_silence_ends_by_the_read_timeout(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = _stall
        policy = HostPolicy(frozenset({VENDOR}), spacing_seconds=0, read_timeout=0.3)
        with pytest.raises(TryLater, match="in time"):
            client(net, ledger, policy).get(url())

    def test_nobody_listens(self, net: Net, ledger: EgressLedger) -> None:
        net.port = 1
        with pytest.raises(TryLater, match="could not be reached"):
            client(net, ledger).get(url())

    def test_no_http_at_all(self, net: Net, plain: Vendor, ledger: EgressLedger) -> None:
        net.port = plain.port
        with pytest.raises(TryLater):
            client(net, ledger).get(url())


class TestPace:
    def test_starts_are_spaced_per_host(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply()
        clock = FixedClock()
        begun = clock.now()
        http = client(net, ledger, HostPolicy(frozenset({VENDOR}), spacing_seconds=3), clock)
        http.get(url())
        assert clock.now() == begun
        http.get(url())
        clock.at += timedelta(seconds=1)
        http.get(url())
        assert clock.now() == begun + timedelta(seconds=6)

    def test_clients_of_one_guard_share_the_pace(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        vendor.routes["/jobs"] = reply()
        clock = FixedClock()
        begun = clock.now()
        guard = Guard(Network(), ledger, clock, net.wiring())
        policy = HostPolicy(frozenset({VENDOR}), spacing_seconds=2)
        guard.client(policy).get(url())
        guard.client(policy).get(url())
        assert clock.now() == begun + timedelta(seconds=2)

    def test_spacing_setting_counts_only_with_replay(
        self, net: Net, vendor: Vendor, plain: Vendor, ledger: EgressLedger
    ) -> None:
        vendor.routes["/jobs"] = plain.routes[f"/{VENDOR}/jobs"] = reply()
        policy = HostPolicy(frozenset({VENDOR}), spacing_seconds=2)
        for replay, waited in (("", 2), (f"http://127.0.0.1:{plain.port}", 0)):
            clock = FixedClock()
            begun = clock.now()
            wired = net if not replay else Net({"127.0.0.1": ["127.0.0.1"]})
            http = client(wired, ledger, policy, clock, http_replay=replay, http_spacing=0)
            http.get(url())
            http.get(url())
            assert (clock.now() - begun).total_seconds() == waited

    def test_one_request_in_flight_per_host(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        running, most = 0, 0
        lock = threading.Lock()

        def slow(handler: BaseHTTPRequestHandler) -> None:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.05)
            with lock:
                running -= 1
            reply()(handler)

        vendor.routes["*"] = slow
        http = client(net, ledger, clock=SystemClock())
        threads = [threading.Thread(target=http.get, args=(url(f"/{n}"),)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(vendor.seen), most) == (6, 1)


class TestAirplane:
    def test_nothing_leaves_and_nothing_is_looked_up(self, net: Net, ledger: EgressLedger) -> None:
        with pytest.raises(RefusedByPolicy, match="JOBBOT_OFFLINE"):
            client(net, ledger, offline=True).get(url())
        assert (net.lookups, net.connections) == ([], [])
        assert ledger.rows()[0]["allowed"] is False

    def test_a_recording_server_on_loopback_answers(self, plain: Vendor, ledger: EgressLedger) -> None:
        plain.routes[f"/{VENDOR}/jobs?a=1"] = reply(b"[]")
        net = Net({"127.0.0.1": ["127.0.0.1"]})
        http = client(net, ledger, offline=True, http_replay=f"http://127.0.0.1:{plain.port}/")
        assert http.get(url("/jobs?a=1")).body == b"[]"
        assert net.connections == [("127.0.0.1", plain.port)]
        assert (ledger.rows()[0]["host"], ledger.rows()[0]["allowed"]) == (VENDOR, True)

    def test_a_recording_server_elsewhere_does_not(self, ledger: EgressLedger) -> None:
        net = Net({"replay.example.org": [PUBLIC]})
        with pytest.raises(RefusedByPolicy, match="JOBBOT_OFFLINE"):
            client(net, ledger, offline=True, http_replay="https://replay.example.org").get(url())
        assert net.lookups == []

    def test_localhost_that_is_not_this_machine(self, ledger: EgressLedger) -> None:
        net = Net({"localhost": ["10.1.2.3"]})
        with pytest.raises(RefusedByPolicy, match="JOBBOT_OFFLINE"):
            client(net, ledger, offline=True, http_replay="http://localhost:9").get(url())
        assert net.connections == []


class TestReplay:
    def test_policy_still_counts_the_vendors_host(self, plain: Vendor, ledger: EgressLedger) -> None:
        net = Net({"127.0.0.1": ["127.0.0.1"]})
        http = client(net, ledger, http_replay=f"http://127.0.0.1:{plain.port}")
        with pytest.raises(RefusedByPolicy, match="not among the hosts"):
            http.get("https://evil.example/jobs")
        assert plain.seen == []

    def test_redirects_are_read_as_the_vendors(self, plain: Vendor, ledger: EgressLedger) -> None:
        prefix = f"/{VENDOR}"
        plain.routes |= {
            f"{prefix}/jobs": reply(b"", 301, {"Location": url("/new")}),
            f"{prefix}/new": reply(b"moved"),
        }
        net = Net({"127.0.0.1": ["127.0.0.1"]})
        answer = client(net, ledger, http_replay=f"http://127.0.0.1:{plain.port}").get(url())
        assert (answer.body, answer.url) == (b"moved", url("/new"))

    def test_prefix_may_have_a_path(self, plain: Vendor, ledger: EgressLedger) -> None:
        plain.routes[f"/day2/{VENDOR}/jobs"] = reply(b"2")
        net = Net({"127.0.0.1": ["127.0.0.1"]})
        assert client(net, ledger, http_replay=f"http://127.0.0.1:{plain.port}/day2/").get(url()).body == b"2"


OWNED = ("192.168.1.7", "10.0.0.2", "172.20.0.3", "100.101.102.103", "fd00::5", "127.0.0.1")
NOT_OWNED = ("169.254.169.254", "0.0.0.0", "224.0.0.1", "::", "fe80::1", "::ffff:127.0.0.1", PUBLIC)
OTHERS = ("http://ollama:11435/", "https://ollama:11434/", "http://evil.example/", "http://u@ollama:11434/")


class TestOwnAddresses:
    def own(self, net: Net, ledger: EgressLedger, base: str, **network: object) -> Http:
        guard = Guard(Network(**network), ledger, FixedClock(), net.wiring())  # type: ignore[arg-type]
        return guard.own_client(base)

    def test_a_model_server_on_loopback(self, plain: Vendor, ledger: EgressLedger) -> None:
        plain.routes["/v1/chat"] = reply(b"hello")
        base = f"http://127.0.0.1:{plain.port}"
        http = self.own(Net({"127.0.0.1": ["127.0.0.1"]}), ledger, base + "/v1", offline=True)
        assert http.post(base + "/v1/chat", b"{}", fields=("facts",), purpose="model").body == b"hello"
        row = ledger.rows()[0]
        assert (row["host"], row["purpose"], row["fields"]) == ("127.0.0.1", "model", ["facts"])

    @pytest.mark.parametrize("address", OWNED)
    def test_private_addresses_may_be_the_owners(self, plain: Vendor, ledger: EgressLedger, address: str) -> None:
        plain.routes["/"] = reply(b"ok")
        net = Net({"ollama": [address]}, plain.port)
        assert self.own(net, ledger, "http://ollama:11434").get("http://ollama:11434/").body == b"ok"
        assert net.connections == [(address, 11434)]

    @pytest.mark.parametrize("address", NOT_OWNED)
    def test_plain_http_goes_to_no_other_address(self, ledger: EgressLedger, address: str) -> None:
        net = Net({"ollama": [address]})
        with pytest.raises(RefusedByPolicy):
            self.own(net, ledger, "http://ollama:11434").get("http://ollama:11434/")
        assert net.connections == []

    @pytest.mark.parametrize("other", OTHERS)
    def test_only_that_origin(self, ledger: EgressLedger, other: str) -> None:
        net = Net({"ollama": ["127.0.0.1"], "evil.example": ["127.0.0.1"]})
        with pytest.raises(RefusedByPolicy):
            self.own(net, ledger, "http://ollama:11434").get(other)
        assert net.connections == []


class TestLedger:
    def test_the_row_stands_before_the_request_is_sent(self, net: Net, vendor: Vendor, ledger: EgressLedger) -> None:
        during: list[dict[str, object]] = []

        def look(handler: BaseHTTPRequestHandler) -> None:
            during.extend(ledger.rows())
            reply(b"12345")(handler)

        vendor.routes["/jobs?q=secret&b=1"] = look
        client(net, ledger).get(url("/jobs?q=secret&b=1"), purpose="board")
        assert [(row["status"], row["bytes_in"], row["allowed"]) for row in during] == [(None, 0, True)]
        row = ledger.rows()[0]
        assert (row["status"], row["purpose"], row["fields"]) == (200, "board", ["b", "q"])
        assert row["bytes_in"] > 5
        assert row["bytes_out"] > 100
        assert "secret" not in str(row)

    def test_a_failure_is_told(self, net: Net, ledger: EgressLedger) -> None:
        net.port = 1
        with pytest.raises(TryLater):
            client(net, ledger).get(url())
        assert "could not be reached" in ledger.rows()[0]["reason"]


def test_rows_on_both_databases(database: Database) -> None:
    from jobbot.kernel.ids import UserId
    from jobbot.platform.safety.ledger import Entry

    ledger, clock = EgressLedger(database), FixedClock()
    first = ledger.record(Entry(clock.now(), "a.example", "board", 10, fields=("x",)))
    clock.sleep(60)
    ledger.record(Entry(clock.now(), "b.example", "board", allowed=False, reason="no"))
    ledger.complete(first, bytes_in=7, status=200)
    assert [(row["host"], row["bytes_in"], row["allowed"]) for row in ledger.rows()] == [
        ("b.example", 0, False),
        ("a.example", 7, True),
    ]
    assert [row["host"] for row in ledger.rows(host="B.ex")] == ["b.example"]
    assert len(ledger.rows(limit=1)) == 1
    assert EgressLedger(database, UserId("other")).rows() == []
