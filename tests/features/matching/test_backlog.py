"""Vectors in the background: what is new is embedded by a task, and everything again for another model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.features.matching.retrieve.test_search import Meaning
from tests.features.matching.sample import TEXT

from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import tasks, views
from jobbot.features.matching.backlog import EMBED, Backlog
from jobbot.features.sources.model import PostingFilter
from jobbot.kernel.clock import FixedClock
from jobbot.platform.inference.load import mark
from jobbot.platform.work.outbox.store import Outbox
from jobbot.platform.work.owners import Owners
from jobbot.platform.work.run import Worker
from jobbot.settings import Models


class Wired(App):
    """A program whose model is the one of the tests."""

    def __init__(self, home: Path, encoder: Meaning | None) -> None:
        own = {"JOBBOT_KEK_FILE": str(home.parent / "kek"), "JOBBOT_EMBEDDING_MODEL": "none", "JOBBOT_OFFLINE": "1"}
        super().__init__(settings.load(home, own), clock=FixedClock())
        self.encoder = encoder  # type: ignore[misc,assignment]
        self.told: list[tuple[str, int, int]] = []
        self.report = lambda *told: self.told.append(told)  # type: ignore[assignment]

    def mark(self) -> str:
        return self.encoder.card.card_id if self.encoder else ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def app(home: Path) -> Iterator[Wired]:
    app = Wired(home, Meaning())
    yield app
    app.close()


def bring(app: App, *titles: str) -> None:
    source = app.settings.home.parent / "rows.jsonl"
    rows = [{"id": one, "title": one, "company": "A", "description": f"{TEXT}\n{one}"} for one in titles]
    source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    app.ingest.file(source)


def looked(app: App) -> list[dict[str, Any]]:
    """What a worker finds to do, done."""
    before = {task.id for task in app.tasks.page(limit=100)[0]}
    app.worker(Event(), lambda error: pytest.fail(str(error))).drain()
    return [task.as_dict() for task in app.tasks.page(limit=100)[0] if task.id not in before]


def test_new_postings_are_embedded_once_by_a_task_with_progress(app: Wired) -> None:
    assert looked(app) == []
    bring(app, "Nurse", "Baker")
    (task,) = looked(app)
    assert (task["name"], task["state"], task["result"]) == (EMBED, "done", {"postings": 2, "model": "one"})
    assert ("Reading postings", 2, 2) in app.told
    assert app.told[-1] == ("", 1, 1)
    assert len(app.vectors.pointers("one", views.ASKED_KIND, user="local")) == 2
    assert looked(app) == []
    bring(app, "Carer")
    assert looked(app)[0]["result"]["postings"] == 1
    assert looked(app) == []


def test_the_first_search_and_match_after_it_encode_no_posting(app: Wired) -> None:
    bring(app, "Nurse", "Baker")
    looked(app)
    app.encoder.seen.clear()  # type: ignore[union-attr]
    assert [one.title for one in app.search.page(PostingFilter("rn")).page.items] == ["Nurse"]
    assert app.encoder.seen == ["rn"]  # type: ignore[union-attr]


def test_another_model_embeds_everything_again(app: Wired, home: Path) -> None:
    bring(app, "Nurse", "Baker")
    looked(app)
    app.close()
    other = Wired(home, Meaning("two"))
    try:
        (task,) = looked(other)
        assert task["result"] == {"postings": 2, "model": "two"}
        assert len(other.vectors.pointers("one", views.TITLE_KIND, user="local")) == 2, "should one go back"
        assert [one.title for one in other.search.page(PostingFilter("rn")).page.items] == ["Nurse"]
        assert looked(other) == []
    finally:
        other.close()


def test_without_a_model_nothing_is_queued(home: Path) -> None:
    app = Wired(home, None)
    try:
        bring(app, "Nurse")
        assert looked(app) == []
    finally:
        app.close()


def test_one_that_was_cancelled_is_not_begun_again_before_something_changes(app: Wired) -> None:
    bring(app, "Nurse")
    backlog = Backlog(app.database, app.tasks, app.clock, app.mark)
    task = backlog.enqueue_due()
    assert task is not None
    app.tasks.cancel(task.id, app.clock.now())
    assert backlog.enqueue_due() is None
    bring(app, "Baker")
    assert backlog.enqueue_due() is not None


def test_one_that_is_stopped_in_the_middle_keeps_what_it_made(app: Wired) -> None:
    bring(app, *(f"Nurse {n}" for n in range(150)))
    stop = Event()
    app.report = lambda _message, done=0, _total=0: stop.set() if done else None  # type: ignore[assignment]
    outbox, owners = Outbox(app.database, app.vault), Owners(app.settings.home / "workers")
    parts = (app.tasks, outbox, tasks.handlers(app), owners, app.clock)
    app.backlog.enqueue_due()
    Worker(*parts, stop=stop).drain()
    made = len(app.vectors.pointers("one", views.ASKED_KIND, user="local"))
    assert 0 < made < 150
    seen = len(app.encoder.seen)  # type: ignore[union-attr]
    app.report = lambda *_: None  # type: ignore[assignment]
    Worker(*parts).drain()
    assert app.tasks.page(limit=1)[0][0].result["postings"] == 150 - made
    assert len(app.encoder.seen) - seen <= 2 * (150 - made) + 2  # type: ignore[union-attr]


def test_the_mark_follows_what_is_set(tmp_path: Path) -> None:
    plain = mark(Models(), tmp_path)
    assert mark(Models(embedding="none"), tmp_path) == ""
    assert mark(Models(embedding="nowhere"), tmp_path) == ""
    if plain:
        assert plain == mark(Models(), tmp_path)
        assert mark(Models(precision="fp32"), tmp_path) not in ("", plain)
