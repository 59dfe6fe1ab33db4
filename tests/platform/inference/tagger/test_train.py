"""Training, end to end and small: sentences -> teacher -> student -> int8 -> spans. It needs torch."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jobbot.platform.inference.load import Found
from jobbot.platform.inference.tagger import Tagger, data_set
from jobbot.platform.inference.tagger.recipe import Recipe, Teacher
from jobbot.platform.inference.tagger.train import train

pytest.importorskip("torch", reason="torch is not installed (pip install 'jobbot[train]'): training is not tried")

RECIPE = Recipe(
    layers=1,
    epochs=25,
    rate=4e-3,
    teachers=(Teacher(layers=2, epochs=25, rate=4e-3, warm_up=1),),
    gate_floor=-1e9,
    bias=((0.0, 0.0), (0.0, 0.0)),
)


def sentences(path: Path) -> Path:
    rows = []
    for known in ("nurse", "welder", "teacher"):
        for place in ("ward", "city"):
            rows.append({"tokens": ["wanted", "for", "a", place], "tags_skill": list("OOOO")})
            rows.append(
                {
                    "tokens": ["a", known, "with", "valid", "licence", "in", "the", place],
                    "tags_skill": list("OOOBIOOO"),
                    "tags_knowledge": list("OBOOOOOO"),
                }
            )
    path.mkdir(parents=True)
    for name in ("train.json", "dev.json"):
        (path / name).write_text("\n".join(json.dumps(row) for row in rows * 8), "utf-8")
    return path


def test_it_learns_a_few_sentences_and_runs_them_in_int8(found: Found, tmp_path: Path) -> None:
    place = data_set.find(sentences(tmp_path / "set"))
    made = train(found, place, tmp_path / "out", RECIPE)
    assert made.card.measured["pooled, strict F1"] > 0.9
    text = "a welder with valid licence in the city"
    shown = {(span.head, text[span.start : span.end]) for span in Tagger(tmp_path / "out").tag(text)}
    assert shown == {("knowledge", "welder"), ("skill", "valid licence")}
    assert not (tmp_path / "out" / ".work").exists()


def test_the_same_seed_makes_the_same_tagger_and_another_another(found: Found, tmp_path: Path) -> None:
    short = replace(RECIPE, epochs=2, teachers=(replace(RECIPE.teachers[0], epochs=2),))
    place = data_set.find(sentences(tmp_path / "set"))
    files = [
        train(found, place, tmp_path / name, recipe).card.files
        for name, recipe in (("a", short), ("b", short), ("c", replace(short, seed=2)))
    ]
    assert files[0] == files[1] != files[2]
