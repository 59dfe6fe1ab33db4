"""Ingesting boards: counts, lifecycle, ETags, failures that change nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.features.sources import wire
from tests.features.sources.world import JSON, World

from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, InvalidInput, NotFound, RefusedByPolicy, TryLater
from jobbot.kernel.report import silent
from jobbot.platform.plugins import Broken, Plugins, load
from jobbot.platform.storage import Database
from jobbot.sdk import Kind, Reply
from jobbot.settings import JobSource, PluginSection

URL = wire.ASHBY_URL.format("linden")
COUNTED = ("new", "updated", "unchanged", "reopened")
NO_FEEDS = {
    name: PluginSection(enabled=False)
    for name, source in load("jobbot.sources").loaded.items()
    if source.card.kind is not Kind.BOARD
}


@pytest.fixture
def world(database: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(database, tmp_path / "home", clock)


@pytest.fixture
def small(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(sqlite, tmp_path / "home", clock)


def job(number: int, title: str = "", **more: Any) -> dict[str, Any]:
    return wire.ashby_job(f"id-{number}", title or f"Teacher {number}", **more)


def counts(run: dict[str, Any]) -> tuple[int, ...]:
    return tuple(run[name] for name in (*COUNTED, "closed"))


def test_a_board_through_four_days(world: World, clock: FixedClock) -> None:
    days = [
        [job(1), job(2), job(3), job(4, isListed=False)],
        [job(1), job(2, descriptionHtml="<p>Teach a class of thirty.</p>"), job(5)],
        [job(1), job(3), job(5)],
        [job(1), job(3), job(5)],
    ]
    runs = []
    for day in days:
        world.serve(URL, wire.ashby(*day))
        runs.append(world.ingest.board("ashby", "linden"))
        clock.sleep(86_400)
    assert [counts(run) for run in runs] == [(3, 0, 0, 0, 0), (1, 1, 1, 0, 1), (0, 0, 2, 1, 1), (0, 0, 0, 0, 0)]
    assert [run["not_modified"] for run in runs] == [False, False, False, True]
    assert [run["fetched"] for run in runs] == [4, 3, 3, 0]
    assert runs[0]["skipped"] == [{"ref": "id-4", "reason": "unlisted: the employer shows it by direct link only"}]
    assert sorted(world.titles()) == ["Teacher 1", "Teacher 3", "Teacher 5"]
    everything = {posting.external_id: posting for posting in world.store.all(closed=True)}
    assert everything["id-2"].closed_at == clock.now() - timedelta(days=2)
    assert everything["id-3"].closed_at is None
    assert everything["id-3"].first_seen == clock.now() - timedelta(days=4)
    assert [hit for hit, _ in world.store.search("thirty", closed=True)] == [everything["id-2"].id]
    assert world.store.search("thirty") == []


def test_what_a_posting_keeps(world: World) -> None:
    tiers = [wire.tier("Zone 1", wire.salary(50_000, 60_000))]
    world.serve(URL, wire.ashby(job(1, " Class\u200b Teacher ", compensation={"compensationTiers": tiers})))
    run = world.ingest.board("ashby", "linden")
    assert (run["source"], run["board"], run["requests"]) == ("ashby", "linden", 1)
    posting = next(world.store.all())
    assert posting.title == "Class Teacher"
    assert posting.text == "Teach a class of twenty.\n• Patience"
    assert posting.salary is not None
    assert (posting.salary.max, posting.company, posting.language) == (60_000, "Linden", None)
    assert world.store.get(posting.id[:6]) == posting
    payload = world.store.payload(posting.id)
    assert payload is not None
    assert json.loads(payload)["id"] == "id-1"


def test_the_same_board_in_another_case_is_the_same_board(small: World) -> None:
    small.serve(URL, wire.ashby(job(1)))
    small.ingest.board("ashby", "linden")
    run = small.ingest.board("ashby", "LINDEN")
    assert run["not_modified"]
    assert small.http.asked[-1] == URL
    assert small.store.counts()["boards"] == 1


def test_rows_of_one_posting_are_grouped(small: World) -> None:
    small.serve(URL, wire.ashby(job(1, location="Utrecht"), job(1, location="Delft"), job(1, isListed=False)))
    run = small.ingest.board("ashby", "linden")
    assert (run["fetched"], run["new"], run["skipped"]) == (1, 1, [])
    assert next(small.store.all()).locations == ("Utrecht", "Delft")


@pytest.mark.parametrize(
    "answer",
    [
        Reply(200, {"content-type": "text/html"}, b"<!doctype html><h1>Maintenance</h1>"),
        Reply(200, JSON, wire.ashby(job(1))[:-40]),
        Reply(200, JSON, b'{"errors": ["busy"]}'),
        Reply(500, JSON, b""),
        Reply(403, JSON, b""),
        Reply(302, {"location": "https://elsewhere.example/"}, b""),
    ],
)
def test_an_answer_that_is_no_board_changes_nothing(small: World, answer: Reply) -> None:
    small.serve(URL, wire.ashby(job(1), job(2)))
    small.ingest.board("ashby", "linden")
    before = list(small.store.all(closed=True))
    small.http.queue.append(answer)
    with pytest.raises(Failed):
        small.ingest.board("ashby", "linden")
    assert list(small.store.all(closed=True)) == before
    board = small.store.journal.boards()[0]
    assert (board.health, bool(board.reason), bool(board.etag)) == ("failed", True, True)
    assert small.ingest.board("ashby", "linden")["not_modified"]
    assert small.store.journal.boards()[0].health == "ok"


def test_a_host_that_asks_for_a_pause_gets_it(small: World, clock: FixedClock) -> None:
    small.serve(URL, wire.ashby(job(1)))
    small.ingest.board("ashby", "linden")
    small.http.queue.append(Reply(429, {"retry-after": "3600"}))
    with pytest.raises(TryLater) as refused:
        small.ingest.board("ashby", "linden")
    assert refused.value.retry_at == clock.now() + timedelta(hours=1)
    asked = len(small.http.asked)
    with pytest.raises(TryLater) as again:
        small.ingest.board("ashby", "other")
    assert len(small.http.asked) == asked, "the second run must not ask"
    assert again.value.retry_at == refused.value.retry_at
    assert small.titles() == ["Teacher 1"]
    clock.sleep(3601)
    assert small.ingest.board("ashby", "linden")["not_modified"]


def test_busy_for_a_moment_is_waited_for(small: World, clock: FixedClock) -> None:
    small.serve(URL, wire.ashby(job(1)))
    small.http.queue.extend([Reply(503), Reply(429, {"retry-after": "2"})])
    start = clock.now()
    run = small.ingest.board("ashby", "linden")
    assert (run["new"], run["requests"]) == (1, 3)
    assert clock.now() - start == timedelta(seconds=3)


def test_no_connection_is_tried_three_times(small: World) -> None:
    small.http.queue.extend([TryLater("no route")] * 3)
    with pytest.raises(TryLater, match="did not answer 3 times"):
        small.ingest.board("ashby", "linden")
    assert small.store.counts()["boards"] == 0


def test_a_row_without_an_id_holds_closing(small: World) -> None:
    small.serve(URL, wire.ashby(job(1), job(2)))
    small.ingest.board("ashby", "linden")
    small.serve(URL, wire.ashby(job(1), {**job(2), "id": None}))
    run = small.ingest.board("ashby", "linden")
    assert (run["closed"], len(run["quarantined"])) == (0, 1)
    assert "no id" in run["notes"][0]


def test_a_row_in_quarantine_is_not_gone(small: World) -> None:
    small.serve(URL, wire.ashby(job(1), job(2)))
    small.ingest.board("ashby", "linden")
    small.serve(URL, wire.ashby(job(1), {**job(2), "title": "\u200b"}))
    run = small.ingest.board("ashby", "linden")
    assert (run["closed"], run["unchanged"]) == (0, 1)
    assert run["quarantined"] == [{"ref": "id-2", "reason": "the title holds nothing that can be seen"}]
    kept = small.store.journal.quarantined("ashby", "linden")
    assert [(reject.ref, json.loads(reject.raw)["id"]) for reject in kept] == [("id-2", "id-2")]
    small.serve(URL, wire.ashby(job(1), job(2)))
    assert small.ingest.board("ashby", "linden")["closed"] == 0
    assert small.store.journal.quarantined("ashby", "linden") == []


def test_a_full_board_that_is_suddenly_empty_is_believed_the_second_time(small: World) -> None:
    small.serve(URL, wire.ashby(*(job(number) for number in range(12))))
    small.ingest.board("ashby", "linden")
    small.serve(URL, wire.ashby())
    first = small.ingest.board("ashby", "linden")
    assert (first["closed"], len(small.titles())) == (0, 12)
    assert "until it says so twice" in first["notes"][0]
    second = small.ingest.board("ashby", "linden")
    assert (second["closed"], small.titles()) == (12, [])


def test_a_small_board_may_become_empty(small: World) -> None:
    small.serve(URL, wire.ashby(job(1)))
    small.ingest.board("ashby", "linden")
    small.serve(URL, wire.ashby())
    assert small.ingest.board("ashby", "linden")["closed"] == 1
    assert small.store.journal.boards()[0].health == "empty"


def test_a_board_that_vanished_keeps_its_postings(small: World) -> None:
    small.serve(URL, wire.ashby(job(1)))
    small.ingest.board("ashby", "linden")
    del small.bodies[URL]
    with pytest.raises(NotFound):
        small.ingest.board("ashby", "linden")
    assert small.titles() == ["Teacher 1"]
    assert small.store.journal.boards()[0].health == "unknown"


class Killed(BaseException):
    """The process is gone."""


def test_killed_between_two_batches_the_next_run_does_the_rest(small: World) -> None:
    everything = [job(number) for number in range(620)]
    small.serve(URL, wire.ashby(*everything[:3]))
    small.ingest.board("ashby", "linden")
    small.serve(URL, wire.ashby(*everything[2:]))

    def die(message: str, done: int = 0, total: int = 0) -> None:
        if done >= 500:
            raise Killed

    small.ingest.report = die
    with pytest.raises(Killed):
        small.ingest.board("ashby", "linden")
    assert len(small.titles()) == 502, "one batch is stored and nothing is closed"
    small.ingest.report = silent
    assert counts(small.ingest.board("ashby", "linden")) == (118, 0, 500, 0, 2)
    assert len(small.store.search("teach", limit=1000)) == 618
    assert small.ingest.board("ashby", "linden")["not_modified"]


def test_lever_remembers_its_region(small: World) -> None:
    small.serve(wire.LEVER_EU_URL.format("Harbour"), wire.lever(wire.lever_posting("1", "Welder")))
    small.ingest.board("lever", "Harbour")
    small.http.asked.clear()
    assert small.ingest.board("lever", "Harbour")["not_modified"]
    assert small.http.asked == [wire.LEVER_EU_URL.format("Harbour")]
    posting = next(small.store.all())
    assert (posting.region, posting.company) == ("eu", "Harbour")


@pytest.mark.parametrize(
    ("source", "error"), [("linkedin", RefusedByPolicy), ("Workday", RefusedByPolicy), ("greenhose", NotFound)]
)
def test_sources_that_are_none(small: World, source: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        small.ingest.board(source, "acme")
    assert small.http.asked == []


def test_a_plugin_with_a_bug_fails_cleanly(sqlite: Database, tmp_path: Path, clock: FixedClock) -> None:
    real = load("jobbot.sources").loaded["ashby"]

    def broken(*_: Any) -> Any:
        return {}["missing"]

    plugin = SimpleNamespace(api_version=1, card=real.card, list=broken, recognise=real.recognise)
    plugins: Plugins[Any] = Plugins({"ashby": plugin}, (Broken("lever", "no such library"),))
    world = World(sqlite, tmp_path / "home", clock, plugins)
    with pytest.raises(Failed, match="KeyError"):
        world.ingest.board("ashby", "linden")
    with pytest.raises(Failed, match="no such library"):
        world.ingest.board("lever", "linden")


def test_all_boards_and_one_that_fails(sqlite: Database, tmp_path: Path, clock: FixedClock) -> None:
    sources = (
        JobSource(name="ashby", companies=("linden", "gone")),
        JobSource(name="lever", companies=("Harbour",)),
        JobSource(name="linkedin", search_terms=("teacher",)),
    )
    off = {**NO_FEEDS, "lever": PluginSection(enabled=False)}
    world = World(sqlite, tmp_path / "home", clock, job_sources=sources, sources=off)
    world.serve(URL, wire.ashby(job(1)))
    world.serve(wire.GREENHOUSE_URL.format("kestrelcare"), wire.greenhouse(wire.greenhouse_job(1, "Nurse")))
    world.ingest.board("greenhouse", "kestrelcare")
    data = world.ingest.all()
    assert [(run["source"], run["board"]) for run in data["boards"]] == [
        ("ashby", "linden"),
        ("greenhouse", "kestrelcare"),
    ]
    assert [failure["board"] for failure in data["failed"]] == ["gone"]
    assert [warning["source"] for warning in data["warnings"]] == ["linkedin"]


def test_all_of_nothing_says_what_to_do(sqlite: Database, tmp_path: Path, clock: FixedClock) -> None:
    world = World(sqlite, tmp_path / "home", clock, sources=NO_FEEDS)
    with pytest.raises(NotFound, match="jobbot ingest greenhouse"):
        world.ingest.all()


def test_names_that_cannot_be_boards_are_never_asked_for(small: World) -> None:
    for name in ("../x", "a/b", "%2e%2e", ""):
        with pytest.raises(InvalidInput):
            small.ingest.board("ashby", name)
    assert small.http.asked == []


def test_a_check_keeps_health_and_nothing_else(small: World) -> None:
    small.serve(URL, wire.ashby(job(1)))
    small.ingest.board("ashby", "linden")
    del small.bodies[URL]
    board = small.ingest.check(small.store.journal.boards()[0])
    assert board.health == "unknown"
    small.serve(URL, wire.ashby(job(1), job(2)))
    assert small.ingest.check(board).health == "ok"
    assert small.ingest.board("ashby", "linden")["new"] == 1


def days() -> st.SearchStrategy[list[list[dict[str, Any]]]]:
    row = st.builds(
        lambda number, title, listed: {**job(number, title), "isListed": listed},
        st.integers(1, 6),
        st.sampled_from(["Teacher", "Head Teacher", "\u200b", ""]),
        st.booleans(),
    )
    broken = st.sampled_from([{"id": None}, {}, "text", None, {"id": "id-3", "title": 4}])
    return st.lists(st.lists(row | broken, max_size=8), min_size=1, max_size=4)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days())
def test_counts_always_add_up(tmp_path_factory: Any, sqlite_template: Path, history: list[list[Any]]) -> None:
    home = tmp_path_factory.mktemp("counts")
    (home / "jobbot.db").write_bytes(sqlite_template.read_bytes())
    world = World(Database.open(home), home, FixedClock())
    for rows in history:
        before = {posting.external_id for posting in world.store.all()}
        world.serve(URL, json.dumps({"apiVersion": "1", "jobs": rows}).encode())
        run = world.ingest.board("ashby", "linden")
        assert run["fetched"] == sum(run[name] for name in COUNTED) + len(run["skipped"]) + len(run["quarantined"])
        after = {posting.external_id for posting in world.store.all()}
        if not run["not_modified"]:
            assert len(after) == len(before) + run["new"] + run["reopened"] - run["closed"]
            assert run["requests"] == 1
