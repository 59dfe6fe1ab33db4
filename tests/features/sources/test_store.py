"""The store on both engines: search, pages, prefixes, companies, half-done runs."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobbot.features.sources.lifecycle import Outcome
from jobbot.features.sources.model import Board, Posting, PostingFilter, Run
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId, new_id, short_hash
from jobbot.kernel.money import Salary
from jobbot.platform.storage import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FROM_ABOVE = "zzzz"


def posting(number: int, title: str = "Nurse", text: str = "Care for people.", **more: Any) -> Posting:
    return Posting(
        id=PostingId(short_hash("test", str(number))),
        source="ashby",
        board="linden",
        external_id=str(number),
        title=title,
        company=more.pop("company", "Linden"),
        text=text,
        content_hash=short_hash(title, text),
        posted_at=NOW - timedelta(days=number),
        **more,
    )


def save(store: PostingStore, postings: Sequence[Posting]) -> Run:
    run = Run(new_id(), None, "ashby", "linden", None, NOW)
    store.journal.begin(run)
    store.save(run, [(item, b"x") for item in postings])
    return run


@pytest.fixture
def store(database: Database) -> PostingStore:
    return PostingStore(database)


@pytest.fixture
def small(sqlite: Database) -> PostingStore:
    return PostingStore(sqlite)


def test_a_word_of_the_title_counts_more(store: PostingStore) -> None:
    body = posting(1, "Porter", "You will meet every nurse of the ward and many other people of this hospital.")
    save(store, [body, posting(2, "Night Nurse", "Work at night. Care for people of this hospital and its ward.")])
    assert [key for key, _ in store.search("nurses")] == [posting(2).id, body.id]
    assert [key for key, _ in store.search("nurses", every=True)] == [posting(2).id, body.id]
    assert store.search("nurse night", every=True)[0][0] == posting(2).id
    assert len(store.search("nurse night", every=True)) == 1
    scores = [score for _, score in store.search(["nurse", "ward"])]
    assert scores == sorted(scores, reverse=True)


def test_the_index_follows_what_changes(store: PostingStore) -> None:
    save(store, [posting(1, text="Bake bread."), posting(2, text="Mill flour.")])
    save(store, [posting(1, text="Bake rolls.")])
    assert store.search("bread") == []
    assert [key for key, _ in store.search("rolls")] == [posting(1).id]
    assert [key for key, _ in store.search("flour")] == [posting(2).id]


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "AND OR NOT",
        "title:nurse",
        "nurse*",
        "(nurse",
        "a NEAR b",
        "nurse'",
        "-nurse",
        "& | !",
        "",
        "\x00",
        "nurse:*",
        "'; --",
    ],
)
def test_words_are_never_an_operator(store: PostingStore, words: str) -> None:
    save(store, [posting(1)])
    found = store.search(words)
    assert bool(found) is ("nurse" in words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.booleans())
def test_nothing_a_person_types_is_an_error(small: PostingStore, words: str, every: bool) -> None:
    assert isinstance(small.search(words, every=every), list)


def test_symbols_that_are_words(small: PostingStore) -> None:
    save(small, [posting(1, "C++ developer"), posting(2, "C# developer"), posting(3, "C developer")])
    assert [key for key, _ in small.search("c++")] == [posting(1).id]
    assert [key for key, _ in small.search("C#")] == [posting(2).id]


def test_pages_newest_first(store: PostingStore) -> None:
    save(store, [posting(number) for number in range(1, 8)])
    seen, cursor, pages = [], "", 0
    while True:
        page = store.page(PostingFilter(), cursor=cursor, limit=3)
        seen += [item.external_id for item in page.items]
        pages += 1
        if page.next is None:
            break
        cursor = page.next
        save(store, [posting(100 + pages)])
    assert seen == ["1", "2", "3", "4", "5", "6", "7", "101", "102"][: len(seen)]
    assert pages == 3


def test_pages_of_a_search(store: PostingStore) -> None:
    save(store, [posting(number, "Nurse " + "ward " * number) for number in range(1, 6)])
    first = store.page(PostingFilter(query="nurse"), limit=3)
    assert first.next is not None
    second = store.page(PostingFilter(query="nurse"), cursor=first.next, limit=3)
    assert second.next is None
    assert {item.external_id for item in (*first.items, *second.items)} == {"1", "2", "3", "4", "5"}


def test_a_search_that_matches_too_much_ranks_what_came_last(database: Database) -> None:
    """The same on every page; and what is closed does not stand in the way of what is open."""
    store = PostingStore(database, broad=4)
    board = Board(new_id(), "ashby", "linden", connected_at=NOW)
    store.journal.keep(board, "linden")
    run = Run(new_id(), board.id, "ashby", "linden", None, NOW)
    store.journal.begin(run)
    store.save(run, [(posting(number, "Nurse " + "ward " * (9 - number)), b"x") for number in range(1, 10)])

    def walked(**asked: Any) -> list[str]:
        seen, cursor = [], ""
        while True:
            page = store.page(PostingFilter("nurse", **asked), cursor=cursor, limit=2)
            seen += [item.external_id for item in page.items]
            if page.next is None:
                return seen
            cursor = page.next

    assert sorted(walked()) == sorted(walked(source="ashby")) == ["6", "7", "8", "9"]
    assert len(store.search("nurse")) == 9
    assert store.finish(run, "complete", {}, [], {"1", "2", "3"}) == 6
    assert sorted(walked()) == sorted(walked(source="ashby")) == ["1", "2", "3"]
    assert sorted(walked(closed=True)) == ["6", "7", "8", "9"]


def test_every_word_if_anything_open_holds_them_all_else_any(store: PostingStore) -> None:
    save(store, [posting(1, "Night nurse"), posting(2, "Nurse"), posting(3, "Baker")])
    assert [item.external_id for item in store.page(PostingFilter("night nurse")).items] == ["1"]
    assert {item.external_id for item in store.page(PostingFilter("baker nurse")).items} == {"1", "2", "3"}
    assert store.page(PostingFilter("plumber")).items == ()
    assert store.page(PostingFilter("...")).items == ()


def test_rows_of_a_page_say_the_same_as_the_posting_but_for_its_text(store: PostingStore) -> None:
    pay = (Salary(30, 40, "USD", "hour"),)
    save(store, [posting(1, locations=("Köln",), salaries=pay, remote="hybrid", notes=("cut",), owner=LOCAL_USER)])
    whole = store.get(posting(1).id)
    for asked in (PostingFilter(), PostingFilter("nurse"), PostingFilter("nurse", source="ashby")):
        assert store.page(asked).items == (replace(whole, text="", html=""),)


@pytest.mark.parametrize("cursor", ["!", "abc", "é", "QA", "QDEyMzQ1Njc4OTAxMg"])
def test_a_foreign_cursor_is_refused(small: PostingStore, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor"):
        small.page(PostingFilter(), cursor=cursor)


def test_filters(store: PostingStore) -> None:
    hourly = Salary(30, 40, "USD", "hour")
    save(
        store,
        [
            posting(1, company="Kestrel Câre", locations=("Köln, Germany",), remote="remote"),
            posting(2, salaries=(hourly,), locations=("50% Berlin",)),
            posting(30, salaries=(Salary(50_000, 60_000, "EUR", "year"),)),
        ],
    )

    def found(**asked: Any) -> list[str]:
        return [item.external_id for item in store.page(PostingFilter(**asked)).items]

    assert found(company="KESTREL care") == ["1"]
    assert found(location="koln") == ["1"]
    assert found(location="50%") == ["2"]
    assert found(location="%") == ["2"]
    assert found(remote=True) == ["1"]
    assert found(since=NOW - timedelta(days=7)) == ["1", "2"]
    assert found(min_salary=70_000) == ["2"]
    assert found(min_salary=50_000) == ["2", "30"]
    assert found(source="lever") == []
    assert found(closed=True) == []
    assert found(query="nurse", min_salary=70_000) == ["2"]


def test_light_rows_are_never_older_than_the_last_write_of_any_process(store: PostingStore) -> None:
    """Same moment, same count, same numbers: only the stamp tells; `other` stands for another process."""
    other, ada = PostingStore(store.database), UserId("ada")
    save(store, [posting(1), posting(2)])
    before = store.light()
    assert store.light() == before == other.light()
    save(other, [posting(2, "Night nurse")])
    assert [row.title for row in store.light()] == ["Nurse", "Night nurse"]
    save(other, [posting(3, "Ada's own", owner=ada)])
    assert len(store.light()) == 2
    assert len(store.light(ada)) == 3
    with contextlib.suppress(RuntimeError), store.database.unit():
        save(store, [posting(4)])
        assert len(store.light()) == 3
        raise RuntimeError("rolled back")
    assert len(store.light()) == 2


def test_light_rows_say_the_same_as_postings(store: PostingStore) -> None:
    pay = (Salary(30, 40, "USD", "hour"),)
    save(store, [posting(1, locations=("Köln",), salaries=pay), posting(2, remote="hybrid")])
    for light, whole in zip(store.light(), store.all(), strict=True):
        for name in light._fields:
            assert getattr(light, name) == getattr(whole, name), name


def test_many_keep_the_order_asked_for(store: PostingStore) -> None:
    save(store, [posting(1), posting(2), posting(3)])
    ids = [posting(3).id, PostingId("a" * 16), posting(1).id]
    assert [item.external_id for item in store.many(ids)] == ["3", "1"]


def test_prefixes(store: PostingStore) -> None:
    save(store, [replace(posting(n), id=PostingId(key)) for n, key in enumerate(("abcd" * 4, "abce" * 4, "xyz2" * 4))])
    assert store.get("xy").id == "xyz2" * 4
    assert store.get(" ABCD ").id == "abcd" * 4
    with pytest.raises(InvalidInput) as unclear:
        store.get("abc")
    assert len(unclear.value.errors) == 2
    assert "abcd" * 4 in str(unclear.value.errors[0])
    with pytest.raises(NotFound):
        store.get(FROM_ABOVE)
    with pytest.raises(InvalidInput):
        store.get("a%")


def test_one_employer_has_one_identity(store: PostingStore) -> None:
    save(
        store,
        [posting(1, company="Kestrel Care"), posting(2, company="KESTREL CARE Ltd."), posting(3, company="Other")],
    )
    identities = [item.company_id for item in store.all()]
    assert identities[0] == identities[1] != identities[2]


def test_a_batch_is_written_whole_or_not_at_all(store: PostingStore) -> None:
    run = Run(new_id(), None, "ashby", "linden", None, NOW)
    store.journal.begin(run)
    broken = replace(posting(2), title=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"(?i)null"):
        store.save(run, [(posting(1), b"x"), (broken, b"x")])
    assert store.counts()["open"] == 0
    assert store.search("nurse") == []


def test_a_run_that_was_killed_is_marked_and_done_again(store: PostingStore) -> None:
    board = Board(new_id(), "ashby", "linden", connected_at=NOW)
    store.journal.keep(board, "linden")
    first = Run(new_id(), board.id, "ashby", "linden", None, NOW)
    store.journal.begin(first)
    store.save(first, [(posting(1), b"x")])
    second = Run(new_id(), board.id, "ashby", "linden", None, NOW)
    store.journal.begin(second)
    outcomes = store.save(second, [(posting(1), b"x"), (posting(2), b"x")])
    assert outcomes == {Outcome.UNCHANGED: 1, Outcome.NEW: 1}
    assert store.finish(second, "complete", {}, [], {"1", "2"}) == 0
    assert store.open_by_board() == {board.id: 2}
    assert store.journal.find("ashby", "linden") == board


def test_light_rows_lose_what_a_board_no_longer_lists(store: PostingStore) -> None:
    board = Board(new_id(), "ashby", "linden", connected_at=NOW)
    store.journal.keep(board, "linden")
    run = Run(new_id(), board.id, "ashby", "linden", None, NOW)
    store.journal.begin(run)
    store.save(run, [(posting(1), b"x"), (posting(2), b"x")])
    assert len(store.light()) == 2
    assert store.finish(run, "complete", {}, [], {"1"}) == 1
    assert [row.id for row in store.light()] == [posting(1).id]
