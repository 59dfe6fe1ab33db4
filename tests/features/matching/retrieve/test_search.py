"""Search by words and by meaning over real stores: filters, owners, pages, and when it is words alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.features.matching.sample import extractor

from jobbot.features.matching import views
from jobbot.features.matching.retrieve.search import NO_ENCODER, NO_VECTORS, Search
from jobbot.features.matching.retrieve.wording import otherwise
from jobbot.features.sources.facts import read as facts
from jobbot.features.sources.model import Posting, PostingFilter, Run
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId, new_id, short_hash
from jobbot.kernel.report import silent
from jobbot.platform.inference import VectorStore
from jobbot.platform.storage import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SAME = {"k8s": "kubernetes", "rn": "nurse", "registered": "nurse", "coder": "developer", "krankenpfleger": "nurse"}


class Meaning:
    """An encoder without weights that knows a few words of one meaning; reads English."""

    def __init__(self, card: str = "one", languages: tuple[str, ...] = ("en",)) -> None:
        self.card: Any = SimpleNamespace(card_id=card, dim=256, reads=lambda code: code is None or code in languages)
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Any:
        self.seen += texts
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace(".", " ").split()[: max_tokens or 999]:
                rows[row, hashlib.sha256(SAME.get(word, word).encode("utf-8", "replace")).digest()[0]] += 1
            rows[row] /= np.linalg.norm(rows[row]) or 1.0
        return rows


def posting(number: int, title: str, text: str = "Work with us.", **more: Any) -> Posting:
    key = PostingId(short_hash("search", str(number)))
    where = more.get("locations", ())
    found = facts.read(title, where, remote=more.get("remote"), country=None, employment_type=None, text=text)
    base = Posting(key, "ashby", "linden", str(number), title, "Linden", text=text, language="en", facts=found)
    day = NOW - timedelta(days=number)
    return replace(base, content_hash=short_hash(title, text), posted_at=day, **more)


POSTINGS = [
    posting(1, "Nurse"),
    posting(2, "Senior Kubernetes developer", company="Tidewell", locations=("Leeds, UK",)),
    posting(3, "Kubernetes coder", remote="remote", source="lever"),
    posting(4, "Nurse", text="Mara alone.", owner=LOCAL_USER),
    posting(5, "Nurse", text="Of somebody else.", owner=UserId("bob")),
    posting(6, "Krankenpfleger", text="Pflege in der Nacht.", language="de"),
    posting(7, "Baker"),
    posting(8, "Registered nurse"),
]


def save(store: PostingStore, postings: Sequence[Posting], keep: Sequence[str] | None = None) -> None:
    for owner in sorted({one.owner or "" for one in postings}):
        run = Run(new_id(), None, "ashby", "linden", UserId(owner) if owner else None, NOW)
        store.journal.begin(run)
        store.save(run, [(one, b"x") for one in postings if (one.owner or "") == owner])


def embed(store: PostingStore, encoder: Any, vectors: VectorStore) -> None:
    for user in (LOCAL_USER, UserId("bob")):
        light = store.light(user)
        parts = (extractor().extract, encoder, vectors, user, silent)
        views.embed(light, lambda some, user=user: store.many([one.id for one in some], user), *parts)


def searching(database: Database, encoder: Any = None, postings: Sequence[Posting] = POSTINGS) -> Search:
    store, vectors = PostingStore(database), VectorStore(database)
    save(store, postings)
    if encoder is not None:
        embed(store, encoder, vectors)
    return Search(store, lambda: encoder, vectors, lambda: "model" if encoder else "")


def numbers(search: Search, words: str, user: UserId = LOCAL_USER, **more: Any) -> list[int]:
    page = search.page(PostingFilter(words, **more), user).page
    return [int(one.external_id) for one in page.items]


def test_what_means_the_same_is_found_and_said_so(database: Database) -> None:
    search = searching(database, Meaning())
    found = search.page(PostingFilter("k8s developer"))
    by = {int(one.external_id): found.by[one.id] for one in found.page.items}
    assert by == {2: "both", 3: "meaning"}
    assert found.notes == ()
    assert found.page.next is None
    assert set(numbers(search, "rn")) == {1, 4, 8}


def test_what_was_typed_and_is_there_comes_before_what_resembles_it(database: Database) -> None:
    search = searching(database, Meaning())
    assert numbers(search, "tidewell") == [2]
    assert numbers(search, "tidewell nurse")[0] == 2 or 2 in numbers(search, "tidewell nurse")
    assert numbers(search, "registered nurse")[0] == 8


def test_filters_hold_for_what_meaning_finds(database: Database) -> None:
    search = searching(database, Meaning())
    assert set(numbers(search, "k8s coder")) == {2, 3}
    assert numbers(search, "k8s coder", remote=True) == [3]
    assert numbers(search, "k8s coder", source="ashby") == [2]
    assert numbers(search, "k8s coder", company="tide") == [2]
    assert numbers(search, "k8s coder", location="Leeds") == [2]
    assert numbers(search, "k8s coder", country="UK") == numbers(search, "k8s coder", seniority="senior") == [2]
    assert numbers(search, "k8s coder", since=NOW - timedelta(days=2)) == [2]
    assert numbers(search, "k8s coder", min_salary=1.0) == []
    with pytest.raises(InvalidInput):
        search.page(PostingFilter("k8s", seniority="duke"))


def test_nobody_finds_what_is_somebody_elses(database: Database) -> None:
    search = searching(database, Meaning())
    assert set(numbers(search, "rn")) == {1, 4, 8}
    assert set(numbers(search, "rn", UserId("bob"))) == {1, 5, 8}
    assert set(numbers(search, "rn", UserId("eve"))) == {1, 8}


def test_closed_postings_are_found_only_when_asked_for(database: Database) -> None:
    search, store = searching(database, Meaning()), PostingStore(database)
    from sqlalchemy import text

    with database.write() as session:
        session.execute(text("UPDATE postings SET closed_at = listed_at WHERE external_id = '1'"))
    assert 1 not in numbers(search, "rn")
    assert numbers(search, "rn", closed=True) == [1]
    assert store.page(PostingFilter("rn", closed=True)).items == ()


def test_without_an_encoder_it_is_by_words_and_says_so(database: Database) -> None:
    search = searching(database)
    plain = PostingStore(database).page(PostingFilter("nurse"))
    found = search.page(PostingFilter("nurse"))
    assert found.page == plain
    assert (found.by, found.notes) == ({}, (NO_ENCODER,))
    unmade = Search(PostingStore(database), Meaning, VectorStore(database), lambda: "model")  # type: ignore[arg-type,return-value]
    assert unmade.page(PostingFilter("nurse")) == (plain, {}, (NO_VECTORS,))


def test_a_text_that_the_encoder_does_not_read_is_found_by_its_words(database: Database) -> None:
    search = searching(database, Meaning())
    assert 6 not in numbers(search, "rn"), "its vector is near, but it says nothing"
    assert 6 in numbers(search, "krankenpfleger")
    asked = "Wir suchen eine Krankenpflegerin oder einen Krankenpfleger für die Nacht, gern mit viel Erfahrung im Beruf"
    found = search.page(PostingFilter(asked))
    assert "does not read de" in found.notes[0]
    assert set(found.by) == set()
    assert 6 in numbers(searching(database, Meaning("many", ("en", "de"))), "rn")


def test_vectors_of_another_model_are_not_compared(database: Database) -> None:
    """Not even where both have as many numbers; the search says that it is by words, and is whole after embedding."""
    old = Meaning("old")
    searching(database, old)
    store, vectors, new = PostingStore(database), VectorStore(database), Meaning("new")
    search = Search(store, lambda: new, vectors, lambda: "new")  # type: ignore[arg-type,return-value]
    assert search.page(PostingFilter("k8s")).notes == (NO_VECTORS,)
    vectors.put("new", {"something else": new.encode(["something else"])[0]})
    assert numbers(search, "k8s") == []
    embed(store, new, vectors)
    assert set(numbers(search, "k8s")) == {2, 3}


def test_pages_are_apart_and_together_the_whole(database: Database) -> None:
    many = [posting(n, f"Nurse {n}", text=f"Ward {n % 7}.") for n in range(1, 131)]
    others = [posting(200 + n, f"Registered carer {n}") for n in range(40)]
    search = searching(database, Meaning(), [*many, *others])
    whole = search.page(PostingFilter("nurse"), limit=400).page
    assert {int(one.external_id) for one in whole.items} >= set(range(1, 131)), "every word found is in some page"
    for limit in (7, 50, 120):
        items, cursor = [], ""
        while True:
            page = search.page(PostingFilter("nurse"), LOCAL_USER, cursor, limit).page
            items += page.items
            if page.next is None:
                break
            cursor = page.next
        assert [one.id for one in items] == [one.id for one in whole.items]
    by = search.page(PostingFilter("nurse"), limit=400).by
    assert sum(how == "meaning" for how in by.values()) == len(whole.items) - 130


def test_a_list_goes_on_as_it_began(database: Database) -> None:
    """Vectors that come between two pages, and an encoder that goes, change no page of a list that was begun."""
    many = [posting(n, f"Nurse {n}") for n in range(1, 31)]
    before = searching(database, postings=many)
    first = before.page(PostingFilter("nurse"), limit=10).page
    encoder = Meaning()
    after = searching(database, encoder, many)
    second = after.page(PostingFilter("nurse"), LOCAL_USER, first.next or "", 10)
    assert second.by == {}
    assert {one.id for one in first.items}.isdisjoint(one.id for one in second.page.items)
    begun = after.page(PostingFilter("nurse"), limit=10).page
    save(PostingStore(database), [posting(n, "Nurse nurse nurse") for n in range(40, 60)])
    embed(PostingStore(database), encoder, VectorStore(database))
    rest = after.page(PostingFilter("nurse"), LOCAL_USER, begun.next or "", 10).page
    assert {one.id for one in begun.items}.isdisjoint(one.id for one in rest.items)
    with pytest.raises(InvalidInput, match="search anew"):
        before.page(PostingFilter("nurse"), LOCAL_USER, begun.next or "", 10)
    for foreign in ("x", "fjEwIA", "fi0xIGFi", "fjEwIC4u"):
        with pytest.raises(InvalidInput, match="no cursor"):
            after.page(PostingFilter("nurse"), LOCAL_USER, foreign)


def test_of_copies_one_is_shown_where_that_is_asked_for(database: Database) -> None:
    text = "We look for a nurse who works with kubernetes at night and likes to travel to our wards by the sea. " * 3
    copies = [posting(n, "Nurse", text=text, board=f"b{n}") for n in (1, 2)]
    search = searching(database, Meaning(), [*copies, posting(3, "Registered nurse")])
    assert len(numbers(search, "rn")) == 3
    assert len(numbers(search, "rn", unique=True)) == len({one.group for one in PostingStore(database).light()})


HOSTILE = [
    "nurse OR",
    '"',
    "nurse*",
    "NEAR(a b)",
    "title:nurse",
    "-nurse",
    "a AND",
    "\x00",
    "nur\x00se",
    "😀",
    "(",
    "^",
]


def test_nothing_typed_is_an_operator(database: Database) -> None:
    search = searching(database, Meaning())
    for words in (
        *HOSTILE,
        "\ud800nurse",
        "nurse " * 2_000,
        "x" * 10_000,
        "' OR 1=1 --",
        "<->",
        "%",
        "a\x00b " * 3_000,
    ):
        assert len(search.page(PostingFilter(words)).page.items) <= 20


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_text_is_an_error(small: Search, words: str) -> None:
    found = small.page(PostingFilter(words or "x"))
    assert set(found.by.values()) <= {"words", "meaning", "both"}


@pytest.fixture
def small(sqlite: Database) -> Search:
    return searching(sqlite, Meaning())


def test_a_skill_is_found_by_its_other_name(sqlite: Database) -> None:
    """By its words, where the encoder knows nothing of it."""
    store, vectors, encoder = PostingStore(sqlite), VectorStore(sqlite), Meaning()
    save(store, [posting(1, "Engineer", text="We write PostgreSQL."), posting(2, "Engineer", text="We bake.")])
    embed(store, encoder, vectors)
    asked = "postgres engineer"
    plain = Search(store, lambda: encoder, vectors, lambda: "one")  # type: ignore[arg-type,return-value]
    parts = (store, lambda: encoder, vectors, lambda: "one")
    knowing = Search(*parts, lambda words: otherwise(words, extractor().taxonomy))  # type: ignore[arg-type]
    assert otherwise(asked, extractor().taxonomy) == ("postgresql engineer",)
    assert otherwise("go engineer", extractor().taxonomy) == ()
    assert otherwise("", extractor().taxonomy) == ()
    assert numbers(knowing, asked)[0] == 1
    assert set(numbers(plain, asked)) == set(numbers(knowing, asked))
