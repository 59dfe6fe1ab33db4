"""Background work: `sources.ingest` reads one board, `sources.refresh` sets every connected board on its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

from jobbot.features.sources import connected
from jobbot.features.sources.normalise import board_key
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.report import Report
from jobbot.platform.plugins import Plugins
from jobbot.platform.work.model import State, Task, Wanted
from jobbot.platform.work.run import Handler, Outcome, follow_up
from jobbot.sdk import BoardRef, Source
from jobbot.settings import Settings

INGEST, REFRESH = "sources.ingest", "sources.refresh"


class Fetching(Protocol):
    """What `Ingest` does, as these tasks need it."""

    def telling(self, report: Report) -> Fetching: ...
    def board(self, source: str, board: str, region: str = "") -> dict[str, Any]: ...


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def settings(self) -> Settings: ...
    @property
    def plugins(self) -> Plugins[Source]: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def ingest(self) -> Fetching: ...


def ingest_wanted(plugins: Plugins[Source], source: str, company: str, words: str = "") -> Wanted:
    """Read one board, or search one feed. Raises at once what `Ingest.board` would raise before it asks: nothing of
    that is queued."""
    plugin, name = connected.asked_for(plugins, source, company, words)
    return _of(plugins, BoardRef(plugin.card.name, name))


def refresh_wanted() -> Wanted:
    """Read every connected board."""
    return Wanted(REFRESH, "Every connected board", key=REFRESH)


def handlers(app: App) -> dict[str, Handler]:
    """The tasks of this slice. The parts are looked up at each run: the airplane switch exchanges them."""

    def ingest(task: Task, report: Report) -> Outcome:
        asked = task.arguments
        return Outcome(app.ingest.telling(report).board(asked["source"], asked["company"], asked["region"]))

    def refresh(task: Task, report: Report) -> Outcome:
        report("looking for connected boards")
        return _fan_out(app, task)

    return {INGEST: ingest, REFRESH: refresh}


def _fan_out(app: App, task: Task) -> Outcome:
    """One task for each board of the settings and each read before."""
    found, warnings = connected.boards_of(app.settings, app.plugins, app.postings.journal.boards())
    wanted = [_of(app.plugins, ref, task.id) for ref in found]
    boards = [{"source": ref.source, "board": ref.board} for ref in found]
    effects = [follow_up(f"{task.id} {one.key}", one) for one in wanted]
    return Outcome({"boards": boards, "warnings": warnings}, effects)


def gave(found: Iterable[Task], run: str) -> dict[str, int]:
    """What the boards of one refresh gave so far: how many there are, were read, failed, are under way; what was new,
    changed, back or gone on them. A board that somebody else was reading already is not among them."""
    own = [task for task in found if task.arguments.get("run") == run]
    states = Counter(task.state for task in own)
    under_way = sum(count for state, count in states.items() if not state.final)
    results = [task.result for task in own if task.result]
    sums = {name: sum(result[name] for result in results) for name in ("new", "updated", "reopened", "closed")}
    return {
        "boards": len(own),
        "read": states[State.DONE],
        "failed": states[State.FAILED],
        "under_way": under_way,
        **sums,
    }


def _of(plugins: Plugins[Source], ref: BoardRef, run: str = "") -> Wanted:
    plugin = plugins.loaded.get(ref.source)
    title, key = (plugin.card.title, board_key(plugin.card, ref.board)) if plugin else (ref.source, ref.board)
    arguments = {"source": ref.source, "company": ref.board, "region": ref.region, "run": run}
    return Wanted(
        INGEST, f"{title}: {ref.board}" if ref.board else title, arguments, f"{INGEST} {ref.source} {ref.region} {key}"
    )
