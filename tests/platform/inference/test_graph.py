"""The graph equals the papers: every supported architecture against the same forward pass written again in NumPy."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ml_dtypes
import numpy as np
import pytest

from jobbot.platform.inference import Encoder, load_encoder
from jobbot.settings import Models

TEXTS = (
    "Night nurse wanted for a ward in the city",
    "welder",
    "",
    "payroll sales teacher with valid licence and a ward in the city, " * 3,
)


def load(folder: Path, **options: Any) -> Encoder:
    encoder = load_encoder(Models(embedding=str(folder), precision="fp32"), folder.parent / "models", **options)
    assert encoder is not None
    return encoder


@pytest.mark.parametrize(
    ("architecture", "pooling", "activation"),
    [
        ("bert", "cls", "gelu"),
        ("bert", "mean", "gelu_new"),
        ("roberta", "mean", "gelu"),
        ("xlm-roberta", "mean", "gelu"),
        ("mpnet", "mean", "relu"),
        ("mpnet", "cls", "gelu"),
    ],
)
def test_every_architecture_equals_its_paper(
    tiny: SimpleNamespace, tmp_path: Path, architecture: str, pooling: str, activation: str
) -> None:
    folder = tiny.make(tmp_path / "model", architecture=architecture, pooling=pooling, activation=activation)
    encoder = load(folder)
    assert encoder.card.pooling == pooling
    vectors = encoder.encode(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert float(vector @ tiny.reference(folder, text)) >= 0.9999


def test_the_reference_can_tell_a_difference(tiny: SimpleNamespace, tmp_path: Path) -> None:
    mean, cls = tiny.make(tmp_path / "mean", pooling="mean"), tiny.make(tmp_path / "cls", pooling="cls")
    assert float(load(mean).encode(TEXTS[:1])[0] @ tiny.reference(cls, TEXTS[0])) < 0.999


@pytest.mark.parametrize(("wrapper", "dtype"), [("bert.", np.float16), ("0.auto_model.", ml_dtypes.bfloat16)])
def test_wrapped_and_half_precision_weights_are_read(
    tiny: SimpleNamespace, tmp_path: Path, wrapper: str, dtype: Any
) -> None:
    folder = tiny.make(tmp_path / "model", prefix=wrapper, dtype=dtype)
    vectors = load(folder).encode(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert float(vector @ tiny.reference(folder, text)) >= 0.999


def test_prefixes_stand_before_the_text(tiny: SimpleNamespace, tmp_path: Path) -> None:
    prompts = {"query": "query: ", "passage": "passage: "}
    folder = tiny.make(tmp_path / "model", prompts=prompts)
    encoder = load(folder)
    assert (encoder.card.query_prefix, encoder.card.passage_prefix) == ("query: ", "passage: ")
    as_query, as_passage = encoder.encode(["night nurse"], query=True)[0], encoder.encode(["night nurse"])[0]
    assert float(as_query @ tiny.reference(folder, "query: night nurse")) >= 0.9999
    assert float(as_passage @ tiny.reference(folder, "passage: night nurse")) >= 0.9999
    assert float(as_query @ as_passage) < 0.999


def test_the_card_id_tells_models_precisions_and_prefixes_apart(tiny: SimpleNamespace, tmp_path: Path) -> None:
    plain = load(tiny.make(tmp_path / "plain"))
    other = load(tiny.make(tmp_path / "other", seed=6))
    prompted = load(tiny.make(tmp_path / "prompted", prompts={"query": "query: "}))
    small = load_encoder(Models(embedding=str(tmp_path / "plain"), precision="int8"), tmp_path / "models")
    assert small is not None
    ids = {encoder.card.card_id for encoder in (plain, other, prompted, small)}
    assert len(ids) == 4
    assert all(len(card_id) <= 64 for card_id in ids)
    assert plain.card.licence == "mit"


def test_int8_of_a_local_model_is_compared_with_its_own_float32(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    encoder = load_encoder(Models(embedding=str(folder)), tmp_path / "models")
    assert encoder is not None
    assert encoder.decision.cosine is not None
    assert (encoder.decision.precision == "int8") == (encoder.decision.cosine >= 0.985)
    full = load(folder).encode(TEXTS)
    assert float((encoder.encode(TEXTS) * full).sum(axis=1).min()) >= 0.97


def test_changed_weights_are_another_revision(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    before = load(folder)
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 12}')
    after = load(folder)
    assert after.card.max_tokens == 12
    assert before.card.revision != after.card.revision
    assert before.card.card_id != after.card.card_id
