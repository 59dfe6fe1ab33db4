"""Lists by country, level, kind of employment and place; facts of postings that were stored before there were any."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select, update

from jobbot.features.sources.boards.lever import SOURCE as LEVER
from jobbot.features.sources.facts import store as facts
from jobbot.features.sources.facts.store import FROM_ROWS, FactRow
from jobbot.features.sources.facts.wanted import keys_wanted
from jobbot.features.sources.model import PostingFilter, Run
from jobbot.features.sources.normalise import normalise
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.errors import InvalidInput
from jobbot.platform.storage import Database, kv
from jobbot.sdk import BoardRef, RawPosting

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BOARD = BoardRef("lever", "Harbourline")
ROWS = (
    RawPosting("oakland", "Senior Welder", text="We weld.", locations=("Oakland, CA",), employment_type="Full-time"),
    RawPosting("munich", "Praktikum Vertrieb", text="Wir suchen.", locations=("München",)),
    RawPosting("cambridge", "Nurse", text="We care.", locations=("Cambridge",)),
    RawPosting("remote", "Nurse (part-time)", text="You must live in Germany.", locations=("Remote",), remote="remote"),
    RawPosting("chicago", "Director of Nursing", text="We care.", locations=("Chicago",)),
)


@pytest.fixture
def store(database: Database) -> PostingStore:
    found = PostingStore(database)
    _save(found, ROWS)
    return found


def _save(store: PostingStore, rows: tuple[RawPosting, ...]) -> None:
    run = Run("r", None, "lever", "Harbourline", None, NOW, 1)
    postings = [normalise(row, BOARD, LEVER.card, "Harbourline", now=NOW) for row in rows]
    store.save(run, [(posting, b"x") for posting in postings])


def found(store: PostingStore, **wanted: str) -> set[str]:
    return {posting.external_id for posting in store.page(PostingFilter(**wanted)).items}  # type: ignore[arg-type]


CASES: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({"country": "DE"}, {"munich", "remote"}),
    ({"country": "Alemania"}, {"munich", "remote"}),
    ({"country": "us"}, {"oakland", "chicago"}),
    ({"seniority": "senior"}, {"oakland"}),
    ({"seniority": "intern"}, {"munich"}),
    ({"employment": "full_time"}, {"oakland"}),
    ({"employment": "part-time"}, {"remote"}),
    ({"location": "Bay Area"}, {"oakland"}),
    ({"location": "California"}, {"oakland"}),
    ({"location": "CA"}, {"oakland"}),
    ({"location": "Deutschland"}, {"munich", "remote"}),
    ({"location": "Munich"}, {"munich"}),
    ({"location": "Bayern"}, {"munich"}),
    ({"location": "Cambr"}, {"cambridge"}),
    ({"location": "DACH"}, {"munich", "remote"}),
    ({"location": "Europe"}, {"munich", "remote"}),
    ({"location": "EMEA"}, {"munich", "remote"}),
    ({"location": "North America"}, {"oakland", "chicago"}),
    ({"location": "Atlantis"}, set()),
    ({"country": "US", "seniority": "director"}, {"chicago"}),
    ({"query": "nurse", "employment": "part_time"}, {"remote"}),
    ({}, {"oakland", "munich", "cambridge", "remote", "chicago"}),
)


def test_filters(store: PostingStore) -> None:
    for wanted, names in CASES:
        assert found(store, **wanted) == names, wanted
    for wrong in ({"country": "Atlantis"}, {"seniority": "guru"}, {"employment": "sometimes"}):
        with pytest.raises(InvalidInput, match=r"one of|such as"):
            found(store, **wrong)


def test_older_postings_get_their_facts_when_they_are_first_asked_for(store: PostingStore) -> None:
    with store.database.write() as session:
        session.execute(delete(FactRow))
        kv.put(session, "posting_facts", 0)
    shown = {posting.external_id: posting.facts for posting in store.page(PostingFilter()).items}
    assert shown["oakland"].places[0].metro == "San Francisco Bay Area"
    assert found(store, country="DE") == {"munich", "remote"}
    with store.database.read() as session:
        assert session.scalar(select(func.count()).where(FactRow.version == FROM_ROWS)) == len(ROWS)
    _save(store, ROWS)
    with store.database.read() as session:
        assert session.scalar(select(func.count()).where(FactRow.version == facts.VERSION)) == len(ROWS)


def test_facts_of_an_older_reading_are_neither_shown_nor_found_by(store: PostingStore) -> None:
    with store.database.write() as session:
        session.execute(update(FactRow).values(version=99, place_keys="|FR|", seniority="mid"))
        kv.put(session, "posting_facts", 0)
    assert found(store, country="FR") == set()
    assert found(store, seniority="senior") == {"oakland"}


def test_facts_go_with_their_posting_and_follow_its_words(store: PostingStore) -> None:
    _save(store, (replace(ROWS[0], locations=("Lyon, France",)),))
    assert found(store, location="Bay Area") == set()
    assert found(store, country="FR") == {"oakland"}


def test_a_wish_for_a_town_means_its_namesakes_too_where_several_are_likely() -> None:
    assert keys_wanted("Cambridge") == ("c:US:cambridge", "c:GB:cambridge")
    assert keys_wanted("") == ()
