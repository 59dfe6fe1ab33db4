"""Reads the directory of a sentence-transformers model into one description, or says what is not supported.

Read: config.json, model.safetensors, tokenizer.json; where present modules.json, the pooling module's config.json,
sentence_bert_config.json, config_sentence_transformers.json, tokenizer_config.json and the README's front matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobbot.kernel import strictjson
from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.platform.inference.card import Pooling, Prefixes, prefixes_of

ARCHITECTURES = ("bert", "roberta", "xlm-roberta", "camembert", "mpnet")
ACTIVATIONS = ("gelu", "gelu_new", "gelu_pytorch_tanh", "relu")
MAX_WEIGHT_BYTES = 1_900_000_000
"""A graph is one protobuf message, and those end at 2 GB."""

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
SHAPING_FILES = (
    "config.json",
    "modules.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "tokenizer_config.json",
    TOKENIZER,
)
"""Together with the weights these decide what a text becomes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The transformer's dimensions; `offset` is the first row of the position table that a token uses."""

    architecture: str
    layers: int
    heads: int
    hidden: int
    activation: str
    epsilon: float
    positions: int
    offset: int


@dataclass(frozen=True, slots=True)
class Description:
    """Everything the graph and the card need to know about a model directory."""

    folder: Path
    name: str
    shape: Shape
    max_tokens: int
    pooling: Pooling
    normalise: bool
    prefixes: Prefixes
    lower_case: bool
    licence: str

    @property
    def weights(self) -> Path:
        return self.folder / WEIGHTS

    @property
    def tokenizer(self) -> Path:
        return self.folder / TOKENIZER


def read(folder: Path, *, name: str = "") -> Description:
    """Describe the model in `folder`. Raises NotFound for a missing folder, InvalidInput for what is not supported."""
    if not folder.is_dir():
        raise NotFound(f"there is no model directory {folder} (settings: models.embedding)")
    for required in ("config.json", WEIGHTS, TOKENIZER):
        if not (folder / required).is_file():
            raise _unsupported(folder, f"{required} is missing", _HINTS[required])
    if (folder / WEIGHTS).stat().st_size > MAX_WEIGHT_BYTES:
        raise _unsupported(folder, f"{WEIGHTS} is larger than 1.9 GB", "take a smaller model")
    shape = _shape(folder, _json(folder / "config.json"))
    pooling_folder, normalise = _modules(folder)
    limits = _json(folder / "sentence_bert_config.json")
    names = _names(folder, name)
    return Description(
        folder=folder,
        name=names[0],
        shape=shape,
        max_tokens=_max_tokens(folder, shape, limits),
        pooling=_pooling(folder, _json(folder / pooling_folder / "config.json")),
        normalise=normalise,
        prefixes=_prefixes(folder, names),
        lower_case=bool(limits.get("do_lower_case", False)),
        licence=_licence(folder),
    )


_HINTS = {
    "config.json": "name the directory that holds config.json, model.safetensors and tokenizer.json",
    WEIGHTS: "save the model as one safetensors file; pickled and split weights are not read",
    TOKENIZER: "save the model with its fast tokenizer",
}


def _shape(folder: Path, config: dict[str, Any]) -> Shape:
    architecture = str(config.get("model_type", ""))
    if architecture not in ARCHITECTURES:
        raise _unsupported(folder, f"model_type {architecture!r}", f"one of {', '.join(ARCHITECTURES)}")
    activation = str(config.get("hidden_act", "gelu"))
    if activation not in ACTIVATIONS:
        raise _unsupported(folder, f"hidden_act {activation!r}", f"one of {', '.join(ACTIVATIONS)}")
    positions = str(config.get("position_embedding_type") or "absolute")
    if positions != "absolute":
        raise _unsupported(folder, f"position_embedding_type {positions!r}", "absolute")
    try:
        return Shape(
            architecture=architecture,
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            hidden=int(config["hidden_size"]),
            activation=activation,
            epsilon=float(config.get("layer_norm_eps", 1e-12)),
            positions=int(config["max_position_embeddings"]),
            offset=0 if architecture == "bert" else int(config.get("pad_token_id", 1)) + 1,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _unsupported(
            folder, f"config.json: {error!r} is missing or no number", "an unchanged config.json"
        ) from None


def _max_tokens(folder: Path, shape: Shape, limits: dict[str, Any]) -> int:
    """The model's own limit: older files say max_seq_length, newer ones the tokenizer's model_max_length.

    The latter is often 10^30 for "none", which strict JSON refuses, so that number alone is looked up.
    """
    path = folder / "tokenizer_config.json"
    said = re.search(r'"model_max_length"\s*:\s*(\d+)', path.read_text("utf-8", "replace")) if path.is_file() else None
    asked = limits.get("max_seq_length") or (int(said.group(1)) if said else 0)
    most = shape.positions - shape.offset
    return min(int(asked), most) if isinstance(asked, int | float) and asked >= 3 else most


def _modules(folder: Path) -> tuple[str, bool]:
    """The pooling module's folder, and whether the model normalises. Without modules.json: a bare transformer."""
    path = folder / "modules.json"
    if not path.exists():
        return "1_Pooling", False
    modules = strictjson.loads(path.read_bytes(), where=str(path))
    pooling, normalise = "1_Pooling", False
    for module in modules if isinstance(modules, list) else []:
        kind = str(module.get("type", "")).rpartition(".")[2] if isinstance(module, dict) else ""
        if kind not in ("Transformer", "Pooling", "Normalize"):
            raise _unsupported(folder, f"module {kind or module!r}", "Transformer, Pooling and Normalize")
        if kind == "Transformer" and module.get("path"):
            raise _unsupported(folder, f"the transformer in a folder {module['path']!r} of its own", "it at the top")
        pooling = str(module.get("path") or pooling) if kind == "Pooling" else pooling
        normalise = normalise or kind == "Normalize"
    if Path(pooling).is_absolute() or ".." in Path(pooling).parts:
        raise _unsupported(folder, f"pooling folder {pooling!r}", "a folder inside the model")
    return pooling, normalise


def _pooling(folder: Path, config: dict[str, Any]) -> Pooling:
    if not config:
        return "mean"
    modes = [key.removeprefix("pooling_mode_") for key, on in config.items() if on is True and "pooling_mode_" in key]
    named = config.get("pooling_mode")
    modes += [named] if isinstance(named, str) else list(named or [])
    short = [{"mean_tokens": "mean", "cls_token": "cls"}.get(mode, mode) for mode in modes]
    if short == ["mean"]:
        return "mean"
    if short == ["cls"]:
        return "cls"
    raise _unsupported(folder, f"pooling {' + '.join(map(str, short)) or 'none'}", "mean or cls alone")


def _prefixes(folder: Path, names: tuple[str, ...]) -> Prefixes:
    """Prompts the model's own files name win over the table of families."""
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts")
    said = {key: value for key, value in prompts.items() if value} if isinstance(prompts, dict) else {}
    known = prefixes_of(names)
    query = said.get("query", said.get("search_query"))
    passage = said.get("document", said.get("passage", said.get("search_document")))
    if query is None and passage is None:
        return known
    return Prefixes(str(query or ""), str(passage or ""))


def _names(folder: Path, name: str) -> tuple[str, ...]:
    """What the model may be called: as told, its directory (also inside a hub cache), and what config.json says."""
    cached = [part.rpartition("--")[2] for part in folder.parts if part.startswith("models--")]
    origin = str(_json(folder / "config.json").get("_name_or_path", "")).rstrip("/").rpartition("/")[2]
    found = [name, *cached, folder.resolve().name, origin]
    return tuple(item for item in found if item)


def _licence(folder: Path) -> str:
    readme = folder / "README.md"
    head = readme.read_text("utf-8", "replace")[:4000] if readme.is_file() else ""
    match = re.search(r"^license:\s*([\w.\-]+)\s*$", head, re.MULTILINE)
    return match.group(1) if match else "unknown"


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    value = strictjson.loads(path.read_bytes(), where=str(path))
    return value if isinstance(value, dict) else {}


def _unsupported(folder: Path, what: str, right: str) -> InvalidInput:
    return InvalidInput(f"the model in {folder} cannot be used: {what}; what works: {right}")
