"""The labels of must-haves and the counting on them."""

import json
from itertools import pairwise

import pytest
from evals.must_haves import said
from evals.must_haves_labels import LABELS, Advert, Score, kappa, labelled, plain, scores
from evals.must_haves_rule import read
from evals.shared import Skipped
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import load_core

TEXT = "Requirements:\n- Three years of Python are required\nNice to have:\n- Experience with Kubernetes"


def advert(musts: tuple[tuple[int, int], ...], wishes: tuple[tuple[int, int], ...] = ()) -> Advert:
    return Advert(number=1, text=TEXT, source="", musts=musts, wishes=wishes, both=())


def test_labels_hold_spans_in_order_and_no_words() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert [row["number"] for row in rows] == list(range(len(rows)))
    assert len({row["sha"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) <= {"number", "sha", "length", "musts", "wishes", "both", "readers"}
        spans = sorted((*row["musts"], *row["wishes"], *row["both"]))
        assert all(0 <= start < end <= row["length"] for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_every_label_finds_its_text() -> None:
    try:
        adverts = labelled()
    except Skipped as reason:
        pytest.skip(str(reason))
    assert len(adverts) == len(LABELS.read_text(encoding="utf-8").splitlines())


def test_a_false_must_costs_precision_and_a_missed_one_recall() -> None:
    right, wrong = (14, 49), (66, 78)
    perfect, _ = scores([advert((right,))], lambda _: ([right], []))
    assert (perfect.precision, perfect.recall) == (1, 1)
    spurious, _ = scores([advert((right,))], lambda _: ([right, wrong], []))
    assert (spurious.precision, spurious.recall, spurious.false) == (0.5, 1, [(1, wrong)])
    silent, _ = scores([advert((right,))], lambda _: ([], []))
    assert (silent.recall, silent.missed) == (0, [(1, right)])


def test_a_score_of_nothing_is_no_error() -> None:
    assert (Score().precision, Score().recall) == (1, 1)


def test_jobbot_and_the_plain_rule_both_read_an_easy_advert() -> None:
    extractor = Extractor(load_core())
    must, wish = TEXT.index("Three"), TEXT.index("Experience")
    labels = advert(((must, must + 35),), ((wish, wish + 26),))
    for reader in (lambda text: said(extractor, text), read):
        for score in scores([labels], reader):
            assert score.recall == 1


def test_spans_of_a_text_with_markup_are_those_of_the_text_as_it_came() -> None:
    source = "<p>R&amp;D</p><ul><li>Python required</li></ul>"
    text, at = plain(source)
    start = text.index("Python")
    assert source[at[start] : at[start + 5] + 1] == "Python"
    assert "R&D" in text


@given(st.text(st.sampled_from("ab<>/pli &;#x27\n"), max_size=60))
def test_any_text_keeps_a_place_for_every_character(source: str) -> None:
    text, at = plain(source)
    assert len(text) == len(at)
    assert at == sorted(at)


def test_kappa_is_one_for_equal_readers_and_nought_for_chance() -> None:
    def read_twice(*cells: int) -> Advert:
        return Advert(0, "", "", (), (), (), cells)

    assert kappa([read_twice(5, 0, 0, 5)]) == (1, 10)
    assert kappa([read_twice(5, 5, 5, 5)]) == (0, 20)
