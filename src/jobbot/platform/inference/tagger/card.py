"""What a tagger's folder says of itself: what it is made of, under which licence, how to run it, how good it was.

card.json       this
tagger.onnx     tokens -> scores, word table included
tokenizer.json  of the encoder it grew from
gate.npy        (tokens,) float16: what a token adds to the odds that its line holds a span
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jobbot.kernel import strictjson
from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.platform.inference.built import sha256_file
from jobbot.platform.inference.tagger.spans import Bias

CARD, GRAPH, TOKENIZER, GATE = "card.json", "tagger.onnx", "tokenizer.json", "gate.npy"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class TaggerCard:
    """`tokens` is how many of a line are read; `bias` (per head) and `gate_floor` are thresholds; `files` are SHA-256.

    `measured` are strict F1 on the data set's dev.json, where it has one.
    """

    name: str
    licence: str
    base: str
    base_sha256: str
    layers: int
    tokens: int
    precision: str
    bias: tuple[Bias, ...]
    gate_floor: float
    trained_on: tuple[str, ...]
    recipe: dict[str, Any] = field(default_factory=dict)
    measured: dict[str, float] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (folder / CARD).write_text(text, "utf-8")


def read_card(folder: Path) -> TaggerCard:
    """Read and check a folder. Raises NotFound where there is none, InvalidInput or Failed where it is not whole."""
    path = folder / CARD
    if not path.is_file():
        raise NotFound(f"there is no tagger in {folder}: {CARD} is missing (settings: models.tagger)")
    value = strictjson.loads(path.read_bytes(), where=str(path))
    known = set(TaggerCard.__dataclass_fields__)
    if not isinstance(value, dict) or value.get("format") != FORMAT or set(value) - known:
        raise InvalidInput(f"{path} is no tagger's card of format {FORMAT}; train it again: jobbot train tagger")
    try:
        bias = tuple((float(outside), float(inside)) for outside, inside in value["bias"])
        card = TaggerCard(**{**value, "bias": bias, "trained_on": tuple(value["trained_on"])})
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(f"{path} lacks {error}; train it again: jobbot train tagger") from None
    for name in (GRAPH, TOKENIZER, GATE):
        if not (folder / name).is_file():
            raise Failed(f"{folder / name} is missing; reinstall jobbot, or train it again: jobbot train tagger")
        if card.files.get(name) != sha256_file(folder / name):
            raise Failed(
                f"{folder / name} is damaged: its SHA-256 is not the one in {CARD}; "
                "reinstall jobbot, or train it again: jobbot train tagger"
            )
    return card
