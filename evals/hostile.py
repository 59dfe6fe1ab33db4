"""Slugs, addresses, redirects, lying names and data that lead astray, against the real guard: nobody gets inside."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpcore
from benchmarks.frame import Row
from sqlalchemy import delete

from evals.hostile_cases import Case, cases
from evals.hostile_world import ELSEWHERE, PUBLIC, Network
from jobbot.features.sources.courtesy.store import DayRow, RulesRow
from jobbot.features.sources.ingest import Ingest
from jobbot.features.sources.runs.store import HostRow
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import JobbotError
from jobbot.platform.plugins import load
from jobbot.platform.safety.egress import Client, Guard
from jobbot.platform.safety.ledger import EgressLedger
from jobbot.platform.safety.target import Target
from jobbot.platform.safety.wire import AddressRule, Wire, Wiring
from jobbot.platform.storage import Database
from jobbot.sdk import HostPolicy, Http, Kind, Reply
from jobbot.settings import Network as NetworkSettings
from jobbot.settings import load as load_settings

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
SAMPLE = 9
"""Of so many cases one is tried on the controls."""
ANY = AddressRule(lambda _: True, "")

MakeGuard = Callable[[EgressLedger, FixedClock, Network], Guard]


@dataclass
class Report:
    """`disallowed`: (case, address) of connections that were not to be; `stray`: what went past the guard."""

    cases: int = 0
    refused: int = 0
    connections: int = 0
    trapped: int = 0
    disallowed: list[tuple[str, str]] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    uncaught: Counter[str] = field(default_factory=Counter)


def shipped(ledger: EgressLedger, clock: FixedClock, network: Network) -> Guard:
    return Guard(NetworkSettings(), ledger, clock, network.wiring())


def addresses_unjudged(ledger: EgressLedger, clock: FixedClock, network: Network) -> Guard:
    """Control: any address a name leads to is connected to."""
    guard = shipped(ledger, clock, network)
    guard._wires = {kind: Wire(ANY, network.wiring()) for kind in guard._wires}
    return guard


def asked_twice(ledger: EgressLedger, clock: FixedClock, network: Network) -> Guard:
    """Control: an address is judged, and the name looked up anew for the connection."""

    def connect(_address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        return network.connect(network.resolve(network.last_host, port)[0], port, timeout)

    wiring = network.wiring()
    return Guard(NetworkSettings(), ledger, clock, Wiring(wiring.resolver, connect, wiring.tls))


class _Lenient(Guard):
    """Reads addresses as a library does, and follows redirects to wherever they lead."""

    def client(self, policy: HostPolicy) -> Http:
        return _Follows(self, policy, _any_target, own=False)


class _Follows(Client):
    def _same_host_redirect(self, reply: Reply) -> str:
        location = reply.headers.get("location", "")
        return urljoin(reply.url, location) if 300 <= reply.status < 400 and location else ""


def _any_target(url: str) -> Target:
    parts = urlsplit(url)
    return Target("https", parts.hostname or "", parts.port or 443, parts.path or "/")


def urls_unjudged(ledger: EgressLedger, clock: FixedClock, network: Network) -> Guard:
    """Control: neither addresses in URLs nor redirects are judged, nor what they lead to."""
    guard = _Lenient(NetworkSettings(), ledger, clock, network.wiring())
    guard._wires = {kind: Wire(ANY, network.wiring()) for kind in guard._wires}
    return guard


def campaign(make_guard: MakeGuard, tried: Iterable[Case]) -> Report:
    """Each case through the product's own ingest over a fresh way out; the store is shared, boards are not reused."""
    report = Report()
    with tempfile.TemporaryDirectory() as place, Network().up() as network, _proxied(network.proxy):
        folder = Path(place)
        database = Database.open(folder)
        database.migrate()
        plugins = load("jobbot.sources")
        try:
            for case in tried:
                case.prepare(network)
                clock = FixedClock()
                guard = make_guard(EgressLedger(database), clock, network)
                settings = load_settings(folder, {})
                store = PostingStore(database)
                _try(case, Ingest(plugins, store, guard, clock, settings, jitter=lambda: 0.5), folder, report)
                guard.close()
                _forget(database)
                _count(case, network, report)
        finally:
            database.close()
    return report


def _try(case: Case, ingest: Ingest, folder: Path, report: Report) -> None:
    try:
        _run(case, ingest, folder)
    except JobbotError:
        report.refused += 1
    except Exception as error:
        report.uncaught[f"{case.name}: {type(error).__name__}: {error}"[:200]] += 1


def _count(case: Case, network: Network, report: Report) -> None:
    fine = {PUBLIC, ELSEWHERE} if case.strangers else {PUBLIC}
    report.cases += 1
    report.connections += len(network.connections)
    report.trapped += network.trapped
    report.disallowed += [(case.name, address) for address, _ in network.connections if address not in fine]
    report.stray += [f"{case.name}: {what}" for what in network.past_the_guard]


def _run(case: Case, ingest: Ingest, folder: Path) -> None:
    if case.way == "board":
        ingest.board(case.source, case.what)
    elif case.way == "url":
        ingest.url(case.what)
    elif case.way == "discover":
        ingest.discover(case.what)
    else:
        file = folder / "page.html"
        file.write_text(case.what, encoding="utf-8", errors="replace")
        ingest.file(file)


def _forget(database: Database) -> None:
    """What is remembered of hosts would spare later cases their connections."""
    with database.write() as session:
        for table in (DayRow, RulesRow, HostRow):
            session.execute(delete(table))


@contextmanager
def _proxied(address: str) -> Iterator[None]:
    """Every variable that could name a proxy names a trap."""
    before = {name: os.environ.get(name) for name in PROXIES}
    os.environ.update(dict.fromkeys(PROXIES, address))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def all_cases() -> list[Case]:
    sources = load("jobbot.sources").loaded
    return list(cases([name for name, source in sources.items() if source.card.kind is Kind.BOARD]))


def run() -> list[Row]:
    tried = all_cases()
    ours = campaign(shipped, tried)
    kinds = Counter(case.way for case in tried)
    note = ", ".join(f"{count} by {way}" for way, count in kinds.items())
    controls = {name: campaign(make, tried[::SAMPLE]) for name, make in CONTROLS.items()}
    return [
        Row("hostile slugs, addresses, redirects and data", ours.cases, bar=">= 120", note=note),
        Row("disallowed connections", len(ours.disallowed), bar="<= 0", note="; ".join(map(str, ours.disallowed[:5]))),
        Row("connections that came in at a trap", ours.trapped, bar="<= 0"),
        Row("connections and look-ups past the guard", len(ours.stray), bar="<= 0", note="; ".join(ours.stray[:5])),
        Row("uncaught", sum(ours.uncaught.values()), bar="<= 0", note="; ".join(list(ours.uncaught)[:5])),
        Row("refused or failed in words", ours.refused, note=f"{ours.connections} connections to permitted places"),
        *(
            Row(f"control, {name}: trapped", one.trapped, bar=">= 1", note=f"{len(one.disallowed)} disallowed")
            for name, one in controls.items()
        ),
    ]


CONTROLS: dict[str, MakeGuard] = {
    "addresses not judged": addresses_unjudged,
    "name looked up again to connect": asked_twice,
    "addresses in URLs not judged": urls_unjudged,
}
