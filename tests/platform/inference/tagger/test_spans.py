"""Words, tags and spans: what goes in comes out, and no span begins in its middle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jobbot.platform.inference.load import Found
from jobbot.platform.inference.tagger.spans import (
    BEGIN,
    INSIDE,
    OUTSIDE,
    best_path,
    decode,
    log_softmax,
    runs,
    tags_of,
    words_of,
)
from jobbot.platform.inference.tagger.stages import tokenizer

NUMBERS = st.floats(-20, 20, width=32)


@given(arrays(np.float32, st.tuples(st.integers(1, 12), st.just(3)), elements=NUMBERS))
def test_the_best_path_is_the_best_of_all_that_are_allowed(rows: np.ndarray) -> None:
    path = best_path(rows)
    assert all(tag != INSIDE or (at and path[at - 1] != OUTSIDE) for at, tag in enumerate(path))
    if len(rows) > 6:
        return
    shape = (3,) * len(rows)
    worth = [sum(rows[at, tag] for at, tag in enumerate(tags)) for tags in np.ndindex(shape) if _allowed(tags)]
    assert sum(rows[at, tag] for at, tag in enumerate(path)) == pytest.approx(max(worth), abs=1e-3)


def _allowed(tags: tuple[int, ...]) -> bool:
    return all(tag != INSIDE or (at and tags[at - 1] != OUTSIDE) for at, tag in enumerate(tags))


@given(st.lists(st.sampled_from((OUTSIDE, BEGIN, INSIDE)), max_size=20))
def test_tags_to_spans_and_back(tags: list[int]) -> None:
    bounds = [(3 * at, 3 * at + 2) for at in range(len(tags))]
    spans = [(bounds[first][0], bounds[last][1]) for first, last in runs(tags)]
    again = tags_of(bounds, spans)
    assert runs(again) == runs(tags)
    assert [tag == OUTSIDE for tag in again] == [tag == OUTSIDE for tag in tags]


def test_bias_finds_more_and_longer() -> None:
    scores = log_softmax(np.zeros((4, 2, 3), np.float32) + np.array([0.5, 0, 0], np.float32))
    bounds = [(at, at + 1) for at in range(4)]
    none = (0.0, 0.0)
    assert decode(scores, bounds, (none, none)) == []
    assert {span.head for span in decode(scores, bounds, ((2.0, 0.0), none))} == {"skill"}
    (long,) = decode(scores, bounds, (none, (2.0, 1.0)))
    assert (long.start, long.end, long.head) == (0, 4, "knowledge")


def test_signs_at_the_edges_are_words_of_their_own(found: Found) -> None:
    text = "CI/CD and C++, (AWS). .NET end-to-end"
    words = words_of(tokenizer(found.description).encode(text), text)
    shown = [text[start:end] for start, end in words.bounds]
    assert shown == ["CI/CD", "and", "C++", ",", "(", "AWS", ")", ".", ".NET", "end-to-end"]


@given(st.text(max_size=60))
def test_words_cover_no_blank_and_keep_their_order(found: Found, text: str) -> None:
    words = words_of(tokenizer(found.description).encode(text), text)
    assert all(a < b for a, b in words.bounds)
    assert words.bounds == sorted(words.bounds)
    assert len(words.first) == len(words.bounds) == len(set(words.first))
