"""What a model directory may hold, and the words for what it may not."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.platform.inference import load_encoder
from jobbot.platform.inference.card import prefixes_of
from jobbot.platform.inference.directory import read
from jobbot.settings import Models


def change(path: Path, **values: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


@pytest.mark.parametrize(
    ("file", "values", "said"),
    [
        ("config.json", {"model_type": "t5"}, "one of bert, roberta"),
        ("config.json", {"hidden_act": "swish"}, "hidden_act 'swish'"),
        ("config.json", {"position_embedding_type": "relative_key"}, "absolute"),
        ("config.json", {"num_hidden_layers": None}, "config.json"),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": False}, "pooling none"),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}, "cls + max_tokens"),
    ],
)
def test_what_is_not_supported_is_named(
    tiny: SimpleNamespace, tmp_path: Path, file: str, values: dict[str, Any], said: str
) -> None:
    folder = tiny.make(tmp_path / "model")
    change(folder / file, **values)
    with pytest.raises(InvalidInput, match="cannot be used") as refused:
        read(folder)
    assert said in refused.value.detail


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_named(tiny: SimpleNamespace, tmp_path: Path, file: str) -> None:
    folder = tiny.make(tmp_path / "model")
    (folder / file).unlink()
    with pytest.raises(InvalidInput, match=f"{file} is missing"):
        read(folder)


def test_a_further_module_is_refused(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 3, "path": "3_Dense", "type": "sentence_transformers.models.Dense"})
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(InvalidInput, match="module 'Dense'"):
        read(folder)


def test_weights_that_do_not_fit_are_refused(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    change(folder / "config.json", num_hidden_layers=3)
    with pytest.raises(InvalidInput, match=r"lacks the tensor encoder\.layer\.2"):
        load_encoder(Models(embedding=str(folder)), tmp_path / "models")
    (folder / "model.safetensors").write_bytes(b"not safetensors at all")
    with pytest.raises(InvalidInput, match="cannot be read as safetensors"):
        load_encoder(Models(embedding=str(folder)), tmp_path / "models")


def test_a_broken_tokenizer_is_refused(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(InvalidInput, match=r"tokenizer\.json is not a tokenizer"):
        load_encoder(Models(embedding=str(folder)), tmp_path / "models")


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="neither all-MiniLM-L6-v2"):
        load_encoder(Models(embedding="no-such-model"), tmp_path)
    assert load_encoder(Models(embedding="none"), tmp_path) is None


def test_newer_pooling_files_are_read(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model", pooling="cls")
    (folder / "1_Pooling/config.json").write_text('{"embedding_dimension": 32, "pooling_mode": "mean"}')
    assert read(folder).pooling == "mean"


def test_newer_files_keep_the_limit_with_the_tokenizer(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    (folder / "sentence_bert_config.json").write_text('{"transformer_task": "feature-extraction"}')
    (folder / "tokenizer_config.json").write_text('{"model_max_length": 17}')
    assert read(folder).max_tokens == 17
    (folder / "tokenizer_config.json").write_text('{"model_max_length": 1000000000000000019884624838656}')
    assert read(folder).max_tokens == 40


def test_a_bare_transformer_is_averaged(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "model")
    (folder / "modules.json").unlink()
    (folder / "1_Pooling/config.json").unlink()
    about = read(folder)
    assert (about.pooling, about.normalise) == ("mean", False)


def test_a_family_is_known_by_folder_cache_or_origin(tiny: SimpleNamespace, tmp_path: Path) -> None:
    by_folder = tiny.make(tmp_path / "bge-small-en-v1.5")
    assert read(by_folder).prefixes.query.startswith("Represent this sentence")
    by_cache = tiny.make(tmp_path / "models--intfloat--e5-base-v2" / "snapshots" / "abc123")
    assert read(by_cache).prefixes.passage == "passage: "
    assert read(by_cache).name == "e5-base-v2"
    by_origin = tiny.make(tmp_path / "mine")
    change(by_origin / "config.json", _name_or_path="BAAI/bge-base-zh-v1.5")
    assert "检索" in read(by_origin).prefixes.query


def test_prompts_of_the_model_win_over_the_table(tiny: SimpleNamespace, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path / "e5-small", prompts={"query": "find: ", "document": ""})
    prefixes = read(folder).prefixes
    assert (prefixes.query, prefixes.passage) == ("find: ", "")


SEARCH = "Represent this sentence for searching relevant passages: "


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("bge-small-en-v1.5", SEARCH, ""),
        ("bge-large-en", SEARCH, ""),
        ("bge-m3", "", ""),
        ("mxbai-embed-large-v1", SEARCH, ""),
        ("snowflake-arctic-embed-s", SEARCH, ""),
        ("e5-small-v2", "query: ", "passage: "),
        ("multilingual-e5-base", "query: ", "passage: "),
        ("all-MiniLM-L6-v2", "", ""),
        ("all-mpnet-base-v2", "", ""),
        ("gte-small", "", ""),
    ],
)
def test_prefixes_of_known_families(name: str, query: str, passage: str) -> None:
    found = prefixes_of((name,))
    assert (found.query, found.passage) == (query, passage)
