"""Copies of an advert: what joins two postings, what never does, in any order, on both engines, in whose eyes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.group.alike import Seen, Sort, Verdict, compare
from jobbot.features.sources.group.join import grouped
from jobbot.features.sources.group.prints import employer_of, prints_of, role_words, text_print, url_print
from jobbot.features.sources.model import Posting, PostingFilter, Run
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId, new_id, short_hash
from jobbot.platform.storage import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DUTIES = (
    "wash and dress residents of the ward",
    "write the care plan with their families",
    "give medicines as the physician ordered",
    "train students who are new to the house",
    "keep the record of every night shift",
    "report falls and find out why they happened",
    "order what the ward needs for the week",
    "speak for residents who cannot do so themselves",
)
BOILERPLATE = (
    "Linden Homes has cared for people since 1950 in twelve houses by the river. We offer a pension, a bicycle, meals "
    "at cost price and thirty days of leave. All are welcome whatever their origin, age, faith or way of life."
)


def advert(place: str = "Leeds", duties: Iterable[str] = DUTIES) -> str:
    return f"{BOILERPLATE}\n\nYou will\n" + "\n".join(f"• {duty}" for duty in duties) + f"\n\nThe house is in {place}."


def posting(name: str, text: str, **more: Any) -> Posting:
    given = {"source": "ashby", "board": "linden", "company": "Linden Homes Ltd", "title": "Night Nurse"} | more
    external = given.pop("external_id", name)
    identity = PostingId(short_hash(given["source"], given["board"], external))
    known = Posting(id=identity, external_id=external, text=text, **given)
    return replace(known, content_hash=short_hash(known.title, text, str(known.locations), str(known.url)))


def seen(one: Posting) -> Seen:
    role, board = role_words(one.title, one.locations), (one.source, one.board)
    told = (one.locations, one.text, one.owner, board, employer_of(one.company))
    return Seen(one.id, prints_of(one), role, *told)


def verdict(one: Posting, other: Posting) -> Verdict:
    there, back = compare(seen(one), seen(other)), compare(seen(other), seen(one))
    assert there == back, "symmetric"
    return there


def sorts(found: Verdict) -> list[Sort]:
    return [item.sort for item in found.evidence]


def test_the_same_words_are_one_advert_however_they_are_set() -> None:
    board = posting("1", advert())
    feed = posting("2", advert().replace("• ", "- ").replace("\n\n", "\n").upper(), source="remoteok", board="remoteok")
    assert sorts(verdict(board, feed)) == [Sort.TEXT]
    assert verdict(board, feed).firm
    assert verdict(board, replace(feed, company="")).firm
    elsewhere = replace(feed, company="Birch Homes")
    assert verdict(board, elsewhere).firm, "by another name, under the same title"
    assert not verdict(board, replace(elsewhere, title="Ward Clerk")), "an agency's text for somebody else"


def test_nearly_the_same_words_count_for_one_employer_and_one_title() -> None:
    leeds = posting("1", advert("Leeds"), title="Night Nurse - Leeds", locations=("Leeds, UK",))
    york = posting("2", advert("York"), title="Night Nurse (York)", locations=("York, UK",), company="Linden Homes")
    found = verdict(leeds, york)
    assert sorts(found) == [Sort.NEAR]
    assert found.evidence[0].value is not None
    assert found.evidence[0].value >= 0.85
    assert "Jaccard" in found.evidence[0].says
    assert not verdict(leeds, replace(york, company="Birch Homes"))
    assert not verdict(leeds, replace(york, title="Day Nurse (York)"))


def test_title_and_employer_alone_are_never_enough() -> None:
    """Two teams, the same boilerplate, other duties."""
    one = posting("1", advert(duties=DUTIES[:4]), locations=("Leeds",))
    other = posting("2", advert(duties=DUTIES[4:]), locations=("Leeds",))
    assert not verdict(one, other)


def test_a_page_that_two_lead_to() -> None:
    one = posting("1", advert(), url="https://boards.example/linden/jobs/7?utm_source=mail")
    title_only = posting("2", "", source="mail", board="by hand", url="http://www.boards.example/linden/jobs/7/apply")
    assert sorts(verdict(one, title_only)) == [Sort.PAGE]
    assert not verdict(one, replace(title_only, title="Cook"))
    another = posting("3", advert(duties=DUTIES[:1]) + " Come to us." * 60, url="https://boards.example/linden/jobs/7")
    assert not verdict(one, another), "one address, another advert"


def test_an_excerpt_and_a_title_are_added_where_there_is_one_place_for_them() -> None:
    whole = posting("1", advert(), locations=("Leeds",))
    excerpt = posting("2", advert()[:420], locations=("Leeds, UK",), source="jobicy", board="jobicy")
    title_only = posting("3", "", locations=("Leeds",), source="muse", board="muse")
    assert sorts(verdict(whole, excerpt)) == [Sort.EXCERPT, Sort.ROLE]
    assert len(set(grouped(map(seen, (whole, excerpt, title_only))).values())) == 1
    team = posting(
        "4", advert(duties=reversed(DUTIES[2:6])) + " Nights only, every other week, with a car.", locations=("Leeds",)
    )
    assert not verdict(whole, team)
    groups = grouped(map(seen, (whole, team, title_only)))
    assert len(set(groups.values())) == 3, "which of the two teams the title is of, nobody knows"
    assert not verdict(whole, replace(title_only, locations=("York",)))
    assert not verdict(title_only, replace(title_only, id=PostingId("b" * 16))), "two openings of one board"


def test_prints_tell_nothing_of_nothing() -> None:
    assert text_print("Apply on our site.") is None
    assert text_print("") is None
    assert url_print(None) is None
    assert url_print("https://example.org") is None or url_print("https://example.org") == url_print(
        "https://www.example.org/"
    )
    assert url_print("nonsense") is None
    assert role_words("Remote", ()) == ("remote",)
    assert role_words("Nurse (m/w/d) in Köln", ("Köln, Germany",)) == ("nurse",)


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_prints_of_anything_can_be_taken(title: str, text: str, places: list[str]) -> None:
    one = posting("1", text, title=title, locations=tuple(places), url=title, company=text[:50])
    assert prints_of(one) == prints_of(one)
    assert verdict(one, one) or not prints_of(one).text


@given(st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(chance: random.Random) -> None:
    own = UserId("local")
    crowd = [
        posting("1", advert("Leeds"), locations=("Leeds",)),
        posting("2", advert("York"), locations=("York",)),
        posting("3", advert(), source="remoteok", board="remoteok", company=""),
        posting("4", "", locations=("York",), owner=own, source="mail", board="by hand"),
        posting("5", advert(duties=DUTIES[:2]), locations=("Leeds",)),
        posting("6", advert()[:400], locations=("Leeds",)),
    ]
    wanted = grouped(map(seen, crowd))
    chance.shuffle(crowd)
    assert grouped(map(seen, crowd)) == wanted


# -- in the database -------------------------------------------------------------------------------------------------


@pytest.fixture
def store(database: Database) -> PostingStore:
    return PostingStore(database)


def save(store: PostingStore, postings: Sequence[Posting], at: datetime = NOW, reader: int = 0) -> None:
    run = Run(new_id(), None, "ashby", "linden", None, at, reader)
    store.journal.begin(run)
    store.save(run, [(item, b"x") for item in postings])
    store.finish(run, "complete", {}, [])


def groups(store: PostingStore, user: UserId = LOCAL_USER) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in store.all(user, closed=True):
        found.setdefault(one.group, set()).add(one.external_id)
    return {frozenset(some) for some in found.values()}


CROWD = [
    posting("a", advert("Leeds"), locations=("Leeds",), title="Night Nurse - Leeds"),
    posting("b", advert("York"), locations=("York",)),
    posting("c", advert(), source="remoteok", board="remoteok", company="Linden Homes"),
    posting("d", advert(duties=DUTIES[4:]), locations=("Leeds",)),
    posting("e", advert(duties=DUTIES[:3]) + BOILERPLATE[::-1], title="Cook"),
]
TOGETHER = {frozenset("abc"), frozenset("d"), frozenset("e")}


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 2, 0, 3, 1), (2, 1, 3, 4, 0)])
def test_the_store_groups_alike_in_any_order_and_pieces(store: PostingStore, order: tuple[int, ...]) -> None:
    save(store, [CROWD[order[0]], CROWD[order[1]]])
    for place in order[2:]:
        save(store, [CROWD[place]])
    assert groups(store) == TOGETHER
    save(store, CROWD)
    assert groups(store) == TOGETHER, "again, nothing changes"


def test_one_that_changes_leaves_its_group_and_comes_back(store: PostingStore) -> None:
    save(store, CROWD)
    save(store, [posting("b", advert(duties=DUTIES[:1]) + " Come as you are." * 40, locations=("York",))])
    assert groups(store) == {frozenset("ac"), frozenset("b"), frozenset("d"), frozenset("e")}
    save(store, [CROWD[1]])
    assert groups(store) == TOGETHER


def test_a_bridge_that_goes_leaves_two_groups(store: PostingStore) -> None:
    near, far = advert(), advert() + "".join(f" Word{n} again." for n in range(8))
    between = advert() + "".join(f" Word{n} again." for n in range(4))
    ends = [posting("x", near), posting("z", far)]
    save(store, [*ends, posting("y", between)])
    joined = groups(store)
    save(store, [posting("y", advert(duties=DUTIES[:2]) + " Other words." * 60)])
    assert joined == {frozenset("xyz")}
    expected = {frozenset("xz"), frozenset("y")} if verdict(*ends) else {frozenset("x"), frozenset("z"), frozenset("y")}
    assert groups(store) == expected


def test_what_somebody_brought_is_grouped_in_their_eyes_alone(store: PostingStore) -> None:
    mine = posting("m", advert(), owner=LOCAL_USER, source="mail", board="by hand")
    theirs = posting("t", advert(), owner=UserId("other"), source="mail", board="by hand", external_id="t")
    save(store, [CROWD[0], mine, theirs])
    assert groups(store) == {frozenset("am")}
    assert groups(store, UserId("other")) == {frozenset("at")}
    assert groups(store, UserId("third")) == {frozenset("a")}
    assert [one.copies for one in store.all(UserId("third"))] == [0]
    assert [one.copies for one in store.all()] == [1, 1]


def test_own_postings_never_join_two_public_groups(store: PostingStore) -> None:
    teams = [posting("1", advert(duties=DUTIES[:4]), locations=("Leeds",), url="https://x.example/jobs/1"), CROWD[3]]
    title = posting("m", "", owner=LOCAL_USER, locations=("Leeds",), source="mail", board="by hand")
    save(store, [*teams, title])
    assert groups(store) == {frozenset("1"), frozenset("d"), frozenset("m")}


def test_copies_are_told_with_evidence_the_employers_own_board_first(store: PostingStore) -> None:
    save(store, [CROWD[2], CROWD[0], CROWD[1]])
    feed = store.get(CROWD[2].id)
    told = store.copies(feed)
    assert [copy.posting.source for copy in told] == ["ashby", "ashby"]
    assert [item.sort for item in told[0].evidence] == [Sort.TEXT]
    assert told[0].through is None
    assert feed.copies == 2
    assert {"id", "evidence", "through", "closed_reason"} <= set(told[0].as_dict())


def test_a_list_of_one_of_each(store: PostingStore) -> None:
    save(store, CROWD)
    every = store.page(PostingFilter())
    assert len(every.items) == 5
    unique = store.page(PostingFilter(unique=True))
    assert {one.external_id for one in unique.items} == {"a", "d", "e"}, "the employer's own that came first"
    assert {one.external_id for one in store.page(PostingFilter(unique=True, source="remoteok")).items} == {"c"}
    assert {one.external_id for one in store.page(PostingFilter("nurse", unique=True)).items} == {"a", "d"}
    first = store.page(PostingFilter(unique=True), limit=2)
    rest = store.page(PostingFilter(unique=True), cursor=first.next or "", limit=2)
    assert {one.external_id for one in (*first.items, *rest.items)} == {"a", "d", "e"}
    assert rest.next is None
    best = [store.page(PostingFilter("residents", unique=True), cursor="", limit=1)]
    while best[-1].next:
        best.append(store.page(PostingFilter("residents", unique=True), cursor=best[-1].next, limit=1))
    assert len({one.id for page in best for one in page.items}) == sum(len(page.items) for page in best) == 3


def test_marks_of_before_an_upgrade_are_made_later(store: PostingStore) -> None:
    from sqlalchemy import text

    save(store, CROWD)
    with store.database.write() as session:
        session.execute(text("DELETE FROM posting_marks"))
        session.execute(text("DELETE FROM settings_kv WHERE name = 'posting_marks'"))
    assert len(groups(store)) == 5, "each alone"
    assert len(store.page(PostingFilter(unique=True)).items) == 5
    save(store, [posting("z", advert(duties=DUTIES[:1]), title="Porter")], NOW + timedelta(days=1))
    assert groups(store) == TOGETHER | {frozenset("z")}
