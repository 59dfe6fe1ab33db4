"""Small random models made for the tests, and the same forward pass written again in NumPy, one line at a time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from jobbot.platform.inference import Encoder, load_encoder
from jobbot.settings import Models

Array = NDArray[np.float64]

LAYERS, HEADS, HIDDEN, INNER, POSITIONS = 2, 4, 32, 64, 40
SENTENCE = "night nurse wanted for a ward in the city welder payroll sales teacher with valid licence query passage : ,"
WORDS = SENTENCE.split()


@pytest.fixture(scope="session")
def tiny() -> SimpleNamespace:
    """`tiny.make(folder, ...)` writes a model directory, `tiny.reference(folder, text)` is its vector by NumPy."""
    return SimpleNamespace(make=make, reference=reference, hidden=HIDDEN)


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """A float32 encoder over a small random model, for tests that need any encoder."""
    folder = tmp_path_factory.mktemp("tiny")
    make(folder / "model")
    encoder = load_encoder(Models(embedding=str(folder / "model"), precision="fp32"), folder / "models")
    assert encoder is not None
    return encoder


@pytest.fixture(scope="session")
def bundled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder in which the bundled graph is already built."""
    folder = tmp_path_factory.mktemp("bundled")
    if load_encoder(Models(), folder) is None:
        pytest.skip("the bundled weights are not installed (requirements/models.txt)")
    return folder


@pytest.fixture(scope="session")
def minilm(bundled_folder: Path) -> Encoder:
    """The bundled encoder in int8."""
    encoder = load_encoder(Models(precision="int8"), bundled_folder)
    assert encoder is not None
    return encoder


def make(
    folder: Path,
    *,
    architecture: str = "bert",
    pooling: str = "cls",
    prompts: Mapping[str, str] | None = None,
    activation: str = "gelu",
    prefix: str = "",
    dtype: Any = np.float32,
    seed: int = 5,
) -> Path:
    """A model directory as sentence-transformers writes it, with random weights and a real tokenizer."""
    (folder / "1_Pooling").mkdir(parents=True)
    config = {
        "model_type": architecture,
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": INNER,
        "max_position_embeddings": POSITIONS,
        "hidden_act": activation,
        "layer_norm_eps": 1e-5,
        "pad_token_id": 0 if architecture == "bert" else 1,
    }
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    modules = [{"idx": n, "path": p, "type": f"sentence_transformers.models.{k}"} for n, (p, k) in enumerate(kinds)]
    pool = {"word_embedding_dimension": HIDDEN, "pooling_mode_cls_token": pooling == "cls"}
    _write(folder / "config.json", config)
    _write(folder / "modules.json", modules)
    _write(folder / "1_Pooling/config.json", {**pool, "pooling_mode_mean_tokens": pooling == "mean"})
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 24, "do_lower_case": False})
    _write(folder / "config_sentence_transformers.json", {"prompts": dict(prompts or {"query": "", "document": ""})})
    (folder / "README.md").write_text("---\nlicense: mit\n---\nA random model.\n")
    tensors = {prefix + name: value.astype(dtype) for name, value in random_tensors(architecture, seed).items()}
    save_file(tensors, folder / "model.safetensors")
    tokenizer(architecture).save(str(folder / "tokenizer.json"))
    return folder


def random_tensors(architecture: str, seed: int) -> dict[str, NDArray[np.float32]]:
    rng = np.random.default_rng(seed)
    names = _names(architecture)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(vocabulary(architecture)), HIDDEN),
        "embeddings.position_embeddings.weight": (POSITIONS, HIDDEN),
        "embeddings.LayerNorm.weight": (HIDDEN,),
        "embeddings.LayerNorm.bias": (HIDDEN,),
    }
    if architecture == "mpnet":
        shapes["encoder.relative_attention_bias.weight"] = (32, HEADS)
    else:
        shapes["embeddings.token_type_embeddings.weight"] = (2, HIDDEN)
    for layer in range(LAYERS):
        sizes = dict.fromkeys(names[:4], (HIDDEN, HIDDEN)) | {names[4]: (HIDDEN,), "output.LayerNorm": (HIDDEN,)}
        sizes |= {"intermediate.dense": (INNER, HIDDEN), "output.dense": (HIDDEN, INNER)}
        for name, size in sizes.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = size
            shapes[f"encoder.layer.{layer}.{name}.bias"] = size[:1]
    return {name: _random(rng, name, size) for name, size in shapes.items()}


def _random(rng: np.random.Generator, name: str, size: tuple[int, ...]) -> NDArray[np.float32]:
    """Norms near one, biases small, matrices large: so that texts differ and a wrong formula shows."""
    middle, spread = (1.0, 0.2) if name.endswith("LayerNorm.weight") else (0.0, 0.1 if name.endswith("bias") else 0.4)
    return rng.normal(middle, spread, size).astype(np.float32)


def vocabulary(architecture: str) -> list[str]:
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] if architecture == "bert" else ["<s>", "<pad>", "</s>", "<unk>"]
    letters = [chr(code) for code in range(97, 123)]
    return list(dict.fromkeys([*special, *WORDS, *letters, *("##" + letter for letter in letters)]))


def tokenizer(architecture: str) -> Tokenizer:
    words = {word: number for number, word in enumerate(vocabulary(architecture))}
    unknown, first, last = ("[UNK]", "[CLS]", "[SEP]") if architecture == "bert" else ("<unk>", "<s>", "</s>")
    result = Tokenizer(models.WordPiece(words, unk_token=unknown))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    pairs = [(first, words[first]), (last, words[last])]
    result.post_processor = processors.TemplateProcessing(single=f"{first} $A {last}", special_tokens=pairs)
    result.add_special_tokens([first, last, unknown])
    result.enable_truncation(16)
    result.enable_padding(length=16)  # as many published tokenizers do; the encoder must switch both off
    return result


def reference(folder: Path, text: str, *, limit: int = 24) -> Array:
    """The vector of `text` in float64, straight from the papers: no ONNX, no code of the package."""
    config = json.loads((folder / "config.json").read_text())
    architecture, cls = config["model_type"], json.loads((folder / "1_Pooling/config.json").read_text())
    w = {k: v.astype(np.float64) for k, v in random_tensors(architecture, 5).items()}
    plain = tokenizer(architecture)
    plain.no_truncation()
    plain.no_padding()
    ids = plain.encode(text).ids
    ids = ids if len(ids) <= limit else ids[: limit - 1] + ids[-1:]
    first = 0 if architecture == "bert" else 2
    x = w["embeddings.word_embeddings.weight"][ids]
    x = x + w["embeddings.position_embeddings.weight"][first : first + len(ids)]
    if architecture != "mpnet":
        x = x + w["embeddings.token_type_embeddings.weight"][0]
    x = _norm(x, w, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        x = _layer(x, w, f"encoder.layer.{layer}.", architecture, config["hidden_act"])
    vector = x[0] if cls["pooling_mode_cls_token"] else x.mean(axis=0)
    return np.asarray(vector / np.linalg.norm(vector))


def _layer(x: Array, w: dict[str, Array], at: str, architecture: str, activation: str) -> Array:
    query, key, value, mixed, norm = (at + name for name in _names(architecture))
    size, heads = HIDDEN // HEADS, []
    for head in range(HEADS):
        part = slice(head * size, (head + 1) * size)
        q, k, v = (_linear(x, w, name)[:, part] for name in (query, key, value))
        scores = q @ k.T / math.sqrt(size)
        if architecture == "mpnet":
            scores = scores + _bias(w, len(x), head)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        heads.append(shares / shares.sum(axis=1, keepdims=True) @ v)
    x = _norm(_linear(np.concatenate(heads, axis=1), w, mixed) + x, w, norm)
    inner = _activate(_linear(x, w, at + "intermediate.dense"), activation)
    return _norm(_linear(inner, w, at + "output.dense") + x, w, at + "output.LayerNorm")


def _bias(w: dict[str, Array], count: int, head: int) -> Array:
    """One pair of positions at a time, as the formula is printed (32 buckets, half for each direction)."""
    result = np.zeros((count, count))
    for i in range(count):
        for j in range(count):
            n, bucket = abs(i - j), 16 if j > i else 0
            far = min(8 + int(math.log(n / 8) / math.log(128 / 8) * 8), 15) if n >= 8 else n
            result[i, j] = w["encoder.relative_attention_bias.weight"][bucket + far, head]
    return result


def _names(architecture: str) -> tuple[str, ...]:
    if architecture == "mpnet":
        return ("attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o", "attention.LayerNorm")
    inside = ("attention.self.query", "attention.self.key", "attention.self.value")
    return (*inside, "attention.output.dense", "attention.output.LayerNorm")


def _linear(x: Array, w: dict[str, Array], name: str) -> Array:
    return np.asarray(x @ w[f"{name}.weight"].T + w[f"{name}.bias"])


def _norm(x: Array, w: dict[str, Array], name: str) -> Array:
    centred = x - x.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return np.asarray(scaled * w[f"{name}.weight"] + w[f"{name}.bias"])


def _activate(x: Array, activation: str) -> Array:
    if activation == "relu":
        return np.maximum(x, 0)
    if activation == "gelu":
        return np.asarray(x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))))
    return np.asarray(0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))))


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value))
