"""The optimum is the optimum, and the greedy way keeps every rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.tailoring.select import Item, choose, exact, feasible, greedy, worth

URIS = ("a", "b", "c")


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[Item], float]:
    """A heading with roles in a chain, each with bullets."""
    items = [Item(0.0, draw(st.floats(1, 20)))]
    for _ in range(draw(st.integers(1, 3))):
        role = len(items)
        bullets = draw(st.integers(0, 3))
        recent = draw(st.booleans()) and bullets > 0
        cost = draw(st.floats(5, 20))
        items.append(
            Item(draw(st.floats(0, 9)), cost, 0, chain="roles", needs_child=recent, cap=draw(st.integers(1, 3)))
        )
        for _ in range(bullets):
            skills = draw(st.dictionaries(st.sampled_from(URIS), st.just(1.0), max_size=2))
            items.append(Item(draw(st.floats(0, 4)), draw(st.floats(5, 30)), role, skills))
        if bullets > 1 and draw(st.booleans()):
            items[-1] = replace(items[-1], twins=(len(items) - 2,))
            items[-2] = replace(items[-2], twins=(len(items) - 1,))
    return items, draw(st.floats(5, 160))


def best(items: list[Item], budget: float) -> float:
    sets = (set(c) for size in range(len(items) + 1) for c in combinations(range(len(items)), size))
    return max(worth(items, chosen) for chosen in sets if feasible(items, chosen, budget))


@settings(max_examples=60, deadline=None)
@given(pages())
def test_the_solver_finds_what_trying_everything_finds(page: tuple[list[Item], float]) -> None:
    items, budget = page
    found = exact(items, budget)
    assert found is not None
    assert feasible(items, set(found.chosen), budget)
    assert abs(found.value - best(items, budget)) < 1e-5


@settings(max_examples=60, deadline=None)
@given(pages())
def test_greedy_keeps_every_rule_and_never_beats_the_optimum(page: tuple[list[Item], float]) -> None:
    items, budget = page
    found = greedy(items, budget)
    assert feasible(items, set(found.chosen), budget)
    assert found.value <= best(items, budget) + 1e-9
    assert found == greedy(items, budget)


def test_greedy_is_near_the_optimum_on_a_full_page() -> None:
    items = [Item(0.0, 20.0), Item(8.0, 15.0, 0, chain="roles", needs_child=True, cap=20)]
    items += [Item(1 + (i * 7 % 11) / 5, 12.0 + (i * 5 % 3) * 12, 1, {URIS[i % 3]: 1.0}) for i in range(40)]
    optimum, quick = exact(items, 400.0), greedy(items, 400.0)
    assert optimum is not None
    assert quick.value >= 0.97 * optimum.value


def test_a_recent_role_gets_its_bullet_before_a_better_one_elsewhere() -> None:
    items = [
        Item(0.0, 10.0),
        Item(8.0, 10.0, 0, chain="roles", needs_child=True),
        Item(0.1, 20.0, 1),
        Item(8.0, 10.0, 0, chain="roles", needs_child=True),
        Item(9.0, 20.0, 3),
        Item(9.0, 20.0, 3),
    ]
    assert set(choose(items, 70.0).chosen) >= {2}


def test_a_chain_is_cut_from_its_end_only() -> None:
    items = [Item(0.0, 1.0), *(Item(value, 10.0, 0, chain="roles") for value in (0.1, 0.1, 9.0))]
    assert choose(items, 21.0).chosen == (0, 1, 2)
    assert choose(items, 31.0).chosen == (0, 1, 2, 3)


def test_a_skill_counts_once_and_a_little_for_the_second_time() -> None:
    items = [Item(1.0, 10.0, skills={"sql": 1.0}), Item(1.0, 10.0, skills={"sql": 1.0}), Item(1.5, 10.0)]
    assert 2 in choose(items, 20.0).chosen
    assert worth(items, {0, 1}) == 2.0 + 1.35


def test_of_twins_one_stands() -> None:
    items = [Item(2.0, 10.0, twins=(1,)), Item(3.0, 10.0, twins=(0,)), Item(1.0, 10.0)]
    assert choose(items, 100.0).chosen == (1, 2)
    assert greedy(items, 100.0).chosen == (1, 2)
    assert not feasible(items, {0, 1}, 100.0)


def test_nothing_fits_in_no_room() -> None:
    assert choose([Item(5.0, 10.0)], 3.0).chosen == ()
    assert choose([Item(5.0, 10.0)], -3.0).chosen == ()
    assert choose([], 3.0).chosen == ()
