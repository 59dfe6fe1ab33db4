"""Power loss, a sample of `./run eval power_loss`: what was acknowledged is there, and the controls show that the
simulation would notice."""

from __future__ import annotations

import hashlib
import random
from pathlib import PurePath

import pytest
from benchmarks.frame import Skipped
from evals.power_disk import Disk, Name, Sync, SyncFolder, Write
from evals.power_loss import FINE, Way, campaign, normal
from evals.power_record import library
from evals.power_work import Artefact

from jobbot.bootstrap import App
from jobbot.platform.storage import kv

FILE = PurePath("home/a")


@pytest.fixture
def recordable() -> None:
    try:
        library()
    except Skipped as reason:
        pytest.skip(str(reason))


@pytest.mark.usefixtures("recordable")
def test_what_was_acknowledged_is_there_after_the_power_went() -> None:
    outcome = campaign(15, 11, FINE)
    assert outcome.effective == 15
    assert outcome.acknowledged >= 15
    assert (outcome.lost, outcome.halves, outcome.damaged) == ([], [], [])


@pytest.mark.usefixtures("recordable")
def test_the_simulation_notices_a_commit_that_does_not_wait_for_the_disk() -> None:
    assert campaign(30, 12, Way(seam=normal), most_harm=0).lost


@pytest.mark.usefixtures("recordable")
def test_the_simulation_notices_a_checkpoint_that_is_not_synced() -> None:
    assert campaign(30, 13, Way(deaf=("jobbot.db",)), most_harm=0).harm


class Careless(Artefact):
    """A file that nobody syncs before its row is written."""

    def do(self, app: App) -> None:
        data = b"x" * 9_000
        app.outputs.folder.mkdir(exist_ok=True)
        (app.outputs.folder / f"{self.number}.bin").write_bytes(data)
        with app.database.write() as session:
            kv.put(session, f"file-{self.number}", hashlib.sha256(data).hexdigest())


@pytest.mark.usefixtures("recordable")
def test_the_simulation_notices_a_row_that_names_a_file_which_was_not_synced() -> None:
    assert campaign(30, 14, Way(kinds=(Careless,)), most_harm=0).halves


def disk(*events: Write | Sync | Name | SyncFolder) -> Disk:
    made = Disk()
    made.holds(PurePath("home"), 0, b"")
    for event in events:
        made.take(event)
    return made


def test_a_disk_keeps_what_was_synced_and_may_lose_the_rest() -> None:
    named = disk(Name(FILE, 1), SyncFolder(FILE.parent), Write(1, 0, b"one"), Sync(1), Write(1, 1, b"X"))
    dice = random.Random(1)
    assert named.image("nothing", dice).files[FILE] == b"one"
    assert named.image("nothing", dice).dropped
    assert named.image("everything", dice).files[FILE] == b"oXe"
    assert not named.image("everything", dice).dropped
    assert disk(Name(FILE, 1), Write(1, 0, b"one"), Sync(1)).image("nothing", dice).files == {}


def test_a_disk_tears_a_write_at_a_sector_and_fills_holes_with_zeros() -> None:
    named = disk(Name(FILE, 1), SyncFolder(FILE.parent), Write(1, 4096, b"x" * 4096))
    seen = {named.image("torn", random.Random(seed)).files[FILE] for seed in range(60)}
    assert all(set(image) <= {0, 120} for image in seen)
    assert {image.count(b"x") % 512 for image in seen} == {0}
    assert len({image.count(b"x") for image in seen}) > 4


def test_a_file_is_lost_with_the_name_of_its_folder() -> None:
    lost = Disk()
    for event in (Name(FILE.parent, 0), Name(FILE, 1), SyncFolder(FILE.parent), Write(1, 0, b"one"), Sync(1)):
        lost.take(event)
    assert lost.image("nothing", random.Random(1)).files == {}
    lost.take(SyncFolder(PurePath()))
    assert lost.image("nothing", random.Random(1)).files == {FILE: b"one"}


def test_a_rename_stands_for_one_of_two_files() -> None:
    moved = disk(
        *(Name(FILE, 1), SyncFolder(FILE.parent), Write(1, 0, b"old"), Sync(1)),
        *(Name(PurePath("home/t"), 2), Write(2, 0, b"new"), Sync(2), Name(FILE, 2), Name(PurePath("home/t"), None)),
    )
    assert {moved.image("some", random.Random(seed)).files[FILE] for seed in range(30)} == {b"old", b"new"}
