"""Background work: `matching.embed` makes the vectors of new postings, and of all of them for another model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from jobbot.features.matching import views
from jobbot.features.matching.backlog import EMBED, Backlog
from jobbot.features.skills.extract import Extractor
from jobbot.features.sources.model import LightPosting, Posting
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.report import Report
from jobbot.platform.inference import Encoder, VectorStore
from jobbot.platform.work.model import Task
from jobbot.platform.work.run import Handler, Outcome


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def report(self) -> Report: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def extractor(self) -> Extractor: ...
    @property
    def encoder(self) -> Encoder | None: ...
    @property
    def vectors(self) -> VectorStore: ...
    @property
    def backlog(self) -> Backlog: ...


def handlers(app: App) -> dict[str, Handler]:
    """The tasks of this slice. One that is ended in the middle has kept what it made, and goes on there."""

    def embed(task: Task, report: Report) -> Outcome:
        encoder, due = app.encoder, app.backlog.due()
        if encoder is None:
            return Outcome({"postings": 0, "model": None})

        def told(message: str, done: int = 0, total: int = 0) -> None:
            report(message, done, total)
            app.report(message, done, total)

        def load(stale: Sequence[LightPosting | Posting]) -> list[Posting]:
            return app.postings.many([posting.id for posting in stale], task.user)

        light = app.postings.light(task.user)
        made = views.embed(light, load, app.extractor.extract, encoder, app.vectors, task.user, told)
        app.report("", 1, 1)
        if due:
            app.backlog.done(due)
        return Outcome({"postings": made, "model": encoder.card.card_id})

    return {EMBED: embed}
