"""An employer that changed its name: the same board, the same postings, found by both names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.features.sources import wire
from tests.features.sources.world import World

from jobbot.features.sources.model import PostingFilter
from jobbot.features.sources.renamed.evidence import renamed
from jobbot.kernel.clock import FixedClock
from jobbot.platform.storage import Database
from jobbot.sdk import BoardRef, Listing, RawPosting

URL = wire.GREENHOUSE_URL.format("kestrelcare")


@pytest.fixture
def world(database: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(database, tmp_path / "home", clock)


def board(company: str, *titles: str, first: int = 1) -> bytes:
    jobs = [wire.greenhouse_job(number, title, company_name=company) for number, title in enumerate(titles, first)]
    return wire.greenhouse(*jobs)


def found(world: World, company: str) -> list[str]:
    return sorted(item.title for item in world.store.page(PostingFilter(company=company)).items)


def test_the_board_and_its_postings_stay_and_both_names_find_them(world: World) -> None:
    world.serve(URL, board("Kestrel Care", "Nurse", "Porter"))
    world.ingest.board("greenhouse", "kestrelcare")
    before = {posting.id for posting in world.store.all()}
    world.serve(URL, board("Falcon Health Ltd", "Nurse", "Porter", "Midwife"))
    run = world.ingest.board("greenhouse", "kestrelcare")
    assert (run["new"], run["unchanged"], run["updated"], run["closed"]) == (1, 2, 0, 0)
    assert run["notes"] == ["the employer Kestrel Care is called Falcon Health Ltd now; both names find its postings"]
    after = list(world.store.all())
    assert {posting.company for posting in after} == {"Falcon Health Ltd"}
    assert before < {posting.id for posting in after}
    assert found(world, "kestrel") == found(world, "falcon health") == ["Midwife", "Nurse", "Porter"]
    assert len(world.store.search("falcon")) == 3
    (connected,) = world.store.journal.boards()
    assert (connected.company, connected.health) == ("Falcon Health Ltd", "ok")
    assert world.ingest.board("greenhouse", "kestrelcare")["not_modified"]


def test_a_posting_that_changes_after_the_renaming_is_still_found_by_the_old_name(world: World) -> None:
    world.serve(URL, board("Kestrel Care", "Nurse"))
    world.ingest.board("greenhouse", "kestrelcare")
    world.serve(URL, board("Falcon Health", "Night nurse"))
    assert world.ingest.board("greenhouse", "kestrelcare")["updated"] == 1
    world.serve(URL, board("Falcon Health", "Day nurse"))
    run = world.ingest.board("greenhouse", "kestrelcare")
    assert (run["updated"], run["notes"]) == (1, [])
    assert found(world, "kestrel care") == ["Day nurse"]


def test_a_name_that_is_another_employer_s_already_makes_them_one_no_more_than_that(world: World) -> None:
    world.serve(wire.GREENHOUSE_URL.format("falcon"), board("Falcon Health", "Pilot", first=50))
    world.ingest.board("greenhouse", "falcon")
    world.serve(URL, board("Kestrel Care", "Nurse"))
    world.ingest.board("greenhouse", "kestrelcare")
    world.serve(URL, board("Falcon Health", "Nurse"))
    world.ingest.board("greenhouse", "kestrelcare")
    assert found(world, "falcon") == ["Nurse", "Pilot"]


def listing(*companies: str | None, board: str | None = None) -> Listing:
    rows = [RawPosting(str(number), "Baker", company=name) for number, name in enumerate(companies)]
    return Listing(BoardRef("greenhouse", "acme"), tuple(rows), company=board)


@pytest.mark.parametrize(
    ("former", "now", "name"),
    [
        ("Acme", listing("Zenith", "Zenith"), "Zenith"),
        ("Acme", listing("Zenith GmbH", "Zenith"), "Zenith"),
        ("Acme", listing(None, board="Zenith"), "Zenith"),
        ("Acme", listing("Zenith", "Acme"), None),
        ("Acme", listing("Zenith", "Nadir"), None),
        ("Acme", listing("ACME Inc."), None),
        ("Acme", listing(None, None), None),
        ("Acme", listing(), None),
        (None, listing("Zenith"), None),
        ("", listing("Zenith"), None),
    ],
)
def test_only_one_name_in_place_of_another_is_a_renaming(former: str | None, now: Listing, name: str | None) -> None:
    assert renamed(former, now) == name
    assert renamed(former, replace(now, postings=now.postings[::-1])) == name
