"""A board that its vendor does not know any more: told where it went by what pages show, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.features.sources import wire
from tests.features.sources.world import World

from jobbot.features.sources.discover.moved import PAGES, UNKNOWN, moved, own_pages
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed
from jobbot.platform.storage import Database
from jobbot.sdk import BoardRef
from jobbot.settings import JobSource

BOARD = wire.GREENHOUSE_URL.format("kestrelcare")
CAREERS = "https://www.kestrelcare.example/careers"
NEW = wire.LEVER_URL.format("kestrel")


@pytest.fixture
def world(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    """A board that was read, whose postings stand on the employer's own site, and that is gone."""
    found = World(sqlite, tmp_path / "home", clock)
    found.serve(BOARD, wire.greenhouse(wire.greenhouse_job(1, "Nurse", absolute_url=f"{CAREERS}/nurse?gh_jid=1")))
    found.ingest.board("greenhouse", "kestrelcare")
    del found.bodies[BOARD]
    found.http.asked.clear()
    return found


def checked(world: World) -> Any:
    (board,) = [board for board in world.store.journal.boards() if board.source == "greenhouse"]
    return world.ingest.check(board)


def test_the_careers_page_says_where_it_went_and_the_new_board_confirms(world: World) -> None:
    world.serve(CAREERS, b'<a href="https://jobs.lever.co/kestrel">Our jobs</a>')
    world.serve(NEW, wire.lever(wire.lever_posting("a", "Nurse"), wire.lever_posting("b", "Porter")))
    board = checked(world)
    assert board.health == "unknown"
    assert "Greenhouse knows no board 'kestrelcare'" in board.reason
    assert f"{CAREERS} names lever kestrel now, which lists 2 postings" in board.reason
    assert board.reason.endswith("`jobbot ingest lever --company kestrel`")
    assert world.titles() == ["Nurse"], "nothing is closed, connected or read"
    assert [board.source for board in world.store.journal.boards()] == ["greenhouse"]


def test_a_board_that_is_named_and_does_not_answer_is_told_as_that(world: World) -> None:
    world.serve(CAREERS, b'<a href="https://jobs.lever.co/kestrel">Our jobs</a>')
    assert checked(world).reason.endswith("names lever kestrel now, which does not answer either")


def test_nothing_is_guessed_where_no_page_shows_it(world: World) -> None:
    world.serve(NEW, wire.lever(wire.lever_posting("a", "Nurse")))
    world.serve(wire.ASHBY_URL.format("kestrelcare"), wire.ashby(wire.ashby_job("a", "Nurse")))
    world.serve(CAREERS, b"<p>Kestrel Care is hiring.</p>")
    assert checked(world).reason.endswith(UNKNOWN)
    vendors = ("https://api.lever.co", "https://api.ashbyhq.com")
    assert not [url for url in world.http.asked if url.startswith(vendors)]


def test_a_page_that_still_names_the_old_board_shows_nothing(world: World) -> None:
    world.serve(CAREERS, b'<a href="https://boards.greenhouse.io/KestrelCare">Our jobs</a>')
    assert checked(world).reason.endswith(UNKNOWN)


def test_workday_is_told_with_the_allowed_way(world: World) -> None:
    world.serve(CAREERS, b'<a href="https://kestrel.wd5.myworkdayjobs.com/External">Our jobs</a>')
    reason = checked(world).reason
    assert "uses Workday, which is not read by a program" in reason
    assert "jobbot ingest file" in reason


def test_the_page_of_the_settings_is_looked_at_first(sqlite: Database, tmp_path: Path, clock: FixedClock) -> None:
    page = "https://kestrel.example/jobs"
    sources = (JobSource(name="greenhouse", url=page, companies=("kestrelcare",)),)
    world = World(sqlite, tmp_path / "home", clock, job_sources=sources)
    world.serve(BOARD, wire.greenhouse(wire.greenhouse_job(1, "Nurse")))
    world.ingest.board("greenhouse", "kestrelcare")
    del world.bodies[BOARD]
    world.serve(page, b'<a href="https://jobs.lever.co/kestrel">a</a><a href="https://jobs.ashbyhq.com/kestrel">b</a>')
    world.serve(NEW, wire.lever(wire.lever_posting("a", "Nurse")))
    world.serve(wire.ASHBY_URL.format("kestrel"), wire.ashby(wire.ashby_job("a", "Nurse")))
    assert "several boards now that answer (lever kestrel, ashby kestrel)" in checked(world).reason


def test_a_board_that_answers_costs_no_page(world: World) -> None:
    world.serve(BOARD, wire.greenhouse(wire.greenhouse_job(1, "Nurse")))
    assert checked(world).health == "ok"
    assert world.http.asked == [BOARD]


def nobody(address: str) -> BoardRef | None:
    return BoardRef("lever", "x") if "lever.co" in address else None


def test_pages_are_the_employer_s_own_and_few() -> None:
    deep = "https://acme.example/en/jobs/baking/77?gh_jid=77#top"
    assert own_pages([deep], nobody) == [
        "https://acme.example/en/jobs/baking/77",
        "https://acme.example/en/jobs/baking",
        "https://acme.example/en/jobs",
        "https://acme.example/en",
    ]
    others = ["https://jobs.lever.co/x/1", "http://acme.example/jobs", "https://www.linkedin.com/jobs/1", "acme", ""]
    assert own_pages(others, nobody) == []
    assert own_pages(["https://acme.example"], nobody) == ["https://acme.example/"]
    assert len(own_pages((f"https://acme.example/{number}/x" for number in range(99)), nobody)) == PAGES


def test_a_page_that_cannot_be_read_shows_nothing() -> None:
    def find(_page: str) -> dict[str, Any]:
        raise Failed("no")

    assert moved("greenhouse", "acme", ["https://acme.example/"], find) == UNKNOWN
