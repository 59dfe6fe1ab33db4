"""Reading labelled sentences: what is right is read, what is wrong is named by file, line and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.platform.inference.tagger import data_set
from jobbot.platform.inference.tagger.labelled import read

ROW = {"tokens": ["Lead", "a", "DevOps", "team"], "tags_skill": ["B", "I", "I", "I"], "tags_knowledge": list("OOBO")}


def write(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def test_spans_of_both_heads(tmp_path: Path) -> None:
    (sentence,) = read(write(tmp_path / "a.json", ROW))
    shown = [[sentence.text[a:b] for a, b in spans or ()] for spans in sentence.spans]
    assert shown == [["Lead a DevOps team"], ["DevOps"]]


def test_a_head_that_is_not_labelled_is_unknown_and_not_empty(tmp_path: Path) -> None:
    (sentence,) = read(write(tmp_path / "a.json", {"tokens": ["Java"], "tags_skill": ["B-Skill"]}))
    assert sentence.spans == (((0, 4),), None)


def test_long_sentences_are_cut_and_lose_nothing_else(tmp_path: Path) -> None:
    row = {"tokens": ["a"] * 250, "tags_skill": ["B"] * 250}
    assert [len(sentence.text.split()) for sentence in read(write(tmp_path / "a.json", row))] == [100, 100, 50]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"tokens": "Java", "tags_skill": ["B"]}, "tokens"),
        ({"tokens": ["Java"]}, "tags_skill"),
        ({"tokens": ["Java"], "tags_skill": []}, "tags_skill"),
        ({"tokens": ["Java"], "tags_knowledge": ["X"]}, "tags_knowledge"),
        ("{", "not JSON"),
        ([1], "tokens"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, row: object, said: str) -> None:
    path = write(tmp_path / "bad.json", ROW, row)
    with pytest.raises(InvalidInput, match=r"bad\.json:2") as caught:
        read(path)
    assert said in str(caught.value)


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no sentence"):
        read(write(tmp_path / "a.json", ""))
    with pytest.raises(NotFound, match=r"a\.txt"):
        read(tmp_path / "a.txt")


def test_which_files_a_data_set_is(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"train\.json"):
        data_set.find(tmp_path)
    train = write(tmp_path / "skillspan/train.json", ROW)
    green = write(tmp_path / "nnose/green/train.json", ROW)
    write(tmp_path / "nnose/sayfullina/train.json", ROW)
    whole = data_set.find(tmp_path)
    assert (whole.train, whole.measure, whole.texts) == (train, None, (green,))
    assert whole.names == ("skillspan/train.json", "green/train.json")
    assert data_set.find(train.parent, (green,)).texts == (green,)
    assert data_set.find(train).train == train
    with pytest.raises(NotFound, match="--text"):
        data_set.find(train, (tmp_path / "none.json",))
