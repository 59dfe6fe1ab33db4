"""Running a tagger: quotes are the text's own, results repeat, what is damaged is refused in words."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.platform.inference.tagger import Tagger, open_tagger
from jobbot.platform.inference.tagger.card import CARD, GATE, GRAPH, TOKENIZER, TaggerCard

TEXT = "night nurse wanted for a ward\nwelder with valid licence, payroll : sales teacher"


def test_it_finds_spans(tagger: Tagger) -> None:
    found = tagger.tag(TEXT)
    assert found
    assert {span.head for span in found} <= {"skill", "knowledge"}
    assert all(0 < span.confidence <= 1 for span in found)


@given(st.text(max_size=300) | st.text("nurse ward\n,.()[SEP]\ud800é\U0001f600", max_size=200))
def test_any_text_gives_spans_inside_its_lines(tagger: Tagger, text: str) -> None:
    found = tagger.tag(text)
    for span in found:
        quote = text[span.start : span.end]
        assert 0 <= span.start < span.end <= len(text)
        assert quote == quote.strip()
        assert "\n" not in quote
    assert found == sorted(found)
    for head in {span.head for span in found}:
        mine = [span for span in found if span.head == head]
        assert all(a.end <= b.start for a, b in itertools.pairwise(mine))


@given(st.lists(st.sampled_from(TEXT.split()), max_size=12), st.lists(st.sampled_from(TEXT.split()), max_size=12))
def test_a_line_is_tagged_the_same_among_others_and_again(tagger: Tagger, one: list[str], other: list[str]) -> None:
    line = " ".join(one)
    alone = tagger.tag(line)
    among = tagger.tag(f"{line}\n{' '.join(other)}")
    assert [span for span in among if span.end <= len(line)] == alone
    assert tagger.tag(line) == alone


def test_only_the_lines_asked_for(tagger: Tagger) -> None:
    second = TEXT.index("\n") + 1
    assert all(span.start >= second for span in tagger.tag(TEXT, [(second, len(TEXT))]))
    assert tagger.tag(TEXT, []) == []
    assert tagger.tag("") == []


def test_a_huge_line_costs_no_more_than_its_beginning(tagger: Tagger) -> None:
    assert all(span.end <= 1200 for span in tagger.tag("nurse ward " * 20000))


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER, GATE])
def test_damage_is_refused_in_words(random_tagger: Callable[[Path], TaggerCard], tmp_path: Path, name: str) -> None:
    random_tagger(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[:-20] + bytes(20))
    with pytest.raises(Failed, match="damaged"):
        Tagger(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(Failed, match=f"{name} is missing"):
        Tagger(tmp_path)


def test_a_file_that_is_no_graph_is_refused_in_words(
    random_tagger: Callable[[Path], TaggerCard], tmp_path: Path
) -> None:
    from dataclasses import replace

    from jobbot.platform.inference.built import sha256_file

    card = random_tagger(tmp_path)
    (tmp_path / GRAPH).write_bytes(b"not a graph")
    replace(card, files={**card.files, GRAPH: sha256_file(tmp_path / GRAPH)}).write(tmp_path)
    with pytest.raises(Failed, match="cannot be opened"):
        Tagger(tmp_path)


@pytest.mark.parametrize("change", [{"format": 99}, {"surprise": 1}, {"layers": None, "bias": None}])
def test_a_foreign_card_is_refused_in_words(
    random_tagger: Callable[[Path], TaggerCard], tmp_path: Path, change: dict[str, object]
) -> None:
    random_tagger(tmp_path)
    card = json.loads((tmp_path / CARD).read_text("utf-8"))
    (tmp_path / CARD).write_text(json.dumps({**card, **change}), "utf-8")
    with pytest.raises(InvalidInput, match="train it again"):
        Tagger(tmp_path)


def test_which_tagger_a_setting_names(random_tagger: Callable[[Path], TaggerCard], tmp_path: Path) -> None:
    assert open_tagger("none", tmp_path) is None
    with pytest.raises(NotFound, match="no tagger in"):
        open_tagger("mine", tmp_path)
    random_tagger(tmp_path / "mine")
    assert open_tagger("mine", tmp_path) is not None
    assert open_tagger(str(tmp_path / "mine"), tmp_path / "elsewhere") is not None


def test_the_shipped_one_knows_a_skill_when_it_sees_one(bundled: Tagger) -> None:
    text = "You have experience with Kubernetes and can manage a team of engineers ."
    shown = {(span.head, text[span.start : span.end]) for span in bundled.tag(text)}
    assert ("knowledge", "Kubernetes") in shown
    assert any(head == "skill" and "manage" in quote for head, quote in shown)
    assert bundled.tag("We meet for breakfast every Friday .") == []


def test_the_shipped_one_is_small_and_says_what_it_was_made_from(bundled: Tagger) -> None:
    from jobbot.platform.inference.tagger.run import BUNDLED

    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) <= 25_000_000
    assert "skillspan/train.json" in bundled.card.trained_on
    assert not any("sayfullina" in name for name in bundled.card.trained_on)  # nobody states a licence for it
