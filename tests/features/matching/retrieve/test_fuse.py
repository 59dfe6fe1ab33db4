"""Rankings merged by rank: what every merge must hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.matching.retrieve.fuse import FEW, fuse, merged

RANKING = st.lists(st.integers(0, 60), unique=True, max_size=30)
VIEWS = st.lists(RANKING, max_size=3)


@given(RANKING, VIEWS, st.booleans(), st.randoms())
def test_the_order_of_the_views_changes_nothing(
    words: list[int], views: list[list[int]], every: bool, dice: object
) -> None:
    shuffled = list(views)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merged(words, views, every=every) == merged(words, shuffled, every=every)


@given(RANKING, VIEWS, st.booleans())
def test_everything_found_is_there_once(words: list[int], views: list[list[int]], every: bool) -> None:
    found = merged(words, views, every=every)
    assert len(found) == len(set(found))
    assert set(found) == {*words, *(name for view in views for name in view)}


@given(RANKING)
def test_without_meaning_the_order_is_that_of_the_words(words: list[int]) -> None:
    assert merged(words, [], every=True) == merged(words, [[], []], every=False) == words


@given(st.lists(st.integers(0, 60), unique=True, min_size=1, max_size=FEW), VIEWS)
def test_the_few_that_hold_every_word_come_first(words: list[int], views: list[list[int]]) -> None:
    assert set(merged(words, views, every=True)[: len(words)]) == set(words)


@given(RANKING, VIEWS)
def test_what_stands_nowhere_before_another_stands_after_it(words: list[int], views: list[list[int]]) -> None:
    """One that every ranking which names either puts first is first in the merged order too."""
    found = merged(words, views, every=False)
    rankings = [words, *views]

    def before(one: int, other: int) -> bool:
        return all(
            one in ranking and (other not in ranking or ranking.index(one) < ranking.index(other))
            for ranking in rankings
            if one in ranking or other in ranking
        )

    for place, one in enumerate(found[:6]):
        assert not any(before(other, one) for other in found[place + 1 :])


def test_meaning_counts_as_much_as_words_however_many_views_it_has() -> None:
    assert merged([1], [[2], [2], [2]], every=False) == [1, 2]
    assert merged(list(range(20)), [[30], [30]], every=False).index(30) == 1
    scores = fuse([["a"], ["a"]])
    assert scores["a"] == 2 / 61
