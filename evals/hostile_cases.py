"""What the hostile campaign tries: names of boards, addresses, redirects, lying names, and data that leads astray."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.features.sources.boards.wire import SAMPLES

from evals.hostile_world import PUBLIC, Answer, Network, Speak, silent
from jobbot.sdk.contract.sources import Recorded


@dataclass(frozen=True)
class Case:
    """`way`: board, url, discover, file. `strangers`: whether the person names the host, so that any public one may
    be asked; else only hosts of the source may."""

    name: str
    way: str
    what: str
    source: str = ""
    speak: Speak = silent
    names: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    strangers: bool = False

    def prepare(self, network: Network) -> None:
        network.reset()
        network.speak = self.speak
        network.names = {host: [list(answer) for answer in answers] for host, answers in self.names}


def _words(text: str) -> list[str]:
    return text.split()


SLUGS = (
    "../../", "..", "%2e%2e", "%2e%2e%2f%2e%2e%2fadmin", "acme/../../x", "a@127.0.0.1", "@127.0.0.1", "127.0.0.1",
    "127.0.0.1#", "127.0.0.1/", "127.0.0.1?", "127.0.0.1:6379/", "evil.example", "evil.example/", "evil.example#",
    "evil.example?x=", "x@evil.example/", "evil.example\\", "\\\\evil.example\\x", "[::1]", "[::1]/", "localhost",
    "localhost/", "a\r\nHost: evil.example", "a\nX: y", "a\x00b", "\u2460\u2461\u2466.0.0.1", "evil\u3002example/",
    "\u0430cme", "a\u2044evil.example", "xn--80ak6aa92e", "2130706433", "0x7f000001", "017700000001", "acme%00",
    "acme%0d%0aHost:x", "acme;evil.example", "acme,evil.example", "acme:443@evil.example", "-acme", "acme.",
    ".acme", "a" * 300, "http://127.0.0.1/", "https://evil.example/", "file:///etc/passwd", "metadata", "a b",
    "*", "${jndi:ldap://127.0.0.1/}", "{{7*7}}", "a\u202eb",
)  # fmt: skip

_HOSTS = _words("""
127.0.0.1 localhost 127.1 2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 127.0.0.1. 0 0.0.0.0 10.0.0.1 172.16.0.1
192.168.0.1 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 [::] [::1] [::ffff:127.0.0.1] [::127.0.0.1]
[64:ff9b::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fe80::1%25eth0] [fc00::1] [ff02::1] 100.64.0.1
100.100.100.200 192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255 168.63.129.16 metadata user@127.0.0.1
good.example@127.0.0.1 127.0.0.1@good.example good.example:22 good.example:6379 good.example:80 good.example:0
good.example:65536 good.example:443:443 127.0.0.1%00.good.example 127.0.0.1%2f.good.example good%2eexample
%31%32%37.0.0.1 good.example%0d%0aHost:x good_.example -good.example .good.example
""")
URLS = (
    *(f"https://{host}/jobs" for host in _HOSTS),
    "http://127.0.0.1/", "http://good.example/jobs", "HTTP://localhost:8080/", "ftp://127.0.0.1/x", "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stat", "data:text/html,x",
    "javascript:alert(1)", "unix:///var/run/docker.sock", "http+unix://%2fvar%2frun%2fdocker.sock/", "ws://127.0.0.1/",
    "ldap://127.0.0.1/", "tftp://127.0.0.1/x", "jar:https://127.0.0.1!/", "view-source:https://127.0.0.1/",
    "//127.0.0.1/", "///127.0.0.1/", "https:/127.0.0.1/", "https:127.0.0.1", "https:///127.0.0.1/", "https://", "",
    "https://good.example\\@127.0.0.1/", "https://127.0.0.1\\.good.example/", "https://good.example/\\..\\x",
    "https://good.example/jobs\r\nHost: 127.0.0.1", "https://good.example/a\x00b", "https://good.example\t/x",
    "https://good.example#@127.0.0.1/", "https://127.0.0.1#.good.example/", "https://127.0.0.1?.good.example/",
    "https://good.example/../../etc", "https://good.example/%2e%2e/x", "https://good.example/%252e%252e/x",
    "https://\uff11\uff12\uff17.0.0.1/", "https://127\u30020\u30020\u30021/", "https://\u2460\u2461\u2466.0.0.1/",
    "https://\u24c1ocalhost/", "https://good.example\u2044127.0.0.1/", "https://loc\u00adalhost/",
    "https://127.0.0.1\u200b/", "https://\U0001d7cf\U0001d7d0\U0001d7d5.0.0.1/", "https://xn--lcalhost-54a/",
)  # fmt: skip

ADDRESSES = _words("""
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.0.1
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1
198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1
::ffff:10.0.0.1 ::ffff:93.184.216.34 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 100::1
2001:0:7f00:1::1 2001:2::1 2001:20::1 2001:db8::1 2002:7f00:1::1 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0
fec0::1 ff02::1
""")

TARGETS = (
    "http://127.0.0.1/", "https://127.0.0.1/", "https://[::1]/", "http://localhost:6379/", "https://localhost/",
    "https://2130706433/", "https://169.254.169.254/latest/meta-data/", "//127.0.0.1/x", "https://rebound.example/",
    "https://evil.example/v1/boards/acme/jobs", "file:///etc/passwd", "gopher://127.0.0.1/_x", "\\\\127.0.0.1\\x",
    "https://boards-api.greenhouse.io@127.0.0.1/", "https://boards-api.greenhouse.io:6379/", "/\\127.0.0.1/",
    "https://api.lever.co/v0/postings/acme", "https://[::ffff:7f00:1]/", "https://0x7f.1/",
)  # fmt: skip
VENDOR = "boards-api.greenhouse.io"
_TELLING = ("id", "ref", "url", "next", "link", "shortcode", "slug", "uuid", "guid", "href", "key", "handle", "token")
_LURES = (
    "../../../x", "@127.0.0.1/", "//127.0.0.1/", "https://127.0.0.1/x", "http://localhost:6379/", "x#@127.0.0.1",
    "https://evil.example/x", "a\r\nHost: evil.example", "%2e%2e%2fx", "\\\\127.0.0.1\\x", ".evil.example/",
    "https://rebound.example/", "x?y=127.0.0.1", "a\x00b",
)  # fmt: skip


def cases(boards: list[str]) -> Iterator[Case]:
    """All of them; `boards` are the sources that take the name of a board."""
    for source in boards:
        for slug in SLUGS:
            yield Case(f"{source} {slug[:40]!r}", "board", slug, source)
    for url in URLS:
        yield Case(f"ingest url {url[:60]!r}", "url", url, strangers=True)
        yield Case(f"discover {url[:60]!r}", "discover", url, strangers=True)
        yield Case(f"feed {url[:60]!r}", "board", url, "rss", strangers=True)
        yield Case(f"page {url[:60]!r}", "board", url, "page", strangers=True)
    yield from _lying_names()
    yield from _redirects()
    yield from _astray()
    for url in (*URLS, *TARGETS):
        yield Case(f"saved page names {url[:60]!r}", "file", _page(url))


def _lying_names() -> Iterator[Case]:
    """A permitted name that leads inside: alone, beside a public address, or the second time it is asked for."""
    for bad in ADDRESSES:
        answers = {
            "alone": ((bad,),),
            "after a public one": ((PUBLIC, bad),),
            "before a public one": ((bad, PUBLIC),),
            "when asked again": ((PUBLIC,), (bad,)),
            "by turns": ((PUBLIC,), (bad,), (PUBLIC,), (bad,)),
        }
        for how, script in answers.items():
            yield Case(f"{bad} {how}", "board", "acme", "greenhouse", names=((VENDOR, script),))
            named = (("careers.example", script),)
            yield Case(f"page at {bad} {how}", "discover", "https://careers.example/jobs", names=named, strangers=True)


def _redirects() -> Iterator[Case]:
    lying = (("rebound.example", (("127.0.0.1",),)),)
    for target in TARGETS:
        for hops in (0, 2):
            onward = _leads(target, hops)
            yield Case(f"board leads in {hops} to {target!r}", "board", "acme", "greenhouse", onward, lying)
            yield Case(f"feed leads in {hops} to {target!r}", "board", "https://f.example/j", "rss", onward, lying)
            page = "https://careers.example/jobs"
            yield Case(f"page leads in {hops} to {target!r}", "discover", page, "", onward, lying, strangers=True)
        yield Case(
            f"robots.txt leads to {target!r}", "board", "acme", "rippling", _leads(target, 0, robots=True), lying
        )


def _leads(target: str, hops: int, *, robots: bool = False) -> Speak:
    """Redirects to the same host `hops` times, then to the target."""

    def speak(host: str, path: str) -> Answer:
        if path == "/robots.txt" and not robots:
            return 404, {}, b""
        seen = path.count("/hop")
        onward = f"{path}/hop" if seen < hops else target
        return 302, {"Location": onward}, b""

    return speak


def _astray() -> Iterator[Case]:
    """Answers of every source whose ids and links lead elsewhere: details and next pages are asked for by them."""
    lying = (("rebound.example", (("127.0.0.1",),)),)
    for name, sample in SAMPLES.items():
        for lure in _LURES:
            speak = _lured(sample.recorded, lure)
            yield Case(f"data of {name}: {lure!r}", "board", sample.recorded.board.board, name, speak, lying)


def _lured(recorded: Recorded, lure: str) -> Speak:
    bodies = [_bent(body, lure) for body in recorded.bodies.values()]

    def speak(_host: str, path: str) -> Answer:
        if path == "/robots.txt":
            return 404, {}, b""
        return 200, {"Content-Type": recorded.media_type}, bodies[0]

    return speak


def _bent(body: bytes, lure: str) -> bytes:
    try:
        value = json.loads(body)
    except ValueError:
        return body.replace(b"https://", lure.encode("ascii", "backslashreplace"))
    return json.dumps(_with(value, lure)).encode()


def _with(value: Any, lure: str) -> Any:
    if isinstance(value, list):
        return [_with(item, lure) for item in value]
    if not isinstance(value, dict):
        return value
    bent = {}
    for key, item in value.items():
        telling = isinstance(item, (str, int)) and any(word in str(key).lower() for word in _TELLING)
        bent[key] = lure if telling and not isinstance(item, bool) else _with(item, lure)
    return bent


def _page(url: str) -> str:
    linked = json.dumps(
        {"@type": "JobPosting", "title": "Baker", "description": "You bake.", "url": url, "sameAs": url}
    )
    return (
        f'<html><head><base href="{url}"><link rel="canonical" href="{url}">'
        f'<meta http-equiv="refresh" content="0;{url}">'
        f'<script type="application/ld+json">{linked}</script></head><body><img src="{url}"><a href="{url}">Baker</a>'
        "<p>You bake bread in the night.</p></body></html>"
    )
