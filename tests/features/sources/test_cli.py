"""The commands, as a person and as a program sees them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console
from tests.features.sources import wire
from tests.features.sources.world import World

from jobbot.features.matching.retrieve.search import Search
from jobbot.features.sources import cli
from jobbot.features.sources.connect import cli as boards
from jobbot.kernel.answer import Answer
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput, NotFound, RefusedByPolicy
from jobbot.platform.inference import VectorStore
from jobbot.platform.storage import Database

SHAPE = {
    "closed_reason",
    "closes_at",
    "copies",
    "group",
    "signals",
    "places",
    "remote_scope",
    "seniority",
    "seniority_words",
    "employment",
    "id",
    "source",
    "board",
    "external_id",
    "title",
    "company",
    "locations",
    "remote",
    "salary",
    "salaries",
    "employment_type",
    "department",
    "posted_at",
    "first_seen",
    "last_seen",
    "closed_at",
    "url",
    "language",
    "attribution",
}
RUN = {
    "source",
    "board",
    "requests",
    "not_modified",
    "fetched",
    "new",
    "updated",
    "unchanged",
    "reopened",
    "closed",
    "skipped",
    "quarantined",
    "seconds",
}


@pytest.fixture
def world(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    world = World(sqlite, tmp_path / "home", clock)
    tiers = [wire.tier("Zone 1", wire.salary(50_000, 60_000)), wire.tier("Zone 2", wire.salary(40_000, 50_000))]
    jobs = [
        wire.ashby_job("id-1", "Class Teacher", compensation={"compensationTiers": tiers}),
        wire.ashby_job("id-2", "Caretaker", workplaceType="Hybrid", publishedAt="2026-11-19T08:00:00Z"),
    ]
    world.serve(wire.ASHBY_URL.format("linden"), wire.ashby(*jobs))
    return world


@pytest.fixture
def ctx(world: World) -> Any:
    app = SimpleNamespace(
        settings=world.settings,
        clock=world.clock,
        plugins=world.ingest.plugins,
        postings=world.store,
        ingest=world.ingest,
        search=Search(world.store, lambda: None, VectorStore(world.store.database), lambda: ""),
    )
    return SimpleNamespace(obj=app)


def shown(answer: Answer, width: int = 80) -> str:
    json.dumps(answer.data, allow_nan=False)
    screen = Console(file=io.StringIO(), width=width, highlight=False)
    answer.show(screen)
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    assert all(len(line) <= width for line in text.splitlines())
    return text


def test_ingest_says_what_happened(ctx: Any) -> None:
    answer = cli.ingest(ctx, "ashby", company="linden")
    assert set(answer.data) >= RUN
    assert "ashby linden: 2 new" in shown(answer)
    assert "nothing has changed" in shown(cli.ingest(ctx, "Ashby", "linden"))


def test_ingest_by_url_file_and_all(ctx: Any, tmp_path: Path) -> None:
    assert cli.ingest(ctx, "url", "https://jobs.ashbyhq.com/linden/id-1").data["new"] == 2
    (tmp_path / "one.json").write_text('[{"title": "Baker", "description": "Bread."}, {"title": "x"}]')
    answer = cli.ingest(ctx, "file", str(tmp_path / "one.json"))
    assert "1 new, 1 quarantined" in shown(answer)
    assert "no description" in shown(answer)
    everything = cli.ingest(ctx, "all")
    assert (everything.exit_code, len(everything.data["boards"])) == (0, 1)


def test_ingest_all_fails_only_when_every_board_does(ctx: Any, world: World) -> None:
    cli.ingest(ctx, "ashby", "linden")
    world.bodies.clear()
    answer = cli.ingest(ctx, "all")
    assert answer.exit_code == 1
    assert "knows no board" in shown(answer).replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (("ashby",), InvalidInput, "--company NAME"),
        (("url",), InvalidInput, "ingest url URL"),
        (("file",), InvalidInput, "ingest file PATH"),
        (("url", "https://nowhere.example/jobs"), NotFound, "there is no page at"),
        (("url", "http://jobs.lever.co/acme"), InvalidInput, "https"),
        (("url", "https://www.linkedin.com/jobs/view/1"), RefusedByPolicy, "by hand"),
        (("indeed", "x"), RefusedByPolicy, "by hand"),
    ],
)
def test_ingest_refuses_in_clear_words(ctx: Any, words: tuple[Any, ...], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        cli.ingest(ctx, *words)
    with pytest.raises(InvalidInput, match="no search"):
        cli.ingest(ctx, "ashby", query="nurse")


@pytest.mark.parametrize("width", [80, 120])
def test_a_list_that_can_be_read(ctx: Any, width: int) -> None:
    cli.ingest(ctx, "ashby", "linden")
    answer = cli.list_postings(ctx)
    assert set(answer.data["items"][0]) == SHAPE
    assert [item["title"] for item in answer.data["items"]] == ["Caretaker", "Class Teacher"]
    text = shown(answer, width)
    for words in ("Caretaker", "(hybrid)", "€50k–60k/yr", "+1", "20 d", "1 d"):
        assert words in text, words
    assert ("ashby" in text) is (width >= 100)


def test_pages_go_on(ctx: Any) -> None:
    cli.ingest(ctx, "ashby", "linden")
    first = cli.list_postings(ctx, limit=1)
    assert "--cursor" in shown(first)
    second = cli.list_postings(ctx, limit=1, cursor=first.data["next"])
    assert [item["title"] for item in second.data["items"]] == ["Class Teacher"]
    assert second.data["next"] is None


def test_search_and_filters(ctx: Any) -> None:
    cli.ingest(ctx, "ashby", "linden")
    assert [item["title"] for item in cli.search(ctx, ["teachers"]).data["items"]] == ["Class Teacher"]
    assert [item["title"] for item in cli.list_postings(ctx, since="7d").data["items"]] == ["Caretaker"]
    assert [item["title"] for item in cli.list_postings(ctx, min_salary=55_000).data["items"]] == ["Class Teacher"]
    assert "No posting fits" in shown(cli.search(ctx, ["astronaut"]))
    assert "found by words alone" in shown(cli.search(ctx, ["teachers"]))
    with pytest.raises(InvalidInput, match="what for"):
        cli.search(ctx, [])
    with pytest.raises(InvalidInput, match="neither a day"):
        cli.list_postings(ctx, since="yesterday")


def test_show_and_summary(ctx: Any, world: World) -> None:
    cli.ingest(ctx, "ashby", "linden")
    posting = next(world.store.all())
    answer = cli.show_posting(ctx, posting.id[:5])
    assert set(answer.data) == SHAPE | {"text", "html", "also_on", "changes"}
    text = shown(answer)
    for words in ("Class Teacher", "Zone 1: €50k–60k/yr", "• Patience", "https://jobs.ashbyhq.com/linden-school/id-1"):
        assert words in text, words
    brief = cli.summary(ctx, posting.id, 2)
    assert brief.data["id"] == posting.id
    assert all(posting.text[s["start"] : s["end"]] == s["quote"] for s in brief.data["sentences"])
    assert "Class Teacher" in shown(brief)


def test_sources_and_their_health(ctx: Any, world: World) -> None:
    cli.ingest(ctx, "ashby", "linden")
    entries = boards.list_sources(ctx).data
    mine = next(entry for entry in entries if entry["board"] == "linden")
    assert {"source", "board", "verdict", "reason", "attribution", "last_run", "health", "postings"} <= set(mine)
    assert (mine["postings"], mine["health"], mine["verdict"]) == (2, "ok", "allowed")
    assert {entry["source"]: entry["health"] for entry in entries}["linkedin"] == "refused"
    assert "linden" in shown(boards.list_sources(ctx))
    world.bodies.clear()
    checked = boards.check_sources(ctx, "ashby").data
    assert [entry["health"] for entry in checked] == ["unknown"]
    assert "knows no board" in shown(boards.check_sources(ctx, None)).replace("\n", " ").replace("  ", " ")


def test_a_title_with_markup_of_the_terminal_is_only_text(ctx: Any, world: World) -> None:
    world.serve(wire.ASHBY_URL.format("linden"), wire.ashby(wire.ashby_job("id-9", "[bold red]Nurse[/] [link=x]")))
    cli.ingest(ctx, "ashby", "linden")
    assert "[bold red]Nurse[/]" in shown(cli.list_postings(ctx), 120).replace("\n", " ")
    assert "[bold red]Nurse[/]" in shown(cli.show_posting(ctx, next(world.store.all()).id))
