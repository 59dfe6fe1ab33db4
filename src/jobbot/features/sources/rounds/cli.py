"""Commands: sources runs, sources report; and what `ingest all` prints."""

from __future__ import annotations

from typing import Annotated, Any, Protocol, cast

import typer

from jobbot.features.sources.rounds.model import report, summary
from jobbot.features.sources.rounds.show import draw_report, draw_runs
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.answer import Answer

INTERRUPTED = 130


class Fetching(Protocol):
    def all(self, *, resume: bool = False) -> dict[str, Any]: ...


class App(Protocol):
    """The part of the wired program that these commands use."""

    @property
    def postings(self) -> PostingStore: ...
    @property
    def ingest(self) -> Fetching: ...


def _store(ctx: typer.Context) -> RoundStore:
    return RoundStore(cast(App, ctx.obj).postings.database)


def ingest_all(app: App, *, resume: bool) -> Answer:
    """A run over all boards. Ctrl-C ends it in order: what was read stays and is told, exit code 130; a second one
    ends it at once. Exit code 1 only where every board failed."""
    store = RoundStore(app.postings.database)
    try:
        data = app.ingest.all(resume=resume)
    except KeyboardInterrupt:
        told = report(*store.get())
        data = {"boards": [], "failed": [], "warnings": told["warnings"], "run": told["run"]["id"], "stopped": True}
        return Answer({**data, "report": told}, lambda screen: draw_report(screen, told), exit_code=INTERRUPTED)
    told = report(*store.get(data["run"]))
    code = 1 if data["failed"] and not data["boards"] else 0
    return Answer({**data, "stopped": False}, lambda screen: draw_report(screen, told), exit_code=code)


def runs(
    ctx: typer.Context, limit: Annotated[int, typer.Option(min=1, max=60, help="How many of the latest")] = 10
) -> Answer:
    """The latest runs over all boards: when, from where, and what they gave.

    Example: jobbot sources runs
    """
    found = [summary(one, parts) for one, parts in _store(ctx).latest(limit)[0]]
    return Answer(found, lambda screen: draw_runs(screen, found))


def show_report(
    ctx: typer.Context,
    run: Annotated[
        str, typer.Argument(metavar="[RUN]", help="An id, or the first letters of one; else the latest")
    ] = "",
) -> Answer:
    """What each board gave in a run: new, closed, unchanged, failed and why, requests, bytes, seconds, pauses, alarms.

    Example: jobbot sources report
    """
    told = report(*_store(ctx).get(run.strip()))
    return Answer(told, lambda screen: draw_report(screen, told))


RUNS = {"runs": runs, "report": show_report}
