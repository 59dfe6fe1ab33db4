"""An advert over time: what was changed as a diff, what was seen of it, what ages out, what raises an alarm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.changes.diff import Op, diff, shortened
from jobbot.features.sources.changes.store import KEPT
from jobbot.features.sources.lifecycle import Closing, alarm, unseen_before
from jobbot.features.sources.model import Board, Posting, Run
from jobbot.features.sources.signs.model import Sight, Sign
from jobbot.features.sources.signs.notice import Life, Move, signs_of
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.ids import PostingId, new_id, short_hash
from jobbot.kernel.money import Salary
from jobbot.platform.storage import Database

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEXT = "\n".join(
    f"Line {number}: you look after residents of ward {number} and write what happened." for number in range(9)
)


# -- the diff --------------------------------------------------------------------------------------------------------


@given(st.text("ab \n.", max_size=80), st.text("ab \n.", max_size=80))
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    pieces = diff(before, after).pieces
    assert "".join(piece.text for piece in pieces if piece.op is not Op.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.op is not Op.REMOVED) == after
    assert all(a.op is not b.op for a, b in pairwise(pieces))


def test_a_diff_marks_words_and_shortens_what_is_the_same() -> None:
    found = shortened(diff(TEXT, TEXT.replace("ward 4 and", "ward 14 at night and")))
    assert (found.added, found.removed) == (1, 1)
    assert [piece.op for piece in found.pieces] == [Op.GAP, Op.SAME, Op.REMOVED, Op.ADDED, Op.SAME, Op.GAP]
    assert [piece.text for piece in found.pieces[2:4]] == ["4", "14 at night"]


def test_a_diff_of_two_whole_texts_stays_quick() -> None:
    before, after = " ".join(f"a{n}" for n in range(20_000)), " ".join(f"b{n}" for n in range(20_000))
    assert [piece.op for piece in diff(before, after).pieces] == [Op.REMOVED, Op.ADDED]


# -- changes ---------------------------------------------------------------------------------------------------------


def posting(name: str = "1", **more: Any) -> Posting:
    given = {"source": "ashby", "board": "linden", "company": "Linden", "title": "Nurse", "text": TEXT} | more
    told = short_hash(given["title"], given["text"], str(given.get("salaries")), str(given.get("locations")))
    identity = PostingId(short_hash(given["source"], name))
    return Posting(id=identity, external_id=name, content_hash=told, **given)


@pytest.fixture
def store(database: Database) -> PostingStore:
    return PostingStore(database)


@pytest.fixture
def small(sqlite: Database) -> PostingStore:
    return PostingStore(sqlite)


def board(store: PostingStore, source: str = "ashby", name: str = "linden") -> Board:
    known = store.journal.find(source, name)
    if known is None:
        known = Board(new_id(), source, name, connected_at=NOW)
        store.journal.keep(known, name)
    return known


def read(
    store: PostingStore,
    rows: Sequence[Posting],
    at: datetime,
    *,
    reader: int = 1,
    source: str = "ashby",
    feed: bool = False,
) -> tuple[int, int]:
    """One run over a board, or a feed that closes nothing: how many were closed, aged out."""
    name = source if feed else "linden"
    run = Run(new_id(), board(store, source, name).id, source, name, None, at, reader)
    store.journal.begin(run)
    store.save(run, [(row, b"x") for row in rows])
    closed = store.finish(run, "complete", {}, [], None if feed else {row.external_id for row in rows})
    return closed, store.age_out(run, unseen_before(at, 45) if feed else None)


def test_what_an_employer_changes_is_kept_and_shown(store: PostingStore) -> None:
    pay = [(Salary(low, high, "EUR", "year"),) for low, high in ((80_000, 95_000), (70_000, 85_000))]
    first = posting(salaries=pay[0], locations=("Leeds",))
    read(store, [first], NOW)
    read(store, [first], NOW + DAY)
    assert store.changes(first.id) == []
    second = posting(salaries=pay[1], locations=("Leeds", "York"), text=TEXT.replace("Line 3", "Line three"))
    read(store, [second], NOW + 2 * DAY)
    (change,) = store.changes(first.id)
    told = {field.field: (field.before, field.after) for field in change.fields}
    assert told == {"salary": ("€80k–95k/yr", "€70k–85k/yr"), "locations": ("Leeds", "Leeds; York")}
    assert change.at == NOW + 2 * DAY
    assert change.text is not None
    assert change.text.as_dict()["added"] == 1
    assert {"op": "added", "text": "three"} in change.as_dict()["text"]["diff"]


def test_our_own_reading_is_nobodys_change(small: PostingStore) -> None:
    read(small, [posting()], NOW, reader=1)
    read(small, [posting(text=TEXT.replace(" ward", "\u00a0ward"))], NOW + DAY, reader=2)
    read(small, [posting(text=TEXT + " Now read to its end.")], NOW + 2 * DAY, reader=3)
    assert small.changes(posting().id) == []
    read(small, [posting(text=TEXT + " Now read to its end. Nights only.")], NOW + 3 * DAY, reader=3)
    assert len(small.changes(posting().id)) == 1
    read(small, [posting(text=TEXT + " Now read to its end. Nights only.")], NOW + 4 * DAY, reader=4)
    read(small, [posting(text=TEXT)], NOW + 5 * DAY, reader=4)
    assert len(small.changes(posting().id)) == 2, "seen unchanged by the new reading, then changed"


def test_a_description_that_comes_or_goes_is_no_change_of_the_advert(small: PostingStore) -> None:
    read(small, [posting(text="", complete=False)], NOW)
    read(small, [posting()], NOW + DAY)
    assert small.changes(posting().id) == []


def test_the_last_versions_are_kept(small: PostingStore) -> None:
    for number in range(KEPT + 4):
        read(small, [posting(title=f"Nurse {number}")], NOW + number * DAY)
    kept = small.changes(posting().id)
    assert len(kept) == KEPT
    assert kept[0].fields[0].after == f"Nurse {KEPT + 3}"


# -- signs -----------------------------------------------------------------------------------------------------------


def life(name: str, first: int, closed: int | None = None, **more: Any) -> Life:
    """Days count back from now."""
    gone = NOW - closed * DAY if closed is not None else None
    given = {"board": ("ashby", "linden"), "rank": 0, "title": "Nurse", "last_seen": gone or NOW} | more
    return Life(name, first_seen=NOW - first * DAY, closed_at=gone, **given)


def names(*args: Any) -> list[str]:
    found = signs_of(*args)
    for sign in found:
        assert len(sign.evidence) >= 2
        assert len(set(sign.evidence)) == len(sign.evidence)
    return [sign.name for sign in found]


def test_a_sign_cannot_be_built_on_one_sight() -> None:
    sight = Sight("it was there", NOW, "a")
    with pytest.raises(TypeError):
        Sign("reposted", "Posted twice.", sight)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="two sights"):
        Sign("reposted", "Posted twice.", sight, sight)


def test_reposts() -> None:
    now_open = life("c", 10)
    twice = [life("a", 90, 70), life("b", 50, 30)]
    assert names(now_open, twice, [], None, NOW) == ["reposted"]
    (sign,) = signs_of(now_open, twice, [], None, NOW)
    assert sign.says == "Posted 3 times in 120 days."
    assert [sight.posting for sight in sign.evidence] == ["b", "c"]
    assert names(now_open, [life("a", 60, 20)], [], None, NOW) == [], "once is no sign"
    assert names(now_open, [life("a", 200, 20)], [], None, NOW) == ["reposted"], "once, and for half a year"
    overlapping = [life("a", 90, 40), life("b", 50, 30)]
    assert names(now_open, overlapping, [], None, NOW) == [], "cities that come and go"
    assert names(now_open, [life("a", 90, 70, board=("x", "y")), life("b", 50, 30, rank=1)], [], None, NOW) == []
    assert names(now_open, [replace(one, aged=True) for one in twice], [], None, NOW) == [], "aged out is not gone"


def test_gone_at_the_employer_and_still_shown() -> None:
    shown = life("f", 40, board=("remoteok", "remoteok"), rank=1)
    gone = life("e", 60, 9)
    assert names(shown, [gone], [], None, NOW) == ["gone_at_employer"]
    assert names(shown, [gone, life("g", 9)], [], None, NOW) == [], "another copy is open there"
    assert names(gone, [shown], [], None, NOW) == []
    assert names(replace(shown, last_seen=NOW - 20 * DAY), [gone], [], None, NOW) == [], "not seen since"


def test_dates_that_move_while_the_text_stays() -> None:
    moves = [Move(NOW - n * DAY, NOW - (n + 7) * DAY, NOW - n * DAY) for n in (40, 30, 20, 10)]
    assert names(life("a", 60), [], moves, None, NOW) == ["date_moved"]
    assert names(life("a", 60), [], moves[:2], None, NOW) == []
    assert names(life("a", 60), [], moves, NOW - 25 * DAY, NOW) == [], "the text was edited between"
    backward = [Move(move.at, move.after, move.before) for move in moves]
    assert names(life("a", 60), [], backward, None, NOW) == []


def test_standing_adverts() -> None:
    pool = life("a", 300, title="Nurse - Talent Pool")
    assert names(pool, [], [], None, NOW) == ["standing_advert"]
    assert names(pool, [], [], NOW - 30 * DAY, NOW) == []
    assert names(life("a", 300), [], [], None, NOW) == []


def test_signs_of_what_is_stored(store: PostingStore) -> None:
    """A date that moves each week with the same text, as the store sees it."""
    for week in range(5):
        read(store, [posting(posted_at=NOW + week * 7 * DAY)], NOW + week * 7 * DAY)
    found = store.get(posting().id)
    assert found.posted_at == NOW + 28 * DAY, "what the board says"
    (sign,) = store.signs([found], NOW + 30 * DAY)[found.id]
    assert sign.name == "date_moved"
    assert len(sign.evidence) == 4
    assert [change.fields[0].field for change in store.changes(found.id)] == ["posted_at"] * 4


def test_a_repost_on_a_board_is_seen_through_the_group(small: PostingStore) -> None:
    for number in range(3):
        read(small, [posting(str(number))], NOW + number * 20 * DAY)
        read(small, [posting("other", title="Cook", text="Cook for us. " * 40)], NOW + (number * 20 + 10) * DAY)
    read(small, [posting("3")], NOW + 70 * DAY)
    found = small.get(posting("3").id)
    assert found.copies == 0, "the others are closed"
    assert [copy.posting.external_id for copy in small.copies(found)] == ["0", "1", "2"]
    assert [sign.name for sign in small.signs([found], NOW + 71 * DAY)[found.id]] == ["reposted"]


# -- closing by age, and alarms --------------------------------------------------------------------------------------


def test_a_feed_ages_out_and_brings_back(store: PostingStore) -> None:
    rows = [posting(str(n), source="remoteok", board="remoteok", text=f"{TEXT} {n}" * 2) for n in range(3)]
    assert read(store, rows, NOW, source="remoteok", feed=True) == (0, 0)
    assert read(store, rows[:1], NOW + 7 * DAY, source="remoteok", feed=True) == (0, 0), "a window closes nothing"
    assert read(store, rows[:1], NOW + 44 * DAY, source="remoteok", feed=True) == (0, 0)
    assert read(store, rows[:1], NOW + 46 * DAY, source="remoteok", feed=True) == (0, 2)
    gone = store.get(rows[1].id)
    assert (gone.closed_at, gone.closed_why) == (NOW + 46 * DAY, "unseen")
    assert gone.as_dict()["closed_reason"] == "unseen"
    read(store, rows[:2], NOW + 50 * DAY, source="remoteok", feed=True)
    back = store.get(rows[1].id)
    assert (back.closed_at, back.closed_why, back.as_dict()["closed_reason"]) == (None, None, None)


def test_what_is_past_its_day_ages_out_unless_it_is_still_shown(store: PostingStore) -> None:
    ends = NOW + 10 * DAY
    feed = {"source": "himalayas", "board": "himalayas", "closes_at": ends}
    rows = [posting("1", **feed), posting("2", **feed)]
    read(store, rows, NOW, source="himalayas", feed=True)
    assert read(store, rows[:1], NOW + 11 * DAY, source="himalayas", feed=True) == (0, 1)
    assert store.get(rows[1].id).closed_why == "ended"
    assert store.get(rows[0].id).closed_at is None
    own = posting("3", closes_at=ends)
    read(store, [own], NOW + 12 * DAY)
    assert store.get(own.id).closed_at is None, "its board lists it"
    assert store.get(own.id).as_dict()["closes_at"] == "2026-11-30T09:00:00+00:00"


def test_closed_by_its_board_is_told_apart(small: PostingStore) -> None:
    read(small, [posting("1"), posting("2")], NOW)
    assert read(small, [posting("1")], NOW + DAY) == (1, 0)
    assert small.get(posting("2").id).as_dict()["closed_reason"] == "gone"


def test_fewest_days() -> None:
    assert unseen_before(NOW, 3) == NOW - 8 * DAY, "windows of a week close nothing"
    assert unseen_before(NOW, 45, 30) == NOW - 30 * DAY
    assert unseen_before(NOW, 45, 2) == NOW - 8 * DAY


@pytest.mark.parametrize(
    ("before", "closed", "name"),
    [
        (100, 81, "shrunk"),
        (100, 80, None),
        (100, 100, "shrunk_to_nothing"),
        (9, 9, None),
        (10, 9, "shrunk"),
        (0, 0, None),
    ],
)
def test_a_board_that_shrinks(before: int, closed: int, name: str | None) -> None:
    found = alarm(closing=Closing(True), open_before=before, closed=closed)
    assert (found.name if found else None) == name
    assert found is None or (not found.held and found.as_dict()["says"] == found.says)


def test_a_board_that_is_empty_at_once_is_held() -> None:
    found = alarm(closing=Closing(False, "the board lists nothing", True), open_before=50, closed=0)
    assert found is not None
    assert (found.name, found.held) == ("shrunk_to_nothing", True)
