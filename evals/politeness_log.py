"""What recorded hosts saw of us: `ingest all` twice over replayed answers with real pauses, by the server's log."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.frame import Row, Skipped
from sqlalchemy import select

from evals import shared
from jobbot.bootstrap import App
from jobbot.platform.safety.ledger import EgressRow
from jobbot.sdk import HostPolicy
from jobbot.settings import JobSource, Keys, Models, Network, Settings

BOARDS = {
    "greenhouse": ("codepath-content", "imply"),
    "ashby": ("9fin", "lightdash", "openai"),
    "lever": ("GoToGroup", "spotify"),
    "recruitee": ("manual", "midas"),
    "pinpoint": ("auroraer",),
    "personio": ("sample",),
    "teamtailor": ("sample",),
    "workable": ("southern-national",),
}
BUSY, RETRY_AFTER = "api.lever.co", 3_600
"""The host that asks to be left alone for an hour whenever it is asked for a board."""
CONTACT = "https://jobbot.example/contact"


@dataclass
class Host:
    """What one host saw, in the order of its log: (seconds, path, status, whether it was asked conditionally)."""

    asked: list[tuple[float, str, int, bool]] = field(default_factory=list)

    @property
    def gap(self) -> float:
        times = [time for time, *_ in self.asked]
        return min((after - before for before, after in pairwise(times)), default=float("inf"))

    @property
    def robots_first(self) -> bool:
        robots = [path.endswith("/robots.txt") for _, path, *_ in self.asked]
        return robots[0] and sum(robots) == 1

    def again(self) -> tuple[int, int, int]:
        """Of the addresses answered with 200 before: asked again, conditionally, and answered with 304."""
        seen: set[str] = set()
        again = []
        for row in self.asked:
            if row[1] in seen:
                again.append(row)
            elif row[2] == 200:
                seen.add(row[1])
        return len(again), sum(conditional for *_, conditional in again), sum(row[2] == 304 for row in again)


def rows() -> list[Row]:
    """One row a host, and what holds for all. Raises Skipped where no recordings are."""
    if not (shared.data() / "boards" / "index.csv").exists():
        raise Skipped("no recorded boards here")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        log = folder / "requests.jsonl"
        with _replay(log) as address:
            app = App(_settings(folder, address))
            try:
                for _ in range(2):
                    app.ingest.all()
                return _judged(log, _policies(app), _ledger(app))
            finally:
                app.close()


@contextmanager
def _replay(log: Path) -> Iterator[str]:
    tool = shared.data().parent / "tools" / "replay.py"
    command = [sys.executable, str(tool), "--log", str(log), "--fault", f"{BUSY}/v0=429:{RETRY_AFTER}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[1]
        finally:
            process.terminate()


def _settings(folder: Path, address: str) -> Settings:
    return Settings(
        home=folder / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(folder / "kek")),
        network=Network(http_replay=address, contact=CONTACT),
        job_sources=tuple(JobSource(name=source, companies=names) for source, names in BOARDS.items()),
    )


def _policies(app: App) -> dict[str, HostPolicy]:
    cards = [source.card for source in app.plugins.loaded.values()]
    return {host: card.policy for card in cards for host in card.policy.hosts}


def _ledger(app: App) -> dict[str, list[float]]:
    """When each host was asked, by our own account."""
    query = select(EgressRow.host, EgressRow.at).where(EgressRow.allowed).order_by(EgressRow.at)
    asked: dict[str, list[float]] = defaultdict(list)
    with app.database.read() as session:
        for host, at in session.execute(query):
            asked[host].append(at.timestamp())
    return asked


def _judged(log: Path, policies: dict[str, HostPolicy], ledger: dict[str, list[float]]) -> list[Row]:
    hosts: dict[str, Host] = defaultdict(Host)
    agents: set[str] = set()
    for line in log.read_text().splitlines():
        entry = json.loads(line)
        host = entry["path"].split("/")[1]
        hosts[host].asked.append((entry["t"], entry["path"], entry["status"], bool(entry["if_none_match"])))
        agents.add(entry["user_agent"] or "")
    each = [_row(name, host, _policy(policies, name), ledger[name]) for name, host in sorted(hosts.items())]
    requests = sum(len(host.asked) for host in hosts.values())
    again, conditional, unchanged = (sum(parts) for parts in zip(*(one.again() for one in hosts.values()), strict=True))
    unread = [name for name, host in hosts.items() if not (host.robots_first or _policy(policies, name).robots_exempt)]
    refusals = sum(row[2] == 429 for row in hosts[BUSY].asked)
    strange = [agent for agent in agents if not (agent.startswith("jobbot/") and CONTACT in agent)]
    missing = f"{requests} requests to {len(hosts)} hosts"
    return [
        *each,
        Row("requests that our ledger lacks", requests - sum(map(len, ledger.values())), bar="<= 0", note=missing),
        Row("hosts without one robots.txt before all", len(unread), bar="<= 0", note=", ".join(unread)),
        Row("asked again without a condition", again - conditional, note=f"of {again}; {unchanged} answered 304"),
        Row(f"boards asked of {BUSY} after its Retry-After", refusals - 1, bar="<= 0"),
        Row("User-Agents without our name and contact", len(strange), bar="<= 0", note=", ".join(sorted(agents))),
    ]


def _policy(policies: dict[str, HostPolicy], host: str) -> HostPolicy:
    return policies.get(host) or policies[f"*.{host.partition('.')[2]}"]


def _row(name: str, host: Host, policy: HostPolicy, asked: list[float]) -> Row:
    least = min((after - before for before, after in pairwise(asked)), default=float("inf"))
    again, conditional, unchanged = host.again()
    robots = (
        "robots.txt first" if host.robots_first else (policy.robots_exempt and "no robots.txt needed") or "no robots"
    )
    note = (
        f"{len(host.asked)} requests (of {policy.daily_requests} a day), {robots}; again {again}, "
        f"conditionally {conditional}, 304: {unchanged}"
    )
    seen = f"least pause by the server's log {host.gap:.2f} s" if len(host.asked) > 1 else ""
    return Row(f"{name}: least pause", round(least, 3), seen, bar=f">= {policy.spacing_seconds}", unit="s", note=note)
