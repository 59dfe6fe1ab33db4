"""Background work: `sources.ingest` reads one board, `sources.refresh` every connected one and then the mailbox where
one is set (`sources.mailbox`), `sources.find` finds one.

A refresh is a round (see `rounds`): begun again after a kill it goes on where it was. Boards that want to be asked
later become tasks of their own, which are tried again when they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from jobbot.features.sources import connected
from jobbot.features.sources.connect.change import Connecting
from jobbot.features.sources.meter import Meter
from jobbot.features.sources.normalise import board_key
from jobbot.features.sources.rounds import read as rounds
from jobbot.features.sources.rounds.model import FAILED, SUMMED
from jobbot.features.sources.rounds.read import SCHEDULE, WEB, Rounds
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.clock import Clock
from jobbot.kernel.report import Report
from jobbot.platform.plugins import Plugins
from jobbot.platform.work.model import Task, Wanted
from jobbot.platform.work.run import Handler, Outcome, follow_up
from jobbot.sdk import BoardRef, Source

INGEST, REFRESH, FIND = "sources.ingest", "sources.refresh", "sources.find"
MAILBOX = "sources.mailbox"
LATER = 60.0
"""Seconds until a board that did not answer in a run is asked again; what its host asked for is kept besides."""


class Fetching(rounds.Reading, Protocol):
    """What `Ingest` does, as these tasks need it."""

    def telling(self, report: Report) -> Fetching: ...
    def discover(self, url: str) -> dict[str, Any]: ...


class Reading(Protocol):
    """What `MailboxReader` does, as these tasks need it."""

    def read(self) -> dict[str, Any]: ...


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def clock(self) -> Clock: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def ingest(self) -> Fetching: ...
    @property
    def mailbox(self) -> Reading: ...


def ingest_wanted(plugins: Plugins[Source], source: str, company: str, words: str = "") -> Wanted:
    """Read one board, or search one feed. Raises at once what `Ingest.board` would raise before it asks: nothing of
    that is queued."""
    plugin, name = connected.asked_for(plugins, source, company, words)
    return _of(plugins, BoardRef(plugin.card.name, name))


def refresh_wanted(*, scheduled: bool = False) -> Wanted:
    """Read every connected board; `scheduled` tells where it came from."""
    return Wanted(REFRESH, "Every connected board", {"scheduled": scheduled}, key=REFRESH)


def find_wanted(url: str) -> Wanted:
    """Look at a page for the board behind it, and connect that."""
    return Wanted(FIND, f"Board behind {url}", {"url": url}, f"{FIND} {url}")


def handlers(app: App) -> dict[str, Handler]:
    """The tasks of this slice. The parts are looked up at each run: the airplane switch exchanges them."""

    def ingest(task: Task, report: Report) -> Outcome:
        asked, reading = task.arguments, app.ingest.telling(report)
        meter = Meter(reading.guard) if asked.get("run") else None  # of a run, and nobody asked for it by name
        return Outcome(reading.board(asked["source"], asked["company"], asked["region"], meter))

    def refresh(task: Task, report: Report) -> Outcome:
        rounds = Rounds(lambda: app.ingest, RoundStore(app.postings.database), app.clock, report)
        told = rounds.read(SCHEDULE if task.arguments.get("scheduled") else WEB, task.id, resume=True)
        again = [_of(app.plugins, ref, task.id, LATER) for ref in _later(app, told["run"])]
        if app.ingest.settings.mailbox.host:
            again.append(Wanted(MAILBOX, "Alert mails in the mailbox", {}, MAILBOX))
        return Outcome(told, [follow_up(f"{task.id} {one.key}", one) for one in again])

    def find(task: Task, report: Report) -> Outcome:
        report(f"looking at {task.arguments['url']}")
        return Outcome(
            Connecting(app.plugins, app.postings, app.clock, app.ingest.discover).found(task.arguments["url"])
        )

    def mailbox(_task: Task, report: Report) -> Outcome:
        report("looking for new alert mails")
        return Outcome(app.mailbox.read())

    return {INGEST: ingest, REFRESH: refresh, FIND: find, MAILBOX: mailbox}


def _later(app: App, run: str) -> Sequence[BoardRef]:
    """Boards of a run that were not asked, or did not answer, for the time being."""
    _, parts = RoundStore(app.postings.database).get(run)
    return [part.ref for part in parts if part.state == FAILED and part.passing]


def gave(told: dict[str, Any] | None) -> dict[str, int]:
    """What the boards of one run gave so far: how many there are, were read, failed, are under way; what was new,
    changed, back or gone on them. `told` is the run's summary, None where it has not begun."""
    names = {"boards": "boards", "read": "read", "failed": "failed", "under_way": "waiting"}
    sums = {name: name for name in SUMMED}
    return {name: (told or {}).get(key, 0) for name, key in {**names, **sums}.items()}


def _of(plugins: Plugins[Source], ref: BoardRef, run: str = "", after: float = 0.0) -> Wanted:
    plugin = plugins.loaded.get(ref.source)
    title, key = (plugin.card.title, board_key(plugin.card, ref.board)) if plugin else (ref.source, ref.board)
    arguments = {"source": ref.source, "company": ref.board, "region": ref.region, "run": run}
    named = f"{title}: {ref.board}" if ref.board else title
    return Wanted(INGEST, named, arguments, f"{INGEST} {ref.source} {ref.region} {key}", after=after)
