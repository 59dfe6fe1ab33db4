"""Exact search equals the plain product, for any k."""

from __future__ import annotations

import numpy as np
import pytest

from jobbot.platform.inference import ExactIndex


def rows(count: int, dim: int = 16) -> np.ndarray:
    matrix = np.random.default_rng(count).normal(size=(count, dim)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.mark.parametrize("k", [1, 7, 50, 51, 1000])
def test_equals_the_plain_product(k: int) -> None:
    matrix = rows(50)
    ids = [f"p{n:02}" for n in range(50)]
    found = ExactIndex(ids, matrix).search(matrix[3], k)
    scores = matrix @ matrix[3]
    assert [ref for ref, _ in found] == [ids[n] for n in np.argsort(-scores)][:k]
    assert np.allclose([score for _, score in found], np.sort(scores)[::-1][:k], atol=1e-6)


def test_equal_scores_stand_in_the_order_of_ids() -> None:
    same = np.repeat(rows(1), 4, axis=0)
    assert [ref for ref, _ in ExactIndex(["d", "a", "c", "b"], same).search(same[0], 4)] == ["a", "b", "c", "d"]


def test_nothing_to_find() -> None:
    assert ExactIndex([], np.empty((0, 0), np.float32)).search(rows(1)[0], 5) == []
    assert ExactIndex(["a"], rows(1)).search(rows(1)[0], 0) == []


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="2 ids for 1 rows"):
        ExactIndex(["a", "b"], rows(1))
    with pytest.raises(ValueError, match="a query of 8 numbers"):
        ExactIndex(["a"], rows(1)).search(rows(1, 8)[0], 1)


@pytest.mark.parametrize("seed", range(40))
def test_several_queries_give_each_id_its_best_score_and_miss_no_equal_one(seed: int) -> None:
    dice = np.random.default_rng(seed)
    count, k = int(dice.integers(1, 300)), int(dice.integers(1, 120))
    few = dice.integers(-2, 3, (1 + count // 5, 6)).astype(np.float32)
    matrix, queries = few[dice.integers(0, len(few), count)], dice.integers(-2, 3, (4, 6)).astype(np.float32)
    ids = [f"p{n:03}" for n in dice.permutation(count)]
    best = (matrix @ queries.T).max(axis=1)
    plain = sorted(zip(ids, map(float, best), strict=True), key=lambda item: (-item[1], item[0]))
    assert ExactIndex(ids, matrix).nearest(queries, k) == plain[:k]
