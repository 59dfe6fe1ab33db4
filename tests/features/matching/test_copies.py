"""One of the copies of an advert in a ranking: the nearest to the places wished for, with a note, at the same score."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.features.matching.sample import RESUME, TEXT, extractor, read

from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import shortlist
from jobbot.features.matching.match import Matcher
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.retrieve.fuse import fuse
from jobbot.features.matching.store import MatchStore
from jobbot.features.sources.model import LightPosting, Posting, Run
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import PostingId, new_id, short_hash

LONG = TEXT + "\n" + " ".join(f"We tell you about the house in sentence {number}." for number in range(12))


def advert(name: str, place: str, **more: Any) -> Posting:
    given = {"source": "ashby", "board": "linden", "company": "Linden", "title": "Data analyst", "text": LONG} | more
    identity = PostingId(short_hash(given["source"], name))
    return Posting(id=identity, external_id=name, locations=(place,), content_hash=short_hash(name), **given)


@pytest.fixture
def app(tmp_path: Path) -> Any:
    values = {"JOBBOT_KEK_FILE": str(tmp_path / "kek"), "JOBBOT_EMBEDDING_MODEL": "none"}
    app = App(settings.load(tmp_path / "home", values), clock=FixedClock())
    run = Run(new_id(), None, "ashby", "linden", None, app.clock.now())
    rows = [
        advert("1", "Austin, TX"),
        advert("2", "Berlin"),
        advert("3", "Berlin", source="remoteok", board="remoteok"),
        advert("4", "Berlin", title="Cook", text="Cook for us. " * 30),
    ]
    app.postings.journal.begin(run)
    app.postings.save(run, [(row, b"x") for row in rows])
    app.profiles.save(RESUME)
    yield app
    app.close()


@pytest.mark.parametrize(("wished", "shown"), [((), "1"), (("Berlin",), "2"), (("Oslo",), "1")])
def test_one_of_an_advert_is_shown_with_a_note(app: App, wished: tuple[str, ...], shown: str) -> None:
    store = MatchStore(app.database)
    matcher = Matcher(app.postings, extractor(), None, app.vectors, store, app.clock)
    wishes, profile = Wishes(locations=wished), app.profiles.current()
    found = {match.posting.external_id: match for match in matcher.match(profile, wishes)}
    assert set(found) == {shown, "4"}
    assert found["4"].notes == tuple(note for note in found["4"].notes if "same advert" not in note)
    assert any("the same advert stands in 2 more places" in note for note in found[shown].notes)
    assert sum(row.points for row in found[shown].contributions) == found[shown].score
    ids = [posting.id for posting in app.postings.light()]
    assert len(matcher.ledger(matcher.query(profile, wishes), ids, 10)) == 2, "whoever names the ids"


def light(number: int, group: str, place: str, rank: int = 0) -> LightPosting:
    name = PostingId(f"{number:016d}")
    return LightPosting(name, "Nurse", "Linden", (place,), None, (), None, None, str(number), True, group, rank)


def test_the_shortlist_holds_no_advert_twice_and_is_not_filled_by_copies() -> None:
    crowd = [light(n, f"group {n // 10}", "Berlin" if n % 10 == 7 else "Austin, TX", n % 2) for n in range(1000)]
    fused = fuse([[posting.id for posting in crowd]])
    chosen = shortlist.choose(fused, crowd, read(Wishes(locations=("Berlin",))), 60)
    assert chosen == [f"{n * 10 + 7:016d}" for n in range(60)]
    assert shortlist.choose(fused, crowd, read(), 60) == [f"{n * 10:016d}" for n in range(60)]
    assert len(shortlist.choose({}, crowd, read(), 60)) == 60
    assert len(shortlist.choose(fused, crowd, read(), 200)) == 100, "as many as there are adverts"
