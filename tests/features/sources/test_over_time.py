"""Boards and feeds over time through the real `Ingest`; a sample of `./run eval lifecycle` and `duplicates`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from evals.duplicates import scores, seen
from evals.lifecycle import WORDS, compared, greenhouse, lever, stored
from rich.console import Console
from tests.features.sources import wire
from tests.features.sources.boards import wire as feeds
from tests.features.sources.world import World

from jobbot.features.sources import connected, show
from jobbot.features.sources.group.join import grouped
from jobbot.features.sources.tell import whole
from jobbot.kernel.clock import FixedClock
from jobbot.platform.storage import Database

LEVER = [(135, 0, 0, 0, 0), (62, 78, 5, 0, 52), (90, 25, 51, 2, 69)]
ASHBY = wire.ASHBY_URL.format("linden")
FEED = "https://remoteok.com/api"
DAY = 86_400
TEXT = " ".join(f"You look after residents of ward {number} at night." for number in range(12))


@pytest.fixture
def world(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(sqlite, tmp_path / "home", clock)


def feed(*numbers: int) -> bytes:
    jobs = [
        feeds.remoteok_job(id=str(n), position=f"Nurse {n}", company="Linden", description=f"{TEXT} {n}")
        for n in numbers
    ]
    return json.dumps([feeds.REMOTEOK_TERMS, *jobs]).encode()


def job(number: int) -> dict[str, object]:
    return wire.ashby_job(f"id-{number}", f"Nurse {number}", descriptionHtml=f"<p>{TEXT} {number}</p>")


def test_a_feed_that_forgets_ages_postings_out(world: World, clock: FixedClock) -> None:
    world.serve(FEED, feed(1, 2))
    world.ingest.board("remoteok", "")
    world.serve(FEED, feed(1))
    clock.sleep(7 * DAY)
    assert world.ingest.board("remoteok", "")["aged_out"] == 0
    clock.sleep(39 * DAY)
    world.serve(FEED, feed(1, 3))
    run = world.ingest.board("remoteok", "")
    assert (run["closed"], run["aged_out"]) == (0, 1)
    assert "1 aged out" in drawn(run)


def test_an_employer_that_closes_what_a_feed_still_shows(world: World, clock: FixedClock) -> None:
    world.serve(ASHBY, wire.ashby(job(1), job(2)))
    world.ingest.board("ashby", "linden")
    world.serve(FEED, feed(1))
    world.ingest.board("remoteok", "")
    clock.sleep(DAY)
    world.serve(ASHBY, wire.ashby(job(2)))
    assert world.ingest.board("ashby", "linden")["closed"] == 1
    clock.sleep(DAY)
    world.serve(FEED, feed(1, 3))
    world.ingest.board("remoteok", "")
    shown = next(posting for posting in world.store.all() if posting.external_id == "1")
    told = whole(world.store, shown, clock.now()).as_dict()
    assert [sign["name"] for sign in told["signals"]] == ["gone_at_employer"]
    assert len(told["signals"][0]["evidence"]) == 2
    assert [(copy["source"], copy["closed_reason"]) for copy in told["also_on"]] == [("ashby", "gone")]
    page = io.StringIO()
    show.draw_posting(Console(file=page, width=120), whole(world.store, shown, clock.now()), clock.now())
    for words in (
        "Also on:",
        "the same text, word for word",
        "no longer lists it",
        "no longer on the employer's board",
    ):
        assert words in page.getvalue(), words


def test_a_board_that_shrinks_is_told_in_the_run_and_in_the_list(world: World) -> None:
    world.serve(ASHBY, wire.ashby(*map(job, range(20))))
    assert world.ingest.board("ashby", "linden")["alarms"] == []
    world.serve(ASHBY, wire.ashby(job(1)))
    run = world.ingest.board("ashby", "linden")
    assert run["closed"] == 19
    assert run["alarms"] == ["the board lists 1 of the 20 postings it had; the other 19 were closed"]
    assert "Look at this: the board lists 1 of the 20" in drawn(run)
    assert entry(world)["alarm"] == run["alarms"][0]
    world.serve(ASHBY, wire.ashby(job(1), job(2)))
    assert world.ingest.board("ashby", "linden")["alarms"] == []
    assert entry(world)["alarm"] is None


def entry(world: World) -> dict[str, object]:
    (board,) = world.store.journal.boards()
    return connected.entry(world.ingest.plugins, board, 0)


def drawn(run: dict[str, object]) -> str:
    page = io.StringIO()
    show.draw_run(Console(file=page, width=120), run)
    return page.getvalue()


@pytest.mark.shared
def test_two_ways_to_count_agree(shared: Path) -> None:
    assert [tuple(counts[word] for word in WORDS) for counts in compared(lever())] == LEVER
    boards = greenhouse(2)
    ours, direct = stored(boards), compared(boards)
    assert [[one[word] for word in WORDS] for one in ours] == [[one[word] for word in WORDS] for one in direct]
    assert sum(sum(counts.values()) for counts in ours) > 100


def test_groups_are_scored_in_pairs() -> None:
    found = scores(["a", "a", "b", "b"], ["x", "x", "x", "y"])
    assert (found.joined, found.true, found.hits) == (2, 3, 1)
    assert (found.precision, round(found.recall, 2)) == (0.5, 0.33)
    one, other = (seen(name, "Nurse", "Linden", ("Leeds",), TEXT) for name in "ab")
    assert len(set(grouped([one, other]).values())) == 1
